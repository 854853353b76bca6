import { maybe } from "../rules/text.ts";
import type { Section } from "../schema.ts";
import { stackGuide } from "./docs.ts";

/** Section 9: how long a deployment command waits. */
export const deploymentOptions = {
  key: "deploymentOptions",
  title: "Deployment options",
  short: "Deployment options",
  field: {
    kind: "group",
    label: "Deployment options",
    help: "How long the deployment is watched before the command ends.",
    required: true,
    fields: {
      wait: {
        kind: "choice",
        label: "Wait",
        help: "Whether to watch until the stack is done and the tasks run, or have failed to. Without waiting, a later failure does not fail the command.",
        docs: stackGuide("monitor-stack-progress"),
        required: true,
        default: "waitUntilCompleted",
        options: [
          { value: "waitUntilCompleted", label: "until completed", help: "as long as it takes" },
          { value: "waitWithTimeout", label: "with a time limit", help: "the deployment itself goes on after it" },
          { value: "dontWait", label: "don't wait", help: "start it and leave" },
        ],
      },
      timeoutMinutes: {
        kind: "number",
        label: "Time limit",
        help: "How many minutes to wait at most. The deployment goes on after that, the command ends with exit code 4.",
        docs: stackGuide("monitor-stack-progress"),
        min: 1,
        max: 10080,
        unit: "minutes",
        placeholder: "30",
        when: (scope) => maybe(scope.siblings["wait"], "waitWithTimeout"),
      },
    },
  },
} as const satisfies Section;
