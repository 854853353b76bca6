/** How fast the sandbox answers: 200 clients at once, on an account with 5,000 stacks. The server has a thread of its own, as it has a process of its own in use. */
import { Agent, request } from "node:http";
import { performance } from "node:perf_hooks";
import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, Worker, workerData } from "node:worker_threads";
import { startSandbox } from "../../src/sandbox/index.ts";

/** Tells the server's thread from others that import this file. */
const role = "sandbox-bench-server";

const stack = "cf-ecs-production-serviceCheckout-default-untenanted";
const form = (scope: string, version: string, body: string) => ({
  scope,
  type: "application/x-www-form-urlencoded",
  target: "",
  body: `Version=${version}&${body}`,
});
const ecs = (action: string, input: unknown) => ({
  scope: "ecs",
  type: "application/x-amz-json-1.1",
  target: `AmazonEC2ContainerServiceV20141113.${action}`,
  body: JSON.stringify(input),
});

/** What a watched deployment asks, again and again. */
const calls = [
  form("cloudformation", "2010-05-15", `Action=DescribeStacks&StackName=${stack}`),
  form("cloudformation", "2010-05-15", `Action=DescribeStackEvents&StackName=${stack}`),
  ecs("DescribeServices", { cluster: "production", services: ["checkout"] }),
  ecs("ListTasks", { cluster: "production", serviceName: "checkout" }),
  form("ec2", "2016-11-15", "Action=DescribeSubnets"),
];

const call = (agent: Agent, port: number, { scope, type, target, body }: (typeof calls)[number]): Promise<number> =>
  new Promise((resolve, reject) => {
    const begin = performance.now();
    const headers = {
      authorization: `AWS4-HMAC-SHA256 Credential=BENCH/20260101/eu-west-1/${scope}/aws4_request, SignedHeaders=host, Signature=0`,
      "content-type": type,
      ...(target ? { "x-amz-target": target } : {}),
    };
    const sent = request({ host: "127.0.0.1", port, method: "POST", agent, headers }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve(performance.now() - begin));
    });
    sent.on("error", reject);
    sent.end(body);
  });

/** Milliseconds of every call of so many clients, each calling `each` times with `pauseMs` in between. */
const load = async (port: number, clients: number, each: number, pauseMs: number): Promise<number[]> => {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const times: number[] = [];
  const client = async (_: unknown, index: number) => {
    await sleep((pauseMs * index) / clients);
    for (let turn = 0; turn < each; turn += 1) {
      const next = calls[(index + turn) % calls.length];
      if (next) times.push(await call(agent, port, next));
      if (pauseMs > 0) await sleep(pauseMs);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  agent.destroy();
  return times.sort((a, b) => a - b);
};

const quantile = (times: readonly number[], share: number): string => (times[Math.floor((times.length - 1) * share)] ?? 0).toFixed(1);

const serve = async (): Promise<void> => {
  const { port, world } = await startSandbox({ speed: 1 });
  const state = world.regions["eu-west-1"]?.cloudformation;
  const model = Object.values(state?.stacks ?? {})[0];
  for (let index = 0; state && model && index < 5000; index += 1) {
    const name = `copy-${index}`;
    const id = model.id.replace(model.name, name);
    state.stacks[id] = { ...structuredClone(model), id, name };
    state.names[name] = id;
  }
  parentPort?.postMessage(port);
};

/** The lines of `npm run bench`. */
export async function bench(): Promise<string[]> {
  const worker = new Worker(new URL(import.meta.url), { workerData: role });
  const port = await new Promise<number>((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  await load(port, 10, 20, 0);
  const alone = await load(port, 1, 200, 0);
  const polling = await load(port, 200, 4, 1000);
  const begin = performance.now();
  const hurried = await load(port, 200, 20, 0);
  const perSecond = (hurried.length / (performance.now() - begin)) * 1000;
  await worker.terminate();
  const verdict = Number(quantile(polling, 0.5)) < 5 ? "" : "  over";
  return [
    `${"one client".padEnd(44)} ${quantile(alone, 0.5)} ms median, ${quantile(alone, 0.99)} ms p99`,
    `${"200 clients, a call a second each".padEnd(44)} ${quantile(polling, 0.5)} ms median, ${quantile(polling, 0.99)} ms p99 (aim: median below 5 ms)${verdict}`,
    `${"200 clients without a pause".padEnd(44)} ${perSecond.toFixed(0)} calls a second`,
  ];
}

if (workerData === role) await serve();
else if (process.argv[1]?.endsWith("sandbox.ts")) console.log((await bench()).join("\n"));
