/** What the tasks of a step must reach before their containers run. */
import { serviceNames } from "../diagnosis/routes.ts";
import { parseArn } from "../rules/arn.ts";
import { createsLogGroup, logsManually } from "../template/parameters.ts";
import type { EndpointFacts, RouteFacts } from "./account.ts";
import { imagesOf } from "./images.ts";
import { secretsOf } from "./secrets.ts";
import type { Subject } from "./subject.ts";

/** Something that must be reached: by a VPC endpoint of that service, or only through the internet. */
export interface Need {
  /** The services with an endpoint each, all needed, e.g. `ecr.api`; none: only the internet leads there. */
  readonly services: readonly string[];
  /** What for, e.g. `pull shop/web`. */
  readonly purpose: string;
  /** The same for several of its kind, e.g. `pull the images`. */
  readonly many?: string;
}

/** Everything that must be reached, in the order in which a task does. */
export function needsOf(subject: Subject): readonly Need[] {
  const { step, region } = subject;
  const images = imagesOf(subject).map(({ value: { image, name, ecr } }): Need => {
    const purpose = `pull ${ecr ? name.repository : image}`;
    return { services: ecr?.region === region ? ["ecr.api", "ecr.dkr", "s3"] : [], purpose, many: "pull the images" };
  });
  const secrets = secretsOf(subject).map(
    ({ value: { kind, arn } }): Need =>
      parseArn(arn)?.region === region
        ? {
            services: [kind === "secret" ? "secretsmanager" : "ssm"],
            purpose: kind === "secret" ? "read its secrets" : "read its parameters",
          }
        : { services: [], purpose: "read its secrets" },
  );
  const files = step.containers.some(({ environmentFiles = [] }) => environmentFiles.length > 0)
    ? [{ services: ["s3"], purpose: "read its environment files" }]
    : [];
  const logs = logRegions(subject).map((place): Need => ({ services: place === region ? ["logs"] : [], purpose: "write its logs" }));
  const all = [...images, ...secrets, ...files, ...logs];
  return all.filter((need, at) => all.findIndex((other) => JSON.stringify(other) === JSON.stringify(need)) === at);
}

/** The regions whose CloudWatch Logs the containers write to. */
function logRegions({ step, region }: Subject): readonly string[] {
  const manual = step.containers
    .filter((container) => logsManually(container) && container.logging.logDriver === "awslogs")
    .map(({ logging }) => logging.options?.["awslogs-region"] ?? region)
    .filter((place) => !place.includes("#{"));
  return [...new Set([...(createsLogGroup(step) ? [region] : []), ...manual])];
}

/** A need that a subnet does not meet, with the services that lack an endpoint there. */
export interface Unmet extends Need {
  readonly lacking: readonly string[];
}

/** Whether a subnet reaches everything outside; a public one only with public addresses. */
export function isOpen({ kind }: RouteFacts, publicIp: boolean): boolean {
  return kind === "nat" || kind === "routed" || (kind === "public" && publicIp);
}

/** The needs that a subnet without a way out does not meet by its endpoints. */
export function unmet(needs: readonly Need[], endpoints: readonly EndpointFacts[]): readonly Unmet[] {
  const there = new Set(endpoints.map(({ service }) => service));
  return needs.flatMap((need) => {
    const lacking = need.services.filter((service) => !there.has(service));
    return lacking.length > 0 || need.services.length === 0 ? [{ ...need, lacking }] : [];
  });
}

/** The services that lack an endpoint, for a person: `ECR (ecr.api, ecr.dkr) and S3`. */
export function lackingNames(all: readonly Unmet[]): readonly string[] {
  const services = [...new Set(all.flatMap(({ lacking }) => lacking))];
  const byName = Map.groupBy(services, (service) => serviceNames[service] ?? service);
  return [...byName].map(([name, some]) => `${name} (${some.join(", ")})`);
}

/** What cannot be done, in few words. */
export function purposes(all: readonly Unmet[]): readonly string[] {
  const alone = (need: Unmet) => all.filter(({ many }) => many === need.many).length === 1;
  return [...new Set(all.map((need) => (need.many === undefined || alone(need) ? need.purpose : need.many)))];
}
