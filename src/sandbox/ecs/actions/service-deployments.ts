import { AwsError } from "../../errors.ts";
import type { Context, Handler, Output } from "../../service.ts";
import { clusterArn, lastPart, revisionArn, serviceArn, serviceDeploymentArn } from "../arns.ts";
import { ecrImage } from "../fate/image.ts";
import { findDefinition, serviceOf } from "../find.ts";
import { page } from "../paging.ts";
import { rollBack } from "../scheduler/deployments.ts";
import { say, wake } from "../scheduler/service-events.ts";
import { networkOf, revisionCounts } from "../shapes/service.ts";
import type { EcsService, Revision, ServiceDeployment } from "../state.ts";

function date(ms: number | undefined): Date | undefined {
  return ms === undefined ? undefined : new Date(ms);
}

function parts(arn: string): { cluster: string; service: string; id: string } {
  const [id = "", service = "", cluster = ""] = arn.split("/").reverse();
  return { cluster, service, id };
}

function summary(ctx: Context, service: EcsService, one: ServiceDeployment): Output {
  return {
    serviceDeploymentArn: serviceDeploymentArn(ctx, service.cluster, service.name, one.id),
    serviceArn: serviceArn(ctx, service.cluster, service.name),
    clusterArn: clusterArn(ctx, service.cluster),
    createdAt: new Date(one.createdAt),
    startedAt: date(one.startedAt),
    finishedAt: date(one.finishedAt),
    stoppedAt: date(one.stoppedAt),
    updatedAt: new Date(one.updatedAt),
    status: one.status,
    statusReason: one.statusReason,
  };
}

/** ListServiceDeployments: newest first, by status and time of creation. */
export const listServiceDeployments: Handler = (input, ctx) => {
  const service = serviceOf(
    ctx,
    input["cluster"] ?? (String(input["service"]).startsWith("arn:") ? String(input["service"]).split("/").at(-2) : undefined),
    input["service"],
  );
  const wanted = (input["status"] ?? []) as string[];
  const created = (input["createdAt"] ?? {}) as { before?: number; after?: number };
  const all = service.serviceDeployments.filter(
    (one) =>
      (wanted.length === 0 || wanted.includes(one.status)) &&
      (created.before === undefined || one.createdAt < Number(created.before) * 1_000) &&
      (created.after === undefined || one.createdAt > Number(created.after) * 1_000),
  );
  const { items, nextToken } = page(all, input);
  const brief = (one: ServiceDeployment) => {
    const { updatedAt: _updated, stoppedAt: _stopped, ...rest } = summary(ctx, service, one);
    return { ...rest, targetServiceRevisionArn: revisionArn(ctx, service.cluster, service.name, one.targetId) };
  };
  return { serviceDeployments: items.map(brief), nextToken };
};

function revisionSummary(ctx: Context, service: EcsService, id: string, requested: number): Output {
  const tasks = Object.values(ctx.state.ecs.tasks).filter(
    (task) => task.service === service.name && task.cluster === service.cluster && task.revisionId === id,
  );
  return { arn: revisionArn(ctx, service.cluster, service.name, id), requestedTaskCount: requested, ...revisionCounts(tasks) };
}

/** DescribeServiceDeployments: with the circuit breaker's count, the rollback and the revisions. */
export const describeServiceDeployments: Handler = (input, ctx) => {
  const arns = (input["serviceDeploymentArns"] ?? []) as string[];
  const found = arns.map((arn) => {
    const { cluster, service: name, id } = parts(arn);
    const service = ctx.state.ecs.services[`${cluster}/${name}`];
    return { arn, service, one: service?.serviceDeployments.find((each) => each.id === id) };
  });
  return {
    serviceDeployments: found.flatMap(({ service, one }) => {
      if (!service || !one) return [];
      const { rollback } = one;
      return [
        {
          ...summary(ctx, service, one),
          sourceServiceRevisions: one.source.map((each) => revisionSummary(ctx, service, each.id, each.requested)),
          targetServiceRevision: revisionSummary(ctx, service, one.targetId, one.desiredCount),
          lifecycleStage: one.lifecycleStage,
          deploymentConfiguration: one.configuration,
          deploymentCircuitBreaker: one.breaker,
          ...(rollback
            ? {
                rollback: {
                  reason: rollback.reason,
                  startedAt: new Date(rollback.startedAt),
                  serviceRevisionArn: revisionArn(ctx, service.cluster, service.name, rollback.revisionId),
                },
              }
            : {}),
        },
      ];
    }),
    failures: found.flatMap(({ arn, one }) => (one ? [] : [{ arn, reason: "MISSING" }])),
  };
};

