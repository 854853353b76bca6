/** What watching a deployment costs and how soon it shows: calls a minute, delay from AWS's event to the reader, memory over an hour. */
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { createClients } from "../../src/aws-discovery/clients.ts";
import { createCloud } from "../../src/aws-discovery/cloud/index.ts";
import { deploy } from "../../src/engine/deployment/deploy.ts";
import { recordVersion } from "../../src/engine/deployment/record.ts";
import { startRun } from "../../src/engine/deployment/run.ts";
import { startSandbox } from "../../src/sandbox/index.ts";
import { planOf } from "../../test/engine/deployment/on-sandbox.ts";
import { environment } from "../../test/support/program.ts";
import { figure, quantile } from "./figures.ts";

/** Tells a sandbox's thread from others that import this file. */
const role = "watching-bench-sandbox";
const root = resolve(import.meta.dirname, "../..");

/** A sandbox with a thread of its own, as it has a process of its own in use. */
async function openSandbox(scenario: string, speed: number): Promise<{ endpoint: string; close(): Promise<unknown> }> {
  const worker = new Worker(new URL(import.meta.url), { workerData: { role, scenario, speed } });
  const endpoint = await new Promise<string>((done, fail) => worker.once("message", done).once("error", fail));
  return { endpoint, close: () => worker.terminate() };
}

/** Stands in front of an endpoint and notes when each action was called. */
async function openCounter(endpoint: string): Promise<{ endpoint: string; calls: { action: string; at: number }[]; close(): void }> {
  const calls: { action: string; at: number }[] = [];
  const server = createServer((question, answer) => {
    const chunks: Buffer[] = [];
    question.on("data", (chunk: Buffer) => chunks.push(chunk));
    question.on("end", () => {
      const body = Buffer.concat(chunks);
      const target = String(question.headers["x-amz-target"] ?? "")
        .split(".")
        .at(-1);
      calls.push({ action: target || (/Action=(\w+)/.exec(body.toString())?.[1] ?? "?"), at: Date.now() });
      const { method, headers, url } = question;
      const onward = request(new URL(url ?? "/", endpoint), { method: method ?? "POST", headers }, (reply) => {
        answer.writeHead(reply.statusCode ?? 502, reply.headers);
        reply.pipe(answer);
      });
      onward.on("error", () => answer.destroy());
      onward.end(body);
    });
  });
  await new Promise<void>((done) => void server.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, calls, close: () => void server.close().closeAllConnections() };
}

/** When AWS says that the fact of a line of `--json` happened, in milliseconds since the epoch; undefined for what is no event of AWS. */
function happenedAt(line: string): number | undefined {
  const fact = JSON.parse(line) as { type: string; attribution?: string; event?: { at: string | number } };
  if (!/^(stackEvent|serviceEvent)$/.test(fact.type) || fact.attribution !== "own" || fact.event === undefined) return undefined;
  return new Date(fact.event.at).getTime();
}

/** How many calls each tick took: it begins by asking for the stack's events. */
function callsOfTicks(calls: readonly { readonly action: string }[]): number[] {
  const begins = calls.flatMap(({ action }, at) => (action === "DescribeStackEvents" ? [at] : []));
  return begins.slice(1).map((at, tick) => at - (begins[tick] ?? 0));
}

