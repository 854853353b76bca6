import { expect, test } from "vitest";
import { previewText } from "../../src/cli/deployment/preview-text.ts";
import type { Preview } from "../../src/engine/deployment/preview.ts";

const preview: Preview = {
  kind: "replace",
  stackName: "shop",
  stackStatus: "ROLLBACK_FAILED",
  findings: [],
  warnings: [],
  changes: [
    {
      action: "add",
      logicalId: "Service",
      type: "AWS::ECS::Service",
      replacement: "never",
      meaning: "The service is created and its tasks are started.",
      properties: [],
    },
  ],
};

test("a stack that has to go first is said; where the table is too wide, the meaning stands below", () => {
  expect(previewText(preview).split("\n")).toEqual([
    "The stack shop is ROLLBACK_FAILED: it has to be deleted first, and is then created anew.",
    "Where a service runs in it, or that can't be seen, deploy needs --replace-failed-stack for that.",
    "",
    "Action  Resource  Type               What it means",
    "+ add   Service   AWS::ECS::Service  The service is created and its tasks are started.",
  ]);
  expect(previewText(preview, 60).split("\n").slice(3)).toEqual([
    "Action  Resource  Type",
    "+ add   Service   AWS::ECS::Service",
    "    The service is created and its tasks are started.",
  ]);
  expect(previewText({ ...preview, stackStatus: "UPDATE_ROLLBACK_FAILED" })).toMatch(
    /--replace-failed-stack for that, or --continue-rollback/,
  );
});