function containerImages(ctx: Context, revision: Revision): Output[] {
  const definition = findDefinition(ctx, revision.taskDefinition);
  return (definition?.containerDefinitions ?? []).map((one) => {
    const digest = ecrImage(ctx, one.image)?.digest;
    return { containerName: one.name, image: one.image, ...(digest === undefined ? {} : { imageDigest: digest }) };
  });
}

/** DescribeServiceRevisions: what each revision runs, with resolved image digests. */
export const describeServiceRevisions: Handler = (input, ctx) => {
  const arns = (input["serviceRevisionArns"] ?? []) as string[];
  const found = arns.map((arn) => {
    const { cluster, service: name, id } = parts(arn);
    const service = ctx.state.ecs.services[`${cluster}/${name}`];
    return { arn, service, revision: service?.revisions.find((each) => each.id === id) };
  });
  return {
    serviceRevisions: found.flatMap(({ arn, service, revision }) =>
      service && revision
        ? [
            {
              serviceRevisionArn: arn,
              serviceArn: serviceArn(ctx, service.cluster, service.name),
              clusterArn: clusterArn(ctx, service.cluster),
              taskDefinition: revision.taskDefinition,
              launchType: revision.launchType,
              capacityProviderStrategy: revision.capacityProviderStrategy,
              platformVersion: "1.4.0",
              platformFamily: "Linux",
              loadBalancers: revision.loadBalancers,
              networkConfiguration: networkOf(revision.awsvpc),
              containerImages: containerImages(ctx, revision),
              guardDutyEnabled: false,
              createdAt: new Date(revision.createdAt),
            },
          ]
        : [],
    ),
    failures: found.flatMap(({ arn, revision }) => (revision ? [] : [{ arn, reason: "MISSING" }])),
  };
};

/** StopServiceDeployment: rolls back (the default), or stops where it is with ABORT. */
export const stopServiceDeployment: Handler = (input, ctx) => {
  const arn = String(input["serviceDeploymentArn"] ?? "");
  const { cluster, service: name } = parts(arn);
  const service = ctx.state.ecs.services[`${cluster}/${name}`];
  const one = service?.serviceDeployments.find((each) => each.id === lastPart(arn));
  if (!service || !one) throw new AwsError("ServiceDeploymentNotFoundException", "Service deployment not found.", { status: 400 });
  const primary = service.deployments[0];
  if (one.status !== "IN_PROGRESS" || !primary) {
    throw new AwsError("ConflictException", `The service deployment is in the ${one.status} state and cannot be stopped.`, { status: 400 });
  }
  const abort = input["stopType"] === "ABORT";
  primary.rolloutState = "FAILED";
  primary.rolloutStateReason = "ECS deployment stopped by user.";
  say(service, ctx, `(deployment ${primary.id}) deployment stopped by user.`);
  if (abort || !rollBack(service, primary, "Service deployment rolled back because of a user request.", ctx)) {
    Object.assign(one, {
      status: "STOPPED",
      statusReason: "Service deployment stopped by user.",
      stoppedAt: ctx.now(),
      finishedAt: ctx.now(),
      updatedAt: ctx.now(),
    });
  }
  wake(service, 1_000, ctx);
  return { serviceDeploymentArn: arn };
};
