export type { Account } from "./account.ts";
export type { Clock } from "./clock.ts";
export type { Fault, FaultKind } from "./faults.ts";
export { isScenario, scenarioNames, scenarios } from "./scenarios.ts";
export type { Sandbox, SandboxOptions } from "./server.ts";
export { startSandbox } from "./server.ts";
export { loadWorld, saveWorld } from "./state-file.ts";
export type { World } from "./world.ts";
