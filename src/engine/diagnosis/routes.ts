import { type ExplainContext, rowsAt, type SubnetFacts, valueAt } from "./context.ts";

/** The endpoint a cause is about, and its name for people. */
const wanted: Readonly<Record<string, { readonly endpoint: string; readonly name: string }>> = {
  "ecr-auth-network": { endpoint: "ecr.api", name: "ECR" },
  "pull-network-timeout": { endpoint: "ecr.dkr", name: "ECR" },
  "pull-layer-network": { endpoint: "s3", name: "S3" },
  "secret-fetch-network": { endpoint: "secretsmanager", name: "Secrets Manager" },
  "secret-fetch-network:ssm": { endpoint: "ssm", name: "Systems Manager" },
  "logger-args-network": { endpoint: "logs", name: "CloudWatch Logs" },
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
  const service = wanted[ssm ? `${causeId}:ssm` : causeId];
  if (!service) return undefined;
  const chosen = new Set(rowsAt(context.profile, "network", "subnets"));
  const known = (context.facts?.subnets ?? []).filter((subnet) => subnet.route && (chosen.size === 0 || chosen.has(subnet.id)));
  const publicIp = String(valueAt(context.profile, "network", "assignPublicIp")) === "true";
  const noAddress = (subnet: SubnetFacts) => subnet.route === "internet" && !publicIp && context.profile !== undefined;
  const noNat = (subnet: SubnetFacts) => subnet.route === "none";
  const cut = known.filter((subnet) => (noAddress(subnet) || noNat(subnet)) && !subnet.endpoints?.includes(service.endpoint));
  if (cut.length === 0) return undefined;
  const lost = cut.filter(noNat);
  const unaddressed = cut.filter(noAddress);
  const reaches = (subnet: SubnetFacts) => subnet.route === "nat" || subnet.endpoints?.includes(service.endpoint) === true;
  const others = (context.facts?.subnets ?? []).filter((subnet) => !known.includes(subnet) && reaches(subnet)).slice(0, othersNamed);
  const kept = known.filter((subnet) => !cut.includes(subnet));
  const fine = (kept.length > 0 ? kept : others).map(nameOf);
  const verb = (subnets: readonly SubnetFacts[], one: string, many: string) => (subnets.length === 1 ? one : many);
  return [
    lost.length > 0 &&
      `${list(lost.map(nameOf))} ${verb(lost, "has", "have")} no route to the internet and no VPC endpoint for ${service.name}`,
    unaddressed.length > 0 &&
      `${list(unaddressed.map(nameOf))} ${verb(unaddressed, "leads", "lead")} to an internet gateway, but Auto-assign public IP is off`,
    fine.length > 0 && `${list(fine)} ${fine.length === 1 ? "has" : "have"}`,
  ]
    .filter((part) => part)
    .join("; ")
    .concat(".");
}
