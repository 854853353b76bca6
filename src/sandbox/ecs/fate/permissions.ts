import { decideForRole } from "../../iam/evaluate.ts";
import { isEcrImage } from "../check-definition.ts";
import type { ContainerDefinition, Fate } from "../state.ts";
import { ecrImage, parseImage } from "./image.ts";
import { reaches } from "./network.ts";
import { isStruck, type Question } from "./question.ts";

function failure(reason: string, more: Partial<Extract<Fate, { kind: "start-failure" }>> = {}): Fate {
  return { kind: "start-failure", afterMs: 8_000, stoppedReason: `ResourceInitializationError: ${reason}`, pulled: false, ...more };
}

function session(question: Question): string {
  const role = (question.definition.executionRoleArn ?? "").replace(/^.*\//, "");
  return `arn:aws:sts::${question.ctx.accountId}:assumed-role/${role}/${question.task.id}`;
}

function mayNot(question: Question, action: string, resource: string): boolean {
  const role = question.definition.executionRoleArn;
  return role === undefined || decideForRole(question.ctx.world, role, { action, resource }) !== "allowed";
}

function denial(question: Question, action: string, resource: string): string {
  return `User: ${session(question)} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
}

const PULL = "unable to pull secrets or registry auth: execution resource retrieval failed: ";

function registryFate(question: Question): Fate | undefined {
  const { ctx, definition } = question;
  const fromEcr = definition.containerDefinitions.filter((one) => isEcrImage(one.image));
  if (fromEcr.length === 0) return undefined;
  if (mayNot(question, "ecr:GetAuthorizationToken", "*")) {
    return failure(
      `${PULL}unable to retrieve ecr registry auth: service call has been retried 1 time(s): AccessDeniedException: ${denial(question, "ecr:GetAuthorizationToken", "*")} status code: 400, request id: ${ctx.uuid()}`,
    );
  }
  for (const container of fromEcr) {
    const name = parseImage(container.image);
    const arn = `arn:aws:ecr:${name.region}:${name.account}:repository/${name.repository}`;
    if (!ecrImage(ctx, container.image) || !mayNot(question, "ecr:BatchGetImage", arn)) continue;
    const text = `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${container.image}: pulling from host ${name.host} failed with status code [manifests ${name.tag ?? name.digest}]: 403 Forbidden: ${denial(question, "ecr:BatchGetImage", arn)}`;
    return { kind: "start-failure", afterMs: 12_000, stoppedReason: text, containerReason: text, container: container.name, pulled: false };
  }
  return undefined;
}

/** `arn:…:secret:name-AbCdEf:key:stage:version` taken apart; the whole text is the name where it is no such ARN. */
function secretParts(valueFrom: string): { arn: string; key: string } {
  const parts = valueFrom.split(":");
  return { arn: parts.slice(0, 7).join(":"), key: parts[7] ?? "" };
}

function secretsManagerFate(question: Question, valueFrom: string): Fate | undefined {
  const { ctx } = question;
  const { arn, key } = secretParts(valueFrom);
  const retried = `${PULL}unable to retrieve secret from asm: service call has been retried 1 time(s): `;
  const fetch = `failed to fetch secret ${arn} from secrets manager: operation error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: ${ctx.uuid()}, `;
  if (!reaches(question, "secretsmanager")) {
    return failure(
      `unable to pull secrets or registry auth: unable to retrieve secret from asm: There is a connection issue between the task and AWS Secrets Manager. Check your task network configuration. failed to fetch secret ${arn} from secrets manager: operation error Secrets Manager: GetSecretValue, https response error StatusCode: 0, RequestID: , canceled, context deadline exceeded`,
      { afterMs: 75_000 },
    );
  }
  if (mayNot(question, "secretsmanager:GetSecretValue", arn)) {
    return failure(`${retried}${fetch}api error AccessDeniedException: ${denial(question, "secretsmanager:GetSecretValue", arn)}`);
  }
  const secret = Object.values(ctx.state.secrets.secrets).find(
    (one) => one.deletedAt === undefined && (one.arn === arn || one.arn.startsWith(`${arn}-`)),
  );
  if (!secret) return failure(`${retried}${fetch}ResourceNotFoundException: Secrets Manager can't find the specified secret.`);
  if (key !== "" && !secret.jsonKeys.includes(key))
    return failure(`${retried}retrieved secret from Secrets Manager did not contain json key ${key}`);
  return undefined;
}

function parameterFate(question: Question, valueFrom: string): Fate | undefined {
  const { ctx } = question;
  const name = valueFrom.startsWith("arn:") ? valueFrom.replace(/^arn:[^:]*:ssm:[^:]*:\d*:parameter/, "") : valueFrom;
  const known = ctx.state.ssm.parameters[name] ?? ctx.state.ssm.parameters[name.replace(/^\//, "")];
  const arn = known?.arn ?? `arn:aws:ssm:${ctx.region}:${ctx.accountId}:parameter${name.startsWith("/") ? "" : "/"}${name}`;
  const retried = `${PULL}unable to retrieve secrets from ssm: `;
  if (!reaches(question, "ssm")) {
    return failure(
      `${retried}service call has been retried 5 time(s): RequestCanceled: request context canceled caused by: context deadline exceeded. Please check your task network configuration.`,
      { afterMs: 75_000 },
    );
  }
  if (mayNot(question, "ssm:GetParameters", arn)) {
    return failure(
      `${retried}service call has been retried 1 time(s): AccessDeniedException: ${denial(question, "ssm:GetParameters", arn)} status code: 400, request id: ${ctx.uuid()}`,
    );
  }
  return known
    ? undefined
    : failure(
        `${retried}service call has been retried 1 time(s): Fetching secret data from SSM Parameter Store in ${ctx.region}: invalid parameters: ${name}`,
      );
}

function secretsOf(containers: ContainerDefinition[]): string[] {
  return containers.flatMap((one) => [
    ...(one.secrets ?? []).map((secret) => secret.valueFrom),
    ...(one.logConfiguration?.secretOptions ?? []).map((secret) => secret.valueFrom),
    ...(one.repositoryCredentials ? [one.repositoryCredentials.credentialsParameter] : []),
  ]);
}

/** The failure of a task whose execution role may not fetch what it needs, or undefined. */
export function permissionFate(question: Question): Fate | undefined {
  const registry = registryFate(question);
  if (registry) return registry;
  const wanted = secretsOf(question.definition.containerDefinitions);
  for (const valueFrom of wanted) {
    const isSecret = valueFrom.includes(":secretsmanager:");
    const struck = isStruck(question.ctx, "secret-denied", `${question.definition.executionRoleArn} ${valueFrom}`);
    const fate = isSecret ? secretsManagerFate(question, valueFrom) : parameterFate(question, valueFrom);
    if (fate) return fate;
    if (!struck) continue;
    const { arn } = secretParts(valueFrom);
    const text = isSecret
      ? `unable to retrieve secret from asm: service call has been retried 1 time(s): failed to fetch secret ${arn} from secrets manager: operation error Secrets Manager: GetSecretValue, https response error StatusCode: 400, RequestID: ${question.ctx.uuid()}, api error AccessDeniedException: ${denial(question, "secretsmanager:GetSecretValue", arn)}`
      : `unable to retrieve secrets from ssm: service call has been retried 1 time(s): AccessDeniedException: ${denial(question, "ssm:GetParameters", valueFrom)} status code: 400, request id: ${question.ctx.uuid()}`;
    return failure(`${PULL}${text}`);
  }
  return undefined;
}
