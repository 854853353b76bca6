import { describe, expect, test } from "vitest";
import { noProgress, type Progress } from "../../../src/engine/deployment/progress.ts";
import { callingOff, goesOn, undertaking } from "../../../src/engine/deployment/undertaking.ts";

const begun = (name: NonNullable<Progress["operation"]>["name"], status: string, more: Partial<Progress> = {}): Progress => ({
  ...noProgress,
  operation: { name, accepted: true, startedAt: "" },
  status,
  ...more,
});
const done = [{ logicalId: "a", type: "t", phase: "done" as const }];

describe("what is being done, and how it can be called off", () => {
  test.each<[string, Progress, string | undefined, object]>([
    ["nothing yet", noProgress, undefined, { kind: "start" }],
    ["waiting for somebody else", { ...noProgress, busy: "UPDATE_IN_PROGRESS" }, undefined, { kind: "start" }],
    ["a creation", begun("create", "CREATE_IN_PROGRESS"), "create", { kind: "create" }],
    ["a change set that creates, just begun", begun("execute", "REVIEW_IN_PROGRESS"), "create", { kind: "create" }],
    ["a change set that creates", begun("execute", "CREATE_IN_PROGRESS"), "create", { kind: "create" }],
    ["a change set that updates", begun("execute", "UPDATE_IN_PROGRESS"), "update", { kind: "update" }],
    ["an update, just begun", begun("update", "CREATE_COMPLETE"), "update", { kind: "update" }],
    ["an update that goes back", begun("update", "UPDATE_ROLLBACK_IN_PROGRESS"), "update", { why: "The stack is going back already." }],
    ["tasks that settle", begun("update", "UPDATE_COMPLETE", { resources: done }), "update", { why: expect.stringContaining("settling") }],
    ["a deletion", begun("delete", "DELETE_IN_PROGRESS"), "delete", { why: "A deletion can't be stopped." }],
    ["a rollback that is continued", begun("continue", "UPDATE_ROLLBACK_FAILED"), "rollback", { why: "A rollback can't be stopped." }],
    ["an update that is watched", { ...noProgress, activity: "watch", status: "UPDATE_IN_PROGRESS" }, "update", { kind: "update" }],
    ["twice", begun("update", "UPDATE_IN_PROGRESS", { cancelling: "rollback" }), "update", { why: "It is being cancelled already." }],
  ])("%s", (_name, progress, doing, off) => {
    expect(undertaking(progress)).toBe(doing);
    expect(callingOff(progress)).toEqual(off);
  });

  test("what goes on without us: what has begun, and whatever is watched", () => {
    expect([goesOn(noProgress), goesOn(begun("create", "")), goesOn({ ...noProgress, activity: "watch" })]).toEqual([false, true, true]);
  });
});
