import type { Target } from "../../engine/discovery.ts";
import type { Step } from "../../engine/sections/index.ts";

/** How AWS is reached for a step: its target section, and the endpoint of the command line or the sandbox. */
export function targetOf(step: Pick<Step, "target">, endpointUrl: string | undefined): Target {
  const { awsProfile, region, assumeRole } = step.target;
  const role = assumeRole?.roleArn
    ? {
        roleArn: assumeRole.roleArn,
        ...(assumeRole.sessionName ? { sessionName: assumeRole.sessionName } : {}),
        ...(assumeRole.externalId ? { externalId: assumeRole.externalId } : {}),
        ...(typeof assumeRole.durationSeconds === "number" ? { durationSeconds: assumeRole.durationSeconds } : {}),
      }
    : undefined;
  return { awsProfile, region: region === "" ? undefined : region, endpointUrl, assumeRole: role };
}
