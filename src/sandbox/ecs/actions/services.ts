import type { Handler } from "../../service.ts";
import { lastPart, serviceArn } from "../arns.ts";
import { invalidParameter, serviceNotActive } from "../errors.ts";
import { clusterName, clusterOf, serviceOf } from "../find.ts";
import { page } from "../paging.ts";
import { say, wake } from "../scheduler/service-events.ts";
import { describeService } from "../shapes/service.ts";
import { clusterIn, describedNow } from "./service-input.ts";

/** DeleteService: with `force`, or once it is scaled to nothing; it drains, then is INACTIVE. */
export const deleteService: Handler = (input, ctx) => {
  const service = serviceOf(ctx, input["cluster"] ?? clusterIn(input["service"]), input["service"]);
  if (service.status === "INACTIVE") throw serviceNotActive();
  if (input["force"] !== true && service.desiredCount > 0) {
    throw invalidParameter("The service cannot be stopped while it is scaled above 0.");
  }
  service.status = "DRAINING";
  service.desiredCount = 0;
  for (const deployment of service.deployments) deployment.desiredCount = 0;
  say(service, ctx, "is being deleted.");
  wake(service, 1_000, ctx);
  return describedNow(ctx, service);
};

/** DescribeServices: at most ten; unknown ones are failures MISSING. */
export const describeServices: Handler = (input, ctx) => {
  const names = (input["services"] ?? []) as string[];
  if (names.length === 0) throw invalidParameter("Services cannot be empty.");
  if (names.length > 10) throw invalidParameter("services can have at most 10 items.");
  const cluster = clusterOf(ctx, input["cluster"]);
  const withTags = Array.isArray(input["include"]) && input["include"].includes("TAGS");
  const tasks = Object.values(ctx.state.ecs.tasks);
  const found = names.map((name) => [name, ctx.state.ecs.services[`${clusterIn(name) ?? cluster.name}/${lastPart(name)}`]] as const);
  return {
    services: found.flatMap(([, one]) => (one ? [describeService(ctx, one, tasks, withTags)] : [])),
    failures: found.flatMap(([name, one]) => (one ? [] : [{ arn: serviceArn(ctx, cluster.name, lastPart(name)), reason: "MISSING" }])),
  };
};

/** ListServices: ARNs, ten a page unless asked otherwise. */
export const listServices: Handler = (input, ctx) => {
  const cluster = clusterOf(ctx, clusterName(input["cluster"]));
  const all = Object.values(ctx.state.ecs.services).filter(
    (one) =>
      one.cluster === cluster.name &&
      one.status !== "INACTIVE" &&
      (input["launchType"] === undefined || (one.launchType ?? "FARGATE") === input["launchType"]),
  );
  const { items, nextToken } = page(all, { nextToken: input["nextToken"], maxResults: input["maxResults"] ?? 10 });
  return { serviceArns: items.map((one) => serviceArn(ctx, one.cluster, one.name)), nextToken };
};
