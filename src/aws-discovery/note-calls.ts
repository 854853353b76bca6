import type { STSClient } from "@aws-sdk/client-sts";
import type { Target } from "../engine/discovery.ts";
import { ProblemError } from "../engine/problem.ts";
import { noteCall } from "./call-notes.ts";
import { toProblem } from "./problems.ts";
import { isExpiry, renewalOf } from "./renewal.ts";

/** A connection that is not even made will hardly be made by the eighth attempt; an answer that is late may still come. */
const attemptsToConnect = 3;
const unreachable = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH", "ETIMEDOUT"]);

const isUnreachable = (error: unknown): boolean =>
  unreachable.has(codeOf(error)) || (error instanceof Error && /did not establish a connection/.test(error.message));

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "");

const attemptOf = (request: unknown): number => {
  const { headers } = request as { headers?: Record<string, string> };
  return Number(/attempt=(\d+)/.exec(headers?.["amz-sdk-request"] ?? "")?.[1] ?? 1);
};

/** Notes on every error of a client which call of which target it came from, and gives up early where nobody answers. */
export function noteCalls(target: Target): Parameters<STSClient["middlewareStack"]["use"]>[0] {
  return {
    applyToStack: (stack) => {
      stack.add(
        (next, context) => async (args) => {
          try {
            return await next(args);
          } catch (error) {
            const renewal = isExpiry(error) ? await renewalOf(target) : undefined;
            throw noteCall(error, { target, client: context.clientName, command: context.commandName, renewal });
          }
        },
        { step: "initialize", name: "noteCalls", override: true, priority: "high" },
      );
      stack.add(
        (next, context) => async (args) => {
          try {
            return await next(args);
          } catch (error) {
            if (!isUnreachable(error) || attemptOf(args.request) < attemptsToConnect) throw error;
            const noted = noteCall(error, { target, client: context.clientName, command: context.commandName });
            throw new ProblemError(toProblem(noted));
          }
        },
        { step: "finalizeRequest", name: "giveUpEarly", override: true, priority: "low" },
      );
    },
  };
}
