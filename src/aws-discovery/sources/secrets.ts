import type { AwsClients } from "../clients.ts";
import { byName, type Pages, type Source } from "../source.ts";
import { merged } from "../support/streams.ts";

async function* fromSecretsManager(clients: AwsClients, signal: AbortSignal): Pages {
  const { paginateListSecrets } = await import("@aws-sdk/client-secrets-manager");
  const pages = paginateListSecrets({ client: await clients.secretsManager(), pageSize: 100 }, {}, { abortSignal: signal });
  for await (const { SecretList = [] } of pages) {
    yield SecretList.map(({ ARN = "", Name = "", Description = "" }) => ({
      value: ARN,
      columns: [Name, "secret", Description],
      detail: ARN,
      facts: { kind: "secret", name: Name },
    }));
  }
}

async function* fromParameterStore(clients: AwsClients, signal: AbortSignal): Pages {
  const { paginateDescribeParameters } = await import("@aws-sdk/client-ssm");
  const pages = paginateDescribeParameters({ client: await clients.ssm(), pageSize: 50 }, {}, { abortSignal: signal });
  for await (const { Parameters = [] } of pages) {
    yield Parameters.map(({ ARN, Name = "", Description = "", Type = "" }) => ({
      value: ARN ?? Name,
      columns: [Name, Type === "SecureString" ? "secure parameter" : "parameter", Description],
      ...(ARN ? { detail: ARN } : {}),
      facts: { kind: "parameter", name: Name },
    }));
  }
}

/** The secrets of Secrets Manager and the parameters of Systems Manager, names only; when one may not be listed the other still comes. */
export const secrets: Source = {
  id: "secrets",
  columns: [
    { title: "Name", rank: 1 },
    { title: "Kind", rank: 2 },
    { title: "Description", rank: 3 },
  ],
  needs: [],
  actions: ["secretsmanager:ListSecrets", "ssm:DescribeParameters"],
  compare: byName,
  load: (clients, _inputs, signal) => merged(fromSecretsManager(clients, signal), fromParameterStore(clients, signal)),
};

/** The secrets of Secrets Manager alone: ECS reads a registry's credentials from nowhere else. */
export const registrySecrets: Source = {
  id: "registrySecrets",
  columns: [
    { title: "Name", rank: 1 },
    { title: "Description", rank: 2 },
  ],
  needs: [],
  actions: ["secretsmanager:ListSecrets"],
  compare: byName,
  async *load(clients, _inputs, signal) {
    for await (const page of fromSecretsManager(clients, signal))
      yield page.map(({ columns: [name = "", , description = ""], ...item }) => ({ ...item, columns: [name, description] }));
  },
};
