/** What a deployment would do, before it does anything: a change set, read for a person. */

import type { Finding } from "../diagnosis/finding.ts";
import type { Clock, Cloud } from "../ports.ts";
import { type Problem, ProblemError } from "../problem.ts";
import type { ChangeSet, ValidationFinding } from "./change-set.ts";
import type { Stack } from "./facts.ts";
import type { ChangeSetChoice, DeploymentPlan } from "./plan.ts";
import { changesOf, type PreviewChange, replacementWarnings } from "./preview-changes.ts";
import { isAbsent, isBusy, mustBeDeleted } from "./stack-status.ts";
import { templateChanges } from "./template-changes.ts";

/**
 * The preview of a plan: `create`, `update` – `changeSet` can be executed; `replace` – the stack has to be deleted first, the
 * changes show what goes and what comes; `unchanged`; `invalid` – CloudFormation would refuse it, see `findings`; `busy` –
 * another operation is running.
 */
export interface Preview {
  readonly kind: "create" | "update" | "replace" | "unchanged" | "invalid" | "busy";
  readonly stackName: string;
  readonly stackStatus?: string;
  readonly changes: readonly PreviewChange[];
  /** What CloudFormation's early validation has against it. */
  readonly findings: readonly ValidationFinding[];
  /** The errors among the findings explained, the likeliest cause first; left to whoever knows the profile. */
  readonly causes?: readonly Finding[];
  /** What should be known before agreeing: replaced services, what could not be compared. */
  readonly warnings: readonly string[];
  /** Give it to `deploy` as `plan.changeSet`, or to `discardPreview`. */
  readonly changeSet?: ChangeSetChoice & { readonly stackId: string };
}

const poll = 1_000;
const nothingToDo = /didn't contain changes|no updates are to be performed/i;

/**
 * Makes a change set for the plan and reads it; rejects with ProblemError when AWS can't be asked, and with the signal's reason
 * when it is aborted. Leaves nothing behind unless it can be executed.
 */
export async function preview(cloud: Cloud, clock: Clock, plan: DeploymentPlan, signal?: AbortSignal): Promise<Preview> {
  const stack = await cloud.describeStack(plan.stackName, signal);
  const status = stack?.status;
  const found = { stackName: plan.stackName, ...(status && { stackStatus: status }), findings: [], warnings: [] };
  if (stack && isBusy(stack.status)) return { ...found, kind: "busy", changes: [] };
  if (stack && mustBeDeleted(stack.status)) {
    const removed = { ...plan, resources: {} };
    const before = await templateChanges(cloud, removed, stack, signal);
    const after = await templateChanges(cloud, plan, undefined, signal);
    const gone = await goneResources(cloud, stack, signal);
    return { ...found, kind: "replace", changes: [...before.filter(({ logicalId }) => !gone.has(logicalId)), ...after] };
  }
  const type = isAbsent(status) ? "CREATE" : "UPDATE";
  const { stackName, template, tags, capabilities, parameters = {}, token } = plan;
  const input = { stackName, template, tags, capabilities, parameters, token: `${token}-preview`, name: `${token}-preview`, type } as const;
  let made: { readonly id: string; readonly stackId: string };
  try {
    // Without the signal: a call cut off half-way may have made a change set that nobody would know of.
    made = await cloud.createChangeSet(input);
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { ...found, ...(await withoutChangeSet(cloud, plan, stack, type, error.problem, signal)) };
  }
  const choice = { ...made, type } as const;
  try {
    signal?.throwIfAborted();
    const changeSet = await ready(cloud, clock, made.id, signal);
    return { ...found, ...(await read(cloud, plan, stack, choice, changeSet, signal)) };
  } catch (error) {
    // While it is still being made it can't be deleted.
    if (signal?.aborted) await ready(cloud, clock, made.id).catch(() => undefined);
    await leftBehind(cloud, plan, choice);
    throw error;
  }
}

/** What the template of a stack still names but its rollback has deleted already, or never made; nothing where that can't be asked. */
async function goneResources(cloud: Cloud, stack: Stack, signal?: AbortSignal): Promise<ReadonlySet<string>> {
  const resources = await cloud.stackResources(stack.id, signal).catch((error: unknown) => {
    if (error instanceof ProblemError) return [];
    throw error;
  });
  const gone = resources.filter(({ physicalId, status }) => !physicalId || status === "DELETE_COMPLETE");
  return new Set(gone.map(({ logicalId }) => logicalId));
}

