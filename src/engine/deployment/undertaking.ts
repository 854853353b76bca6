/** What a deployment is doing to its stack, in a word, and whether that can be called off. */
import type { Progress } from "./progress.ts";

/** What is being done to the stack. */
export type Undertaking = "create" | "update" | "delete" | "rollback" | "cancel";

/** The word for it; undefined before anything has begun. A change set that is executed creates or updates, as the stack tells. */
export function undertaking({
  operation,
  status = "",
  activity,
}: Pick<Progress, "operation" | "status" | "activity">): Undertaking | undefined {
  switch (operation?.name) {
    case "create":
    case "update":
    case "delete":
    case "cancel":
      return operation.name;
    case "continue":
      return "rollback";
    case "execute":
      return byStatus(status) ?? "update";
    case undefined:
      return activity === "watch" ? byStatus(status) : undefined;
  }
}

function byStatus(status: string): Undertaking | undefined {
  if (/^UPDATE_ROLLBACK/.test(status)) return "rollback";
  if (/^(CREATE|REVIEW|ROLLBACK)_/.test(status)) return "create";
  if (status.startsWith("UPDATE")) return "update";
  return status.startsWith("DELETE") ? "delete" : undefined;
}

/** Whether AWS goes on by itself when nobody watches: an operation has begun and its end was not seen. */
export function goesOn({ operation, outcome, activity }: Pick<Progress, "operation" | "outcome" | "activity">): boolean {
  return outcome === undefined && (operation !== undefined || activity === "watch");
}

/**
 * What calling it off would do: `create` – the new stack is deleted or kept; `update` – it goes back; `start` – nothing was
 * begun yet, and nothing will be. Otherwise why it can't be called off.
 */
export type CallingOff = { readonly kind: "create" | "update" | "start" } | { readonly why: string };

/** How the deployment can be called off as it stands now. */
export function callingOff(progress: Progress): CallingOff {
  const { status = "", cancelling, question, busy, resources } = progress;
  if (cancelling) return { why: "It is being cancelled already." };
  if (question) return { why: "Answer the question: nothing has begun yet." };
  if (busy || !goesOn(progress)) return { kind: "start" };
  const doing = undertaking(progress);
  if (doing === "delete") return { why: "A deletion can't be stopped." };
  if (/ROLLBACK/.test(status) && /IN_PROGRESS$/.test(status)) return { why: "The stack is going back already." };
  if (doing === "rollback") return { why: "A rollback can't be stopped." };
  const over = /_COMPLETE$/.test(status) && resources.some(({ phase }) => phase === "done") && resources.every(isSettled);
  if (over || /CLEANUP/.test(status)) return { why: "The stack is complete; only its tasks are still settling." };
  return { kind: doing === "create" ? "create" : "update" };
}

const isSettled = ({ phase }: Progress["resources"][number]) => phase !== "waiting" && phase !== "active";
