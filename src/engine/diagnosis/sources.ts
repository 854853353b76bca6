/** The sources of evidence beside the tasks: what each holds that says something about a failure, in one shape. */
import { lastPart } from "../deployment/outputs.ts";
import type { Attributor } from "./attribution.ts";
import type { ApiErrorEvidence, Attribution, Evidence, StackEventEvidence } from "./evidence.ts";
import type { FindingKind, Occurrence } from "./finding.ts";

/** One thing that was said, or several that are alike, not yet recognised. */
export interface Source {
  readonly kind: FindingKind;
  readonly attribution: Attribution;
  readonly subject: string;
  readonly message: string;
  readonly occurrences: readonly Occurrence[];
  /** The texts to recognise it by, the most telling first; absent: the message. */
  readonly texts?: readonly string[];
  /** The call of our own that ended so. */
  readonly call?: Pick<ApiErrorEvidence, "id" | "action" | "code" | "status">;
  /** What is known of it beside what its text names. */
  readonly captures?: Readonly<Record<string, string>>;
  /** False for reports that are no failure unless the catalogue says so. */
  readonly failure: boolean;
  readonly container?: string;
  readonly exitCode?: number;
  readonly log?: readonly string[];
}

const joined = (...parts: readonly (string | number | false | undefined)[]): string => parts.filter((part) => part).join(" ");

/** One occurrence; without a time where none is known. */
export const occurrence = (ref: string, at: number | undefined, ...messages: string[]): Occurrence => ({
  ref,
  ...(at === undefined ? {} : { at }),
  messages,
});

function apiErrors({ apiErrors = [] }: Evidence): Source[] {
  return apiErrors.map(({ id, captures, action, code, status, message, at, attribution = "own" }) => ({
    kind: "apiError",
    attribution,
    subject: joined(action, code, status !== undefined && `HTTP ${status}`),
    message,
    occurrences: [occurrence(action, at, message)],
    call: { action, ...(id !== undefined && { id }), ...(code !== undefined && { code }), ...(status !== undefined && { status }) },
    ...(captures && { captures }),
    failure: true,
  }));
}

function validations({ validations = [] }: Evidence): Source[] {
  return validations.map(({ message, logicalId, path, at, attribution = "own" }) => {
    const subject = joined(logicalId, path) || "change set";
    return { kind: "validation", attribution, subject, message, occurrences: [occurrence(subject, at, message)], failure: true };
  });
}

/** The ids of the stacks that are resources of another stack. */
function nestedStacks(events: readonly StackEventEvidence[]): ReadonlySet<string> {
  const nested = new Set<string>();
  for (const { type, physicalId, stackId } of events) {
    if (type === "AWS::CloudFormation::Stack" && physicalId !== undefined && physicalId !== stackId) nested.add(physicalId);
  }
  return nested;
}

/** Failures, and why a rollback began; what merely went on says nothing. */
const tellsOfFailure = ({ status, reason }: StackEventEvidence): boolean =>
  status.endsWith("_FAILED") || (reason !== undefined && /ROLLBACK_IN_PROGRESS$/.test(status));

function stackEvents({ stackEvents = [] }: Evidence, whose: Attributor): Source[] {
  const nested = nestedStacks(stackEvents);
  return stackEvents.filter(tellsOfFailure).map((event) => {
    const { logicalId, type, status, reason, stackId, physicalId, stackName } = event;
    const message = reason ?? `${status} without a reason`;
    const inside = nested.has(stackId) && physicalId !== stackId;
    return {
      kind: "stackEvent",
      attribution: whose.stackEvent(event),
      subject: joined(logicalId, `(${type})`, inside && `in ${stackName}`),
      message,
      occurrences: [occurrence(event.eventId, event.at, message)],
      failure: status.endsWith("_FAILED") && reason !== undefined,
    };
  });
}

/** Service events that differ only in ids and times are alike: a crash loop reports the same again and again. */
const similar = (message: string): string => message.replace(/\b[0-9a-f]{16,}\b/g, "#").replace(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, "#");

function serviceEvents({ serviceEvents = [] }: Evidence, whose: Attributor): Source[] {
  const groups = Map.groupBy(serviceEvents, (event) => `${whose.serviceEvent(event)} ${similar(event.message)}`);
  return [...groups.values()].map((alike) => {
    const first = alike[0] as (typeof alike)[number];
    return {
      kind: "serviceEvent",
      attribution: whose.serviceEvent(first),
      subject: "service event",
      message: first.message,
      occurrences: alike.map(({ id, at, message }) => occurrence(id, at, message)),
      failure: false,
    };
  });
}

function serviceDeployments({ serviceDeployments = [] }: Evidence, whose: Attributor): Source[] {
  return serviceDeployments
    .filter(({ status }) => /FAIL|ROLLBACK|STOPPED/.test(status))
    .map((deployment) => {
      const { id, status, reason, rollbackReason, at } = deployment;
      const said = [rollbackReason, reason].filter((text) => text !== undefined);
      const message = said[0] ?? status;
      return {
        kind: "serviceDeployment",
        attribution: whose.serviceDeployment(deployment),
        subject: `service deployment ${lastPart(id)} ${status}`,
        message,
        occurrences: [occurrence(id, at, ...(said.length > 0 ? said : [status]))],
        texts: said.length > 0 ? said : [status],
        failure: false,
      };
    });
}

function targets({ targetHealth = [] }: Evidence): Source[] {
  const bad = targetHealth.filter(({ reason, state }) => reason !== undefined && /^un/.test(state));
  const groups = Map.groupBy(bad, ({ targetGroupArn, reason, description, attribution }) =>
    JSON.stringify([targetGroupArn, reason, description, attribution]),
  );
  return [...groups.values()].map((alike) => {
    const { reason, description, targetGroupArn, state, attribution = "own" } = alike[0] as (typeof alike)[number];
    const message = [reason, description].filter((part) => part).join(": ");
    return {
      kind: "target",
      attribution,
      subject: `target ${state} in ${targetGroupArn}`,
      message,
      occurrences: alike.map(({ id, port, at }) => occurrence(port === undefined ? id : `${id}:${port}`, at, message)),
      texts: [description ?? "", message],
      captures: { target_group: targetGroupArn },
      failure: false,
    };
  });
}

const readers = [apiErrors, validations, stackEvents, serviceEvents, serviceDeployments, targets];

/** Everything that the evidence holds beside the tasks, in no particular order. */
export const sourcesOf = (evidence: Evidence, whose: Attributor): Source[] => readers.flatMap((read) => read(evidence, whose));
