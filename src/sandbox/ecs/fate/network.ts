import type { Route, RouteTable, SecurityGroup } from "../../ec2/state.ts";
import type { Context } from "../../service.ts";
import { isEcrImage } from "../check-definition.ts";
import type { Fate } from "../state.ts";
import { isStruck, type Question } from "./question.ts";

/** How long a task waits for an endpoint that never answers. */
const TIMES_OUT_AFTER = 75_000;

function routeTableOf(ctx: Context, subnetId: string): RouteTable | undefined {
  const { routeTables, subnets } = ctx.state.ec2;
  const all = Object.values(routeTables);
  const vpcId = subnets[subnetId]?.vpcId;
  return (
    all.find((table) => Object.values(table.associations).includes(subnetId)) ?? all.find((table) => table.main && table.vpcId === vpcId)
  );
}

function leadsOut(ctx: Context, route: Route, publicIp: boolean): boolean {
  if (route.destination !== "0.0.0.0/0" || route.state !== "active") return false;
  if (route.gatewayId?.startsWith("igw-")) return publicIp;
  if (route.natGatewayId) return ctx.state.ec2.natGateways[route.natGatewayId]?.state === "available";
  return route.transitGatewayId !== undefined || route.networkInterfaceId !== undefined;
}

/** Whether a subnet reaches the internet, for a task with or without a public address. */
export function hasInternet(ctx: Context, subnetId: string, publicIp: boolean): boolean {
  return routeTableOf(ctx, subnetId)?.routes.some((route) => leadsOut(ctx, route, publicIp)) ?? false;
}

function hasEndpoint(ctx: Context, subnetId: string, service: string): boolean {
  const vpcId = ctx.state.ec2.subnets[subnetId]?.vpcId;
  const table = routeTableOf(ctx, subnetId);
  return Object.values(ctx.state.ec2.vpcEndpoints).some((endpoint) => {
    if (endpoint.vpcId !== vpcId || endpoint.state !== "available" || endpoint.serviceName !== `com.amazonaws.${ctx.region}.${service}`)
      return false;
    return endpoint.type === "Gateway" ? endpoint.routeTableIds.includes(table?.id ?? "") : endpoint.privateDns;
  });
}

function letsHttpsOut(group: SecurityGroup | undefined): boolean {
  return (group?.rules ?? []).some(
    (rule) => rule.egress && (rule.protocol === "-1" || (rule.protocol === "tcp" && rule.fromPort <= 443 && rule.toPort >= 443)),
  );
}

/** Whether a task reaches an AWS service (`ecr.api`, `logs`): by the internet or an endpoint, with a security group that lets it. */
export function reaches({ ctx, task, network }: Question, service: string): boolean {
  const out = task.securityGroups.length === 0 || task.securityGroups.some((id) => letsHttpsOut(ctx.state.ec2.securityGroups[id]));
  const internet = hasInternet(ctx, task.subnetId, network.assignPublicIp === "ENABLED");
  return out && (internet || hasEndpoint(ctx, task.subnetId, service));
}

function address(ctx: Context): string {
  const bytes = ctx.hex(4);
  return `44.213.${Number.parseInt(bytes.slice(0, 2), 16)}.${Number.parseInt(bytes.slice(2), 16)}:443`;
}

function failure(stoppedReason: string, more: Partial<Extract<Fate, { kind: "start-failure" }>> = {}): Fate {
  return { kind: "start-failure", afterMs: TIMES_OUT_AFTER, stoppedReason, pulled: false, ...more };
}

/** The failure of a task that has no way to the image registry, or undefined. */
export function networkFate(question: Question): Fate | undefined {
  const { ctx, definition, network, main } = question;
  const place = JSON.stringify([
    [...network.subnets].sort(),
    network.assignPublicIp ?? "DISABLED",
    [...(network.securityGroups ?? [])].sort(),
  ]);
  const cut = isStruck(ctx, "no-route", place);
  const fromEcr = definition.containerDefinitions.some((container) => isEcrImage(container.image));
  if (fromEcr && (cut || !reaches(question, "ecr.api"))) {
    return failure(
      "ResourceInitializationError: unable to pull secrets or registry auth: The task cannot pull registry auth from Amazon ECR: " +
        "There is a connection issue between the task and Amazon ECR. Check your task network configuration. RequestError: send request failed caused by: " +
        `Post "https://api.ecr.${ctx.region}.amazonaws.com/": dial tcp ${address(ctx)}: i/o timeout`,
    );
  }
  const host = main.image.includes("/") && main.image.split("/")[0]?.includes(".") ? main.image.split("/")[0] : "registry-1.docker.io";
  const open = fromEcr ? reaches(question, "ecr.dkr") && reaches(question, "s3") : !cut && reaches(question, "none");
  if (open) return undefined;
  const text =
    `CannotPullContainerError: The task cannot pull ${main.image} from the registry ${main.image}. There is a connection issue between the task and the registry. ` +
    `Check your task network configuration. : failed to copy: httpReadSeeker: failed open: failed to do request: Get "https://${host}/v2/": dial tcp ${address(ctx)}: i/o timeout`;
  return failure(text, { container: main.name, containerReason: text });
}
