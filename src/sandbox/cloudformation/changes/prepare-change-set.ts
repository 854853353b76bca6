import { AwsError } from "../../errors.ts";
import type { Context } from "../../service.ts";
import { templateOf } from "../operations/scope.ts";
import type { ChangeSet, Stack } from "../state.ts";
import { describeChanges } from "./describe.ts";
import { existingResource } from "./existing.ts";
import { isNoChange, type PlannedChange, planChanges } from "./plan.ts";

const NO_CHANGES = "The submitted information didn't contain changes. Submit different information to create a change set.";

type Validation = ChangeSet["validations"][number];

function propertyFailures(change: PlannedChange): Validation[] {
  return change.violations.map((violation) => {
    const [, place = "#", reason = violation] = /^(#[^:]*): (.*)$/s.exec(violation) ?? [];
    return {
      logicalId: change.logicalId,
      type: change.type,
      path: `/Resources/${change.logicalId}/Properties${place.slice(1)}`,
      name: "PROPERTY_VALIDATION",
      reason: `${place}: ${reason}`,
    };
  });
}

function nameConflict(change: PlannedChange, ctx: Context): Validation[] {
  const identifier = change.action === "Add" ? existingResource(change.type, change.after, ctx) : undefined;
  if (identifier === undefined) return [];
  return [
    {
      logicalId: change.logicalId,
      type: change.type,
      path: `/Resources/${change.logicalId}`,
      name: "NAME_CONFLICT_VALIDATION",
      reason: `Resource of type '${change.type}' with identifier '${identifier}' already exists.`,
    },
  ];
}

function fail(changeSet: ChangeSet, reason: string): void {
  changeSet.status = "FAILED";
  changeSet.statusReason = reason;
}

/** Works out what a change set would do: its changes, or why it failed (nothing to change, early validation, a template that cannot be evaluated). */
export function prepareChangeSet(stack: Stack, changeSet: ChangeSet, ctx: Context): void {
  try {
    if (changeSet.type === "UPDATE" && isNoChange(stack, changeSet.desired, ctx)) {
      fail(changeSet, NO_CHANGES);
      return;
    }
    const planned = planChanges(stack, changeSet.desired, ctx);
    const [wrong, taken] = [planned.flatMap(propertyFailures), planned.flatMap((change) => nameConflict(change, ctx))];
    changeSet.validations = changeSet.checked ? [...wrong, ...taken] : [];
    const hook = wrong.length > 0 ? "AWS::EarlyValidation::PropertyValidation" : "AWS::EarlyValidation::ResourceExistenceCheck";
    if (changeSet.validations.length > 0) {
      fail(
        changeSet,
        `The following hook(s)/validation failed: [${hook}]. To troubleshoot Early Validation errors, use the DescribeEvents API for detailed failure information.`,
      );
      return;
    }
    changeSet.changes = describeChanges(
      planned,
      templateOf(changeSet.desired.template),
      changeSet.type === "UPDATE" ? stack.desired : undefined,
      changeSet.desired,
    );
    changeSet.status = "CREATE_COMPLETE";
    changeSet.executionStatus = "AVAILABLE";
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    fail(changeSet, error.message);
  }
}
