/** How fast the history of a large stack is diagnosed. */
import { performance } from "node:perf_hooks";
import { diagnose } from "../../src/engine/diagnosis/diagnose.ts";
import type { Evidence, StackEventEvidence } from "../../src/engine/diagnosis/evidence.ts";
import { figure } from "./figures.ts";

const reasons = [
  "Resource creation cancelled",
  (at: number) =>
    `Resource handler returned message: "Exceeded attempts to wait" (RequestToken: e3e41999-0a10-576e-81fd-${String(at).padStart(12, "0")}, HandlerErrorCode: NotStabilized)`,
  (at: number) =>
    `User: arn:aws:iam::123456789012:user/dev is not authorized to perform: ecs:CreateService on resource: arn:aws:ecs:eu-west-1:123456789012:service/production/web-${at}`,
  "The following resource(s) failed to create: [ServiceWeb].",
] as const;

/** A stack's history of `count` events, every tenth a failure, half of them by an earlier operation. */
export function manyEvents(count: number): Evidence {
  const stackEvents = Array.from({ length: count }, (_, at): StackEventEvidence => {
    const failed = at % 10 === 9;
    const reason = reasons[((at / 10) % reasons.length) | 0] as (typeof reasons)[number];
    return {
      eventId: `event-${at}`,
      stackId: "arn:aws:cloudformation:eu-west-1:123456789012:stack/web/1",
      stackName: "web",
      logicalId: `Resource${at}`,
      physicalId: `resource-${at}`,
      type: at % 3 === 0 ? "AWS::ECS::Service" : "AWS::Logs::LogGroup",
      status: failed ? "CREATE_FAILED" : at % 2 === 0 ? "CREATE_IN_PROGRESS" : "CREATE_COMPLETE",
      clientRequestToken: at < count / 2 ? "earlier" : "own",
      at: 1_760_000_000_000 + at * 1000,
      ...(failed && { reason: typeof reason === "string" ? reason : reason(at) }),
    };
  });
  return { operation: { clientRequestTokens: ["own"] }, stackEvents };
}

/** Milliseconds to diagnose `count` stack events, the median of `rounds`. */
export function timeOfDiagnosis(count = 10_000, rounds = 5): number {
  const evidence = manyEvents(count);
  const times = Array.from({ length: rounds }, () => {
    const begin = performance.now();
    diagnose(evidence);
    return performance.now() - begin;
  });
  return times.sort((a, b) => a - b)[rounds >> 1] as number;
}

/** The lines of `npm run bench`. */
export async function bench(): Promise<string[]> {
  const time = timeOfDiagnosis();
  return [figure("10,000 stack events diagnosed", `${time.toFixed(0)} ms, the median of 5`, "100 ms", time <= 100)];
}

if (process.argv[1]?.endsWith("diagnosis.ts")) console.log((await bench()).join("\n"));
