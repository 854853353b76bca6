import type { Pluggable } from "@aws-sdk/types";
import type { Target } from "../engine/discovery.ts";
import { ProblemError } from "../engine/problem.ts";
import { noteCall } from "./call-notes.ts";
import { toProblem } from "./problems.ts";

/** Calls to a host that refuses or cannot be found are given up after so many attempts: it will hardly appear within seconds. */
const attemptsToConnect = 3;
const unreachable = new Set(["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "EHOSTUNREACH", "ENETUNREACH"]);

const codeOf = (error: unknown): string => (error instanceof Error && "code" in error ? String(error.code) : "");

const attemptOf = (request: unknown): number => {
  const { headers } = request as { headers?: Record<string, string> };
  return Number(/attempt=(\d+)/.exec(headers?.["amz-sdk-request"] ?? "")?.[1] ?? 1);
};

/** Notes on every error of a client which call of which target it came from, and gives up early where nobody answers. */
export function noteCalls(target: Target): Pluggable<object, { $metadata: object }> {
  return {
    applyToStack: (stack) => {
      stack.add(
        (next, context) => async (args) => {
          try {
            return await next(args);
          } catch (error) {
            throw noteCall(error, { target, client: context.clientName, command: context.commandName });
          }
        },
        { step: "initialize", name: "noteCalls", override: true, priority: "high" },
      );
      stack.add(
        (next, context) => async (args) => {
          try {
            return await next(args);
          } catch (error) {
            if (!unreachable.has(codeOf(error)) || attemptOf(args.request) < attemptsToConnect) throw error;
            const noted = noteCall(error, { target, client: context.clientName, command: context.commandName });
            throw new ProblemError(toProblem(noted));
          }
        },
        { step: "finalizeRequest", name: "giveUpEarly", override: true, priority: "low" },
      );
    },
  };
}
