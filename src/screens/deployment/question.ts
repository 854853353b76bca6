import { textState } from "../../engine/text-editing.ts";
import type { Program } from "../app/program.ts";
import type { DeploymentView } from "./state.ts";

/** Shows what would be lost with a failed stack, and takes the answer; deleting needs the stack's name typed. */
export function answerQuestion(program: Program, view: DeploymentView): void {
  const { question } = view.progress;
  if (!question) return;
  const { watched } = view;
  const lost = question.resources.map(({ type, physicalId, logicalId }) => `  ${type}  ${physicalId ?? logicalId}`);
  const answer = (run: () => void) => () => {
    program.close();
    run();
  };
  const remove = () =>
    program.open({
      type: "prompt",
      title: `Delete the stack ${question.stackName}?`,
      help: `Type the stack's name to delete it with all it holds.`,
      text: textState(""),
      submit: (typed) => {
        if (typed.trim() !== question.stackName) return "This is not the stack's name. Press esc to leave everything as it is.";
        watched.answer({ kind: "delete" });
        return undefined;
      },
    });
  const { canContinue, failedResources = [] } = question;
  const skipping = canContinue && failedResources.length > 0;
  const go = (skip: readonly string[]) => answer(() => watched.answer({ kind: "continue", skip }));
  program.open({
    type: "confirm",
    title: `The stack is in the state ${question.status} and cannot be updated`,
    lines: [
      ...(question.reason ? [question.reason, ""] : []),
      question.runningTasks === undefined
        ? "Whether tasks are running in it could not be seen."
        : `${question.runningTasks} of its tasks are running now.`,
      `Deleting it takes away ${question.resources.map(({ logicalId }) => logicalId).join(", ") || "nothing more"}.`,
      "",
      ...(canContinue ? ["r  continues its rollback: mend what stopped it first"] : []),
      ...(skipping ? [`k  continues it, leaving ${failedResources.join(", ")} as it is`] : []),
      "d  deletes it, and creates it anew; its name has to be typed",
      "n  leaves everything as it is",
      "",
      ...lost,
    ],
    answers: [
      ...(canContinue ? [{ keys: ["r"], label: "continue", run: go([]) }] : []),
      ...(skipping ? [{ keys: ["k"], label: "skip", run: go(failedResources) }] : []),
      { keys: ["d"], label: "delete", run: answer(remove) },
      { keys: ["n"], label: "leave it", run: answer(() => watched.answer({ kind: "abort", why: "declined" })) },
    ],
  });
}
