/** The sandbox in a thread of its own, so that AWS's work never delays the drawing of a key. Speaks in {@link ThreadAnswer}s. */
import { parentPort, workerData } from "node:worker_threads";
import { isScenario, type SandboxOptions, scenarioNames, startSandbox } from "../sandbox/index.ts";

/** What the thread tells: that it answers at an endpoint, why it cannot, or that it is closed and its state saved. */
export type ThreadAnswer =
  | { readonly type: "started"; readonly endpoint: string }
  | { readonly type: "unknownScenario"; readonly names: readonly string[] }
  | { readonly type: "failed"; readonly message: string; readonly code?: string }
  | { readonly type: "closed" };

const tell = (answer: ThreadAnswer) => parentPort?.postMessage(answer);

async function serve(options: SandboxOptions): Promise<void> {
  if (!isScenario(options.scenario ?? "default")) {
    tell({ type: "unknownScenario", names: scenarioNames });
    return;
  }
  try {
    const sandbox = await startSandbox(options);
    parentPort?.once("message", async () => {
      await sandbox.close();
      tell({ type: "closed" });
    });
    tell({ type: "started", endpoint: sandbox.endpoint });
  } catch (error) {
    const { message, code } = error as NodeJS.ErrnoException;
    tell({ type: "failed", message, ...(code ? { code } : {}) });
  }
}

await serve(workerData as SandboxOptions);