/** Throws a preview away: the change set, and the stack that exists for nothing else. One that is gone already is fine. */
export async function discardPreview(
  cloud: Cloud,
  plan: Pick<DeploymentPlan, "token">,
  choice: NonNullable<Preview["changeSet"]>,
): Promise<void> {
  try {
    if (choice.type === "UPDATE") return await cloud.deleteChangeSet(choice.id);
    const stack = await cloud.describeStack(choice.stackId);
    // Since the preview, somebody may have made a real stack of it.
    if (stack?.status === "REVIEW_IN_PROGRESS") await cloud.deleteStack(choice.stackId, `${plan.token}-discard`);
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.kind !== "notFound") throw error;
  }
}

async function ready(cloud: Cloud, clock: Clock, id: string, signal?: AbortSignal): Promise<ChangeSet> {
  for (;;) {
    const changeSet = await cloud.describeChangeSet(id, signal);
    if (!/_PENDING$|_IN_PROGRESS$/.test(changeSet.status)) return changeSet;
    await clock.sleep(poll, signal);
  }
}

type Read = Pick<Preview, "kind" | "changes" | "findings" | "warnings" | "changeSet">;

async function read(
  cloud: Cloud,
  plan: DeploymentPlan,
  stack: Stack | undefined,
  choice: NonNullable<Preview["changeSet"]>,
  changeSet: ChangeSet,
  signal?: AbortSignal,
): Promise<Partial<Read> & Pick<Read, "kind" | "changes">> {
  const findings = await cloud.changeSetFindings(choice.id, signal).catch(() => []);
  if (changeSet.status === "CREATE_COMPLETE") {
    const changes = changesOf(changeSet, await templateChanges(cloud, plan, isAbsent(stack?.status) ? undefined : stack, signal));
    if (changes.length > 0) {
      const kind = choice.type === "CREATE" ? "create" : "update";
      return { kind, changes, findings, warnings: replacementWarnings(changes), changeSet: choice };
    }
  }
  const warnings = await leftBehind(cloud, plan, choice);
  const empty = changeSet.status === "CREATE_COMPLETE" || nothingToDo.test(changeSet.reason ?? "");
  if (empty) return { kind: "unchanged", changes: [], findings, warnings };
  const errors =
    findings.length > 0 ? findings : [{ message: changeSet.reason ?? "CloudFormation gave no reason.", severity: "error" as const }];
  return { kind: "invalid", changes: [], findings: errors, warnings };
}

/** Throws a change set of no use away; one that can't be is worth a warning, no more. */
async function leftBehind(cloud: Cloud, plan: DeploymentPlan, choice: NonNullable<Preview["changeSet"]>): Promise<readonly string[]> {
  try {
    await discardPreview(cloud, plan, choice);
    return [];
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return [`The change set ${choice.id} could not be removed: ${error.problem.message}`];
  }
}

/** A refusal of the input is a finding; where change sets are not allowed, the templates are compared instead. */
async function withoutChangeSet(
  cloud: Cloud,
  plan: DeploymentPlan,
  stack: Stack | undefined,
  type: "CREATE" | "UPDATE",
  problem: Problem,
  signal?: AbortSignal,
): Promise<Partial<Read> & Pick<Read, "kind" | "changes">> {
  if (problem.kind === "invalid" || problem.kind === "conflict") {
    return { kind: "invalid", changes: [], findings: [{ message: problem.detail ?? problem.message, severity: "error" }] };
  }
  if (problem.kind !== "denied") throw new ProblemError(problem);
  const changes = await templateChanges(cloud, plan, isAbsent(stack?.status) ? undefined : stack, signal);
  const missing = `Not asked of CloudFormation: permission ${problem.action ?? "cloudformation:CreateChangeSet"} missing. The templates were compared instead.`;
  const kind = changes.length === 0 ? "unchanged" : type === "CREATE" ? "create" : "update";
  return { kind, changes, warnings: [missing, ...replacementWarnings(changes)] };
}
