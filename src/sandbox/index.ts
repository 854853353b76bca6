export type { Fault } from "./faults.ts";
export { isScenario, scenarioNames } from "./scenarios.ts";
export type { Sandbox, SandboxOptions } from "./server.ts";
export { startSandbox } from "./server.ts";
export { loadWorld } from "./state-file.ts";
export type { World } from "./world.ts";
