import { type ExplainContext, rowsAt, type SubnetFacts, valueAt } from "./context.ts";

/** The services that tasks reach by VPC endpoints, under their names for people. */
export const serviceNames: Readonly<Record<string, string>> = {
  "ecr.api": "ECR",
  "ecr.dkr": "ECR",
  s3: "S3",
  secretsmanager: "Secrets Manager",
  ssm: "Systems Manager",
  logs: "CloudWatch Logs",
};

/** The endpoint a cause is about. */
const wanted: Readonly<Record<string, string>> = {
  "ecr-auth-network": "ecr.api",
  "pull-network-timeout": "ecr.dkr",
  "pull-layer-network": "s3",
  "secret-fetch-network": "secretsmanager",
  "secret-fetch-network:ssm": "ssm",
  "logger-args-network": "logs",
};

/** How many subnets that were not chosen are named as better ones. */
const othersNamed = 3;

const list = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
const nameOf = (subnet: SubnetFacts): string => subnet.name ?? subnet.id;

/**
 * Which of the chosen subnets have no way to the service a cause is about, as one sentence, e.g. `private-c has no route to
 * the internet and no VPC endpoint for ECR; private-a and private-b have.` Where none of the chosen has one, others of the
 * VPC are named. Undefined when nothing is known to be missing.
 */
export function routeFinding(causeId: string, context: ExplainContext, captures: Readonly<Record<string, string>>): string | undefined {
  const ssm = causeId === "secret-fetch-network" && /ssm|systems|parameter/i.test(captures["service"] ?? "");
  const endpoint = wanted[ssm ? `${causeId}:ssm` : causeId];
  if (!endpoint) return undefined;
  const chosen = new Set(rowsAt(context.profile, "network", "subnets"));
  const known = (context.facts?.subnets ?? []).filter((subnet) => subnet.route && (chosen.size === 0 || chosen.has(subnet.id)));
  const publicIp = String(valueAt(context.profile, "network", "assignPublicIp")) === "true";
  const noAddress = (subnet: SubnetFacts) => subnet.route === "internet" && !publicIp && context.profile !== undefined;
  const noNat = (subnet: SubnetFacts) => subnet.route === "none";
  const cut = known.filter((subnet) => (noAddress(subnet) || noNat(subnet)) && !subnet.endpoints?.includes(endpoint));
  if (cut.length === 0) return undefined;
  const lost = cut.filter(noNat);
  const unaddressed = cut.filter(noAddress);
  const reaches = (subnet: SubnetFacts) => subnet.route === "nat" || subnet.endpoints?.includes(endpoint) === true;
  const others = (context.facts?.subnets ?? []).filter((subnet) => !known.includes(subnet) && reaches(subnet)).slice(0, othersNamed);
  const kept = known.filter((subnet) => !cut.includes(subnet));
  const fine = (kept.length > 0 ? kept : others).map(nameOf);
  const verb = (subnets: readonly SubnetFacts[], one: string, many: string) => (subnets.length === 1 ? one : many);
  return [
    lost.length > 0 &&
      `${list(lost.map(nameOf))} ${verb(lost, "has", "have")} no route to the internet and no VPC endpoint for ${serviceNames[endpoint]}`,
    unaddressed.length > 0 &&
      `${list(unaddressed.map(nameOf))} ${verb(unaddressed, "leads", "lead")} to an internet gateway, but Auto-assign public IP is off`,
    fine.length > 0 && `${list(fine)} ${fine.length === 1 ? "has" : "have"}`,
  ]
    .filter((part) => part)
    .join("; ")
    .concat(".");
}
