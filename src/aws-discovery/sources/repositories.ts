import type { Repository } from "@aws-sdk/client-ecr";
import { byName, type Source } from "../source.ts";

const toItem = ({ repositoryName = "", repositoryUri = "", imageTagMutability }: Repository) => ({
  value: repositoryUri,
  columns: [repositoryName, repositoryUri, imageTagMutability === "IMMUTABLE" ? "immutable tags" : ""],
  facts: { name: repositoryName },
});

/** The repositories of the account's ECR registry in the region. */
export const repositories: Source = {
  id: "repositories",
  columns: [
    { title: "Repository", rank: 1 },
    { title: "Address", rank: 3 },
    { title: "Tags", rank: 2 },
  ],
  needs: [],
  actions: ["ecr:DescribeRepositories"],
  compare: byName,
  async *load(clients, _inputs, signal) {
    const { paginateDescribeRepositories } = await import("@aws-sdk/client-ecr");
    const pages = paginateDescribeRepositories({ client: await clients.ecr(), pageSize: 1000 }, {}, { abortSignal: signal });
    for await (const { repositories = [] } of pages) yield repositories.map(toItem);
  },
};
