import type { Fate } from "../state.ts";
import { imageFate } from "./image.ts";
import { networkFate } from "./network.ts";
import { permissionFate } from "./permissions.ts";
import type { Question } from "./question.ts";
import { runningFate } from "./running.ts";
import { efsFate, logGroupFate } from "./storage.ts";

/** What becomes of a task by the state of the account and the scenario, in the order in which Fargate meets the obstacles; undefined: it runs. */
export function fateOf(question: Question): Fate | undefined {
  return (
    networkFate(question) ??
    permissionFate(question) ??
    efsFate(question) ??
    imageFate(question) ??
    logGroupFate(question) ??
    runningFate(question)
  );
}
