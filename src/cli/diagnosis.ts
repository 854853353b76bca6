import type { RecordedEvent } from "../engine/deployment/events.ts";

import type { Preview } from "../engine/deployment/preview.ts";
import { foldAll, type Progress } from "../engine/deployment/progress.ts";
import {
  type Diagnosis,
  diagnose,
  type ExplainContext,
  type ExplainFacts,
  evidenceFrom,
  type Finding,
  validationEvidence,
} from "../engine/diagnosis/index.ts";
import type { JsonObject } from "../engine/schema.ts";
import { effective } from "../engine/values.ts";
import { variablesOf } from "./variables.ts";

/** What explanations may say of the profile and the stack of a deployment. */
function contextOf(facts: ExplainFacts, profile: JsonObject | undefined, name: string): ExplainContext {
  return {
    profileName: name,
    facts,
    ...(profile ? { profile: effective(profile, { variables: variablesOf(profile, {}) }).step as unknown as Record<string, unknown> } : {}),
  };
}

/** What was looked up, and what the deployment itself showed. */
function factsOf({ facts, stackName, stackId, serviceId, service, logs }: Progress): ExplainFacts {
  const account = stackId?.split(":")[4];
  const logGroup = logs[0]?.group;
  return {
    ...(account ? { account } : {}),
    ...(logGroup ? { logGroup } : {}),
    ...facts,
    stackName,
    ...(serviceId ? { serviceResource: serviceId } : {}),
    ...(service ? { serviceName: service.name } : {}),
  };
}

/** Why CloudFormation would refuse what a preview shows: root first; empty when it would not. */
export function causesOf({ findings, stackName }: Preview, profile: JsonObject | undefined, name: string): readonly Finding[] {
  return inReadingOrder(diagnose({ validations: validationEvidence(findings) }, contextOf({ stackName }, profile, name)));
}

/** All findings of a deployment as they are told one after the other: the root first, those of earlier attempts left out. */
export function inReadingOrder({ findings, unattributed, root }: Diagnosis): readonly Finding[] {
  const all = [...findings, ...unattributed];
  return root ? [root, ...all.filter((finding) => finding !== root)] : all;
}

/** Why a deployment failed: pure, over what was seen of it; offline. */
export function diagnosisOf(events: readonly RecordedEvent[], profile: JsonObject | undefined, name: string): Diagnosis {
  return diagnose(evidenceFrom(events), contextOf(factsOf(foldAll(events)), profile, name));
}
