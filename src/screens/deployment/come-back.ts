import { goesOn, undertaking } from "../../engine/deployment/undertaking.ts";
import type { DeploymentView } from "./state.ts";

/** What is under way, as a noun. */
export const nounOf = ({ progress }: Pick<DeploymentView, "progress">): string =>
  undertaking(progress) === "delete" ? "deletion" : "deployment";

/** What goes on when nobody watches, and how to come back to it. */
export function comeBack({ progress, watched }: Pick<DeploymentView, "progress" | "watched">): string {
  if (!goesOn(progress)) return `Nothing was changed in the stack ${progress.stackName}.`;
  const doing = nounOf({ progress }) === "deletion" ? "being deleted" : "deploying";
  return `${watched.profile} goes on ${doing}. Watch it with: ecs-wizard watch ${watched.profile}`;
}
