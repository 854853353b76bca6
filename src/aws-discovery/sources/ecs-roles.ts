import type { Role } from "@aws-sdk/client-iam";
import { byName, type Source } from "../source.ts";

/** Whether a role's trust policy, URL-encoded JSON as IAM lists it, lets ECS tasks assume the role. */
export function trustsEcsTasks(encoded: string | undefined): boolean {
  let document: { Statement?: unknown };
  try {
    document = JSON.parse(decodeURIComponent(encoded ?? "")) as typeof document;
  } catch {
    return false;
  }
  return [document.Statement].flat().some((statement) => {
    const { Effect, Principal } = (statement ?? {}) as { Effect?: string; Principal?: { Service?: string | string[] } | string };
    const services = typeof Principal === "object" ? [Principal.Service].flat() : [];
    return Effect === "Allow" && services.some((service) => service === "ecs-tasks.amazonaws.com");
  });
}

const toItem = ({ RoleName = "", Arn = "", Description = "", Path = "/" }: Role) => ({
  value: Arn,
  columns: [RoleName, Description, Path === "/" ? "" : Path],
  detail: Arn,
  facts: { name: RoleName },
});

/** The account's roles that ECS tasks may assume. */
export const ecsRoles: Source = {
  id: "ecsRoles",
  columns: [
    { title: "Role", rank: 1 },
    { title: "Description", rank: 2 },
    { title: "Path", rank: 3 },
  ],
  needs: [],
  actions: ["iam:ListRoles"],
  compare: byName,
  async *load(clients, _inputs, signal) {
    const { paginateListRoles } = await import("@aws-sdk/client-iam");
    const pages = paginateListRoles({ client: await clients.iam(), pageSize: 1000 }, {}, { abortSignal: signal });
    for await (const { Roles = [] } of pages) yield Roles.filter((role) => trustsEcsTasks(role.AssumeRolePolicyDocument)).map(toItem);
  },
};
