import type { Target } from "../../engine/discovery.ts";
import { names } from "../../engine/names.ts";
import type { StackPort } from "../../engine/ports.ts";
import type { JsonObject } from "../../engine/schema.ts";
import { effective } from "../../engine/values.ts";
import type { StackAtWork } from "../../screens/deployment-port.ts";
import { variablesOf } from "../variables.ts";
import { isStackName } from "../watched-profile.ts";

/** A saved profile with its name. */
interface Named {
  readonly name: string;
  readonly value?: JsonObject | undefined;
}

/** The stacks of deployments that AWS is working on where a target leads: those named as ecs-wizard names them, and those of saved profiles. */
export async function stacksOf(
  cloud: Pick<StackPort, "stacksAtWork">,
  target: Target,
  profiles: readonly Named[],
  signal: AbortSignal,
): Promise<readonly StackAtWork[]> {
  const stacks = await cloud.stacksAtWork(signal);
  const owners = stacks.length > 0 ? new Map(profiles.flatMap((one) => stackOf(one, target))) : new Map<string, string>();
  return stacks.flatMap(({ name, status, since }): StackAtWork[] => {
    const profile = owners.get(name);
    if (profile === undefined && !isStackName(name)) return [];
    return [{ stackName: name, status, target, ...(since ? { since: Date.parse(since) } : {}), ...(profile ? { profile } : {}) }];
  });
}

function stackOf({ name, value }: Named, { region }: Target): [stack: string, profile: string][] {
  if (!value) return [];
  const { step } = effective(value, { variables: variablesOf(value, {}) });
  return region === undefined || step.target.region === region ? [[names(step).stackName, name]] : [];
}
