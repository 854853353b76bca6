/** The resources of a stack while an operation works on them. */
import type { ExpectedResource } from "./events.ts";
import type { StackEvent } from "./facts.ts";
import { type ResourcePhase, resourcePhase } from "./stack-status.ts";

/** One resource as far as it has come. */
export interface ResourceProgress {
  readonly logicalId: string;
  readonly type: string;
  /** The stack it is in, when that is a nested one. */
  readonly nestedIn?: string;
  readonly physicalId?: string;
  readonly phase: ResourcePhase;
  readonly status?: string;
  readonly reason?: string;
  /** AWS's time of the first and the last word about it. */
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** Milliseconds it usually takes. */
  readonly usual?: number;
}

/** Resources that nothing has happened to yet. */
export function waitingResources(expected: readonly ExpectedResource[]): readonly ResourceProgress[] {
  return expected.map((one) => ({ ...one, phase: "waiting" }));
}

/** The resources after one more event of the operation; those not expected are added behind. */
export function foldResource(resources: readonly ResourceProgress[], event: StackEvent, nested: boolean): readonly ResourceProgress[] {
  const at = resources.findIndex((one) => one.logicalId === event.logicalId && one.nestedIn === (nested ? event.stackName : undefined));
  const before: ResourceProgress = resources[at] ?? {
    logicalId: event.logicalId,
    type: event.resourceType,
    phase: "waiting",
    ...(nested && { nestedIn: event.stackName }),
  };
  if (isCleanUp(before, event)) return resources;
  const after = advance(before, event);
  return at < 0 ? [...resources, after] : resources.with(at, after);
}

/** After a replacement, CloudFormation deletes the old physical resource under the same logical id. */
function isCleanUp(resource: ResourceProgress, event: StackEvent): boolean {
  return (
    event.status.startsWith("DELETE") &&
    resource.physicalId !== undefined &&
    event.physicalId !== resource.physicalId &&
    /^(CREATE|UPDATE)/.test(resource.status ?? "")
  );
}

function advance(resource: ResourceProgress, event: StackEvent): ResourceProgress {
  const phase = resourcePhase(event.status);
  // A new verb (a deletion after a failed creation, say) is timed anew.
  const goesOn = resource.startedAt !== undefined && resource.endedAt === undefined && sameVerb(resource.status, event.status);
  const startedAt = goesOn ? resource.startedAt : event.at;
  return {
    logicalId: resource.logicalId,
    type: resource.type,
    phase,
    status: event.status,
    ...(startedAt !== undefined && { startedAt }),
    ...(phase !== "active" && { endedAt: event.at }),
    ...(event.physicalId ? { physicalId: event.physicalId } : resource.physicalId && { physicalId: resource.physicalId }),
    ...(event.reason && { reason: event.reason }),
    ...(resource.usual !== undefined && { usual: resource.usual }),
    ...(resource.nestedIn && { nestedIn: resource.nestedIn }),
  };
}

function sameVerb(before: string | undefined, now: string): boolean {
  return before?.split("_")[0] === now.split("_")[0];
}
