import { emptyWorld, type World } from "./world.ts";

/** The names `--sandbox` takes; `denied:ACTION` is one of them with an action. */
export const scenarioNames: readonly string[] = ["default", "empty"];

/** Makes the account of these scenarios (names separated by commas) as it is at `now`, epoch ms; throws an Error that lists the names for an unknown one. */
export const createWorld = (scenario: string, now: number): World => ({ ...emptyWorld(now), scenario });