/** Deploys with the built program in real time and watches it for a while: the calls of a minute and of the usual tick while the rollout is under way, and the delays in milliseconds. */
async function watchRealTime(watchMs: number): Promise<{ perMinute: number; perTick: number; delays: number[] }> {
  const home = mkdtempSync(join(tmpdir(), "ecs-wizard-bench-"));
  const sandbox = await openSandbox("default", 1);
  const counter = await openCounter(sandbox.endpoint);
  const args = [join(root, "bin", "ecs-wizard.cjs"), "deploy", join(root, "examples", "web-service.yaml"), "--yes", "--json"];
  const child = spawn(process.execPath, [...args, "--no-check", "--endpoint-url", counter.endpoint], {
    env: environment(home, { ECS_WIZARD_SANDBOX_SPEED: "1" }),
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const delays: number[] = [];
    createInterface({ input: child.stdout }).on("line", (line) => {
      const at = happenedAt(line);
      if (at !== undefined) delays.push(Date.now() - at);
    });
    await sleep(watchMs);
    const since = Date.now() - watchMs / 2;
    const recent = counter.calls.filter(({ at }) => at >= since);
    return { perMinute: (recent.length / (watchMs / 2)) * 60_000, perTick: quantile(callsOfTicks(recent), 0.5), delays };
  } finally {
    child.kill("SIGKILL");
    counter.close();
    await sandbox.close();
    rmSync(home, { recursive: true, force: true });
  }
}

/** Megabytes of heap in use after a collection, five minutes into a deployment whose tasks keep failing, and an hour into it. */
async function watchForAnHour(speed: number): Promise<{ early: number; late: number; events: number }> {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const heap = () => {
    collect();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  Object.assign(process.env, { AWS_ACCESS_KEY_ID: "BENCH", AWS_SECRET_ACCESS_KEY: "bench" });
  const sandbox = await openSandbox("crash-loop", speed);
  const clients = createClients({ region: "eu-west-1", endpointUrl: sandbox.endpoint });
  const begin = Date.now();
  const clock = {
    now: () => begin + (Date.now() - begin) * speed,
    sleep: (ms: number, signal?: AbortSignal) => sleep(ms / speed, undefined, signal ? { signal } : {}),
  };
  const plan = planOf({ name: "never-steady" }, {}, (resources) => {
    for (const { Type, Properties } of Object.values(resources))
      if (Type === "AWS::ECS::Service")
        Properties["DeploymentConfiguration"] = { DeploymentCircuitBreaker: { Enable: false, Rollback: false } };
  });
  const header = {
    record: recordVersion,
    id: "bench",
    activity: "deploy",
    stackName: "",
    region: "eu-west-1",
    cluster: "production",
    startedAt: "",
  } as const;
  const stop = new AbortController();
  const run = startRun({
    ports: { cloud: createCloud(() => clients), clock },
    work: (ports, signal) => deploy(ports, plan, AbortSignal.any([signal, stop.signal])),
    header,
    decide: async () => ({ kind: "abort", why: "needsConsent" }),
  });
  run.done.catch(() => undefined);
  try {
    await sleep(300_000 / speed);
    const early = heap();
    await sleep(3_300_000 / speed);
    return { early, late: heap(), events: run.events.length };
  } finally {
    stop.abort();
    clients.destroy();
    await sandbox.close();
  }
}

/** The lines of `npm run bench`. */
export async function bench(): Promise<string[]> {
  const { perMinute, perTick, delays } = await watchRealTime(40_000);
  const { early, late, events } = await watchForAnHour(200);
  const [middle, worst] = [quantile(delays, 0.5), quantile(delays, 0.99)];
  return [
    figure(
      "watching a rollout",
      `${perMinute.toFixed(0)} calls a minute, ${perTick} in the usual tick`,
      "2 in the usual tick",
      perTick === 2,
    ),
    figure(
      "from AWS's event to the reader",
      `${(middle / 1000).toFixed(2)} s median, ${(worst / 1000).toFixed(2)} s p99 of ${delays.length} events`,
      "p99 below 2.02 s",
      delays.length > 0 && worst < 2020,
    ),
    figure(
      "memory after an hour of failing tasks",
      `${late.toFixed(1)} MB, ${early.toFixed(1)} MB after 5 min; ${events} events`,
      "at most 10 MB more",
      late - early <= 10,
    ),
  ];
}

const { role: ours, scenario, speed } = (workerData ?? {}) as { role?: string; scenario?: string; speed?: number };
if (ours === role) parentPort?.postMessage((await startSandbox({ scenario: scenario ?? "default", speed: speed ?? 1 })).endpoint);
else if (process.argv[1]?.endsWith("watching.ts")) {
  console.log((await bench()).join("\n"));
  process.exit(0);
}
