/** Deployments on the simulated account: the real SDK clients, the real cloud port, time running many times faster. */
import { createClients } from "../../../src/aws-discovery/clients.ts";
import { createCloud } from "../../../src/aws-discovery/cloud/index.ts";
import type { Answer, Question } from "../../../src/engine/deployment/decide.ts";
import { deploy } from "../../../src/engine/deployment/deploy.ts";
import type { RecordedEvent } from "../../../src/engine/deployment/events.ts";
import type { Outcome } from "../../../src/engine/deployment/outcome.ts";
import type { DeploymentPlan, TemplateResources } from "../../../src/engine/deployment/plan.ts";
import { recordVersion } from "../../../src/engine/deployment/record.ts";
import { type Run, type RunOptions, startRun } from "../../../src/engine/deployment/run.ts";
import type { Clock, Cloud } from "../../../src/engine/ports.ts";
import { targetGroupArn } from "../../../src/sandbox/data/balancers.ts";
import { groupId, subnetId } from "../../../src/sandbox/data/network.ts";
import { type ServiceSpec, serviceTemplate, stackName } from "../../../src/sandbox/data/service-template.ts";
import { type Sandbox, startSandbox } from "../../../src/sandbox/index.ts";

/** How many times faster than real time runs: slow enough for something to happen in the middle of a deployment, also on a busy machine. */
const usual = 150;
/** For deployments that are only seen to their end. */
export const quick = 500;

/** The service that the scenarios are about. */
export const shopWeb: ServiceSpec = {
  name: "shop-web",
  cluster: "production",
  image: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.4.2",
  subnets: [subnetId("main", "private-a", "0f3"), subnetId("main", "private-b", "09c")],
  groups: [groupId("main", "web-tasks")],
  desired: 2,
  port: 80,
  targetGroup: targetGroupArn("shop-tg"),
};

/** A template changed before it is deployed. */
export type Change = (resources: Record<string, { Type: string; Properties: Record<string, unknown> }>) => void;

let tokens = 0;

/** The plan of a service; `change` edits the template's resources. */
export function planOf(spec: Partial<ServiceSpec> = {}, more: Partial<DeploymentPlan> = {}, change: Change = () => {}): DeploymentPlan {
  const service = { ...shopWeb, ...spec };
  const template = JSON.parse(serviceTemplate(service)) as { Resources: Parameters<Change>[0] };
  change(template.Resources);
  const ids = Object.keys(template.Resources);
  return {
    stackName: stackName(service),
    template: JSON.stringify(template),
    resources: template.Resources as TemplateResources,
    tags: [{ key: "team", value: "shop" }],
    capabilities: ["CAPABILITY_NAMED_IAM"],
    region: "eu-west-1",
    cluster: service.cluster,
    serviceId: ids.find((id) => template.Resources[id]?.Type === "AWS::ECS::Service") ?? "",
    taskDefinitionId: ids.find((id) => template.Resources[id]?.Type === "AWS::ECS::TaskDefinition") ?? "",
    wait: { kind: "untilCompleted" },
    token: `test-${++tokens}`,
    ...more,
  };
}

/** An account in a scenario, with what is needed to deploy to it. */
export interface Ground {
  readonly sandbox: Sandbox;
  readonly clock: Clock;
  readonly cloud: Cloud;
  /** Begins a run; questions are answered by `answer`, else not agreed to. */
  start(work: RunOptions["work"], answer?: (question: Question) => Answer): Run;
  deploy(
    plan: DeploymentPlan,
    answer?: (question: Question) => Answer,
  ): Promise<{ outcome: Outcome; events: readonly RecordedEvent[]; run: Run }>;
  close(): Promise<void>;
}

/** Opens an account. Credentials stand in the environment, as a user's would. */
export async function openGround(scenario = "default", speed = usual): Promise<Ground> {
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: "AKIASANDBOX",
    AWS_SECRET_ACCESS_KEY: "sandbox",
    AWS_RETRY_MODE: "standard",
    AWS_MAX_ATTEMPTS: "2",
  });
  const sandbox = await startSandbox({ scenario, speed });
  const clock: Clock = {
    now: () => sandbox.clock.now(),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        signal?.throwIfAborted();
        const timer = setTimeout(resolve, ms / speed);
        const stop = () => {
          clearTimeout(timer);
          reject(signal?.reason);
        };
        signal?.addEventListener("abort", stop, { once: true });
      }),
  };
  const clients: { destroy(): void }[] = [];
  const cloud = createCloud(() => {
    const made = createClients({ region: "eu-west-1", endpointUrl: sandbox.endpoint });
    clients.push(made);
    return made;
  });
  const start: Ground["start"] = (work, answer) =>
    startRun({
      ports: { cloud, clock },
      work,
      header: {
        record: recordVersion,
        id: "t",
        activity: "deploy",
        stackName: "",
        region: "eu-west-1",
        cluster: "production",
        startedAt: "",
      },
      decide: async (question) => answer?.(question) ?? { kind: "abort", why: "needsConsent" },
    });
  return {
    sandbox,
    clock,
    cloud,
    start,
    async deploy(plan, answer) {
      const run = start((ports, signal) => deploy(ports, plan, signal), answer);
      const outcome = await run.done;
      return { outcome, events: run.events, run };
    },
    async close() {
      for (const one of clients) one.destroy();
      await sandbox.close();
    },
  };
}
