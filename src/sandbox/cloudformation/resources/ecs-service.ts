import type { Input } from "../../service.ts";
import type { JsonObject } from "../json.ts";
import { isObject } from "../json.ts";
import { ecs } from "./ecs-call.ts";
import { ecsMembers, ecsTags } from "./ecs-members.ts";
import { generatedName } from "./physical-names.ts";
import { HandlerFailure, type ResourceRequest, type ResourceType } from "./resource-type.ts";

const LOOK_EVERY = 5_000;
const LONGEST_WAIT = 3 * 60 * 60 * 1_000;
const ONLY_ON_CREATE = ["launchType", "role", "schedulingStrategy", "deploymentController", "serviceName", "tags"];

const LISTS = ["loadBalancers", "serviceRegistries"];

/** What DescribeServices answers, as far as it is looked at. */
interface Described {
  serviceName: string;
  serviceArn: string;
  status: string;
  desiredCount: number;
  runningCount: number;
  deployments: { id: string; status: string; rolloutState?: string; desiredCount: number; runningCount: number }[];
}

function members(request: ResourceRequest): { input: Input; force: JsonObject | undefined } {
  const { forceNewDeployment, tags, ...rest } = ecsMembers("AWS::ECS::Service", request.properties) as JsonObject;
  const all = ecsTags(request.tags, tags);
  return {
    input: { ...rest, ...(all.length > 0 ? { tags: all } : {}) },
    force: isObject(forceNewDeployment) ? forceNewDeployment : undefined,
  };
}

function describe(request: ResourceRequest, arn: string): Described | undefined {
  const cluster = arn.split("/").at(-2);
  const answer = ecs(request.ctx, "DescribeServices", { cluster, services: [arn] });
  return (answer["services"] as Described[])[0];
}

/** The attribute that holds which service deployment CloudFormation waits for; no template can ask for it. */
const AWAITED = "$serviceDeployment";

function latestDeployment(request: ResourceRequest, arn: string): { id: string; status: string } | undefined {
  const [cluster, name] = arn.split("/").slice(-2);
  return request.ctx.state.ecs.services[`${cluster}/${name}`]?.serviceDeployments[0];
}

function awaited(request: ResourceRequest, service: Described, deploymentId: unknown): number | undefined {
  const primary = service.deployments.find((deployment) => deployment.status === "PRIMARY");
  const latest = latestDeployment(request, service.serviceArn);
  // A rollback of an earlier deployment is not what this operation waits for.
  const own = latest?.id === deploymentId;
  const failed = primary?.rolloutState === "FAILED" || (own && latest !== undefined && /^(ROLLBACK|STOPPED)/.test(latest.status));
  if (failed)
    throw new HandlerFailure("Error occurred during operation 'ECS Deployment Circuit Breaker was triggered'.", "GeneralServiceException");
  const steady =
    service.deployments.length === 1 && primary?.rolloutState !== "IN_PROGRESS" && service.runningCount === service.desiredCount;
  return steady ? undefined : LOOK_EVERY;
}

/** AWS::ECS::Service: ready when its one deployment is complete and steady; fails as soon as the circuit breaker gives up, else after three hours. */
export const ecsService: ResourceType = {
  type: "AWS::ECS::Service",
  seconds: { create: 3, update: 3, delete: 3 },
  create(request) {
    const { input } = members(request);
    const serviceName = typeof input["serviceName"] === "string" ? input["serviceName"] : generatedName(request, 255);
    const answer = ecs(request.ctx, "CreateService", { desiredCount: 1, ...input, serviceName });
    const service = answer["service"] as Described;
    const deployment = latestDeployment(request, service.serviceArn)?.id ?? "";
    return {
      physicalId: service.serviceArn,
      attributes: { ServiceArn: service.serviceArn, Name: service.serviceName, [AWAITED]: deployment },
    };
  },
  update(request, current) {
    const { input, force } = members(request);
    const before = members({ ...request, properties: current.properties });
    // What the template no longer names is taken off the service.
    const gone = LISTS.filter((name) => before.input[name] !== undefined && input[name] === undefined).map((name) => [name, []]);
    const change = Object.fromEntries([...gone, ...Object.entries(input)].filter(([name]) => !ONLY_ON_CREATE.includes(String(name))));
    const nonce = force?.["forceNewDeploymentNonce"];
    const forced = force?.["enableForceNewDeployment"] === true && nonce !== before.force?.["forceNewDeploymentNonce"];
    const arn = String(current.physicalId);
    const had = latestDeployment(request, arn)?.id;
    ecs(request.ctx, "UpdateService", {
      ...change,
      cluster: arn.split("/").at(-2),
      service: arn,
      ...(forced ? { forceNewDeployment: true } : {}),
    });
    const begun = latestDeployment(request, arn)?.id;
    const tags = input["tags"] as unknown[] | undefined;
    if (tags) ecs(request.ctx, "TagResource", { resourceArn: arn, tags });
    return { [AWAITED]: begun === had ? "" : (begun ?? "") };
  },
  delete(request, current) {
    const arn = String(current.physicalId);
    if (describe(request, arn)?.status !== "ACTIVE") return;
    ecs(request.ctx, "DeleteService", { cluster: arn.split("/").at(-2), service: arn, force: true });
  },
  pending(request, current, change, sinceMs) {
    const service = describe(request, String(current.physicalId));
    if (change === "delete") return service === undefined || service.status === "INACTIVE" ? undefined : LOOK_EVERY;
    if (!service) throw new HandlerFailure("Service was not found while waiting for it to stabilize.", "NotFound");
    const wait = awaited(request, service, current.attributes[AWAITED]);
    if (wait !== undefined && sinceMs >= LONGEST_WAIT) throw new HandlerFailure("Exceeded attempts to wait", "NotStabilized");
    return wait;
  },
};
