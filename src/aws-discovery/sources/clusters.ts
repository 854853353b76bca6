import type { Cluster } from "@aws-sdk/client-ecs";
import type { PickerItem } from "../../engine/discovery.ts";
import { byName, type Source } from "../source.ts";
import { orElse } from "../support/streams.ts";
import { counted, lastOfArn } from "../support/words.ts";

/** One cluster as a row; a cluster that may not be described is known by its ARN only. */
export function toItem({
  clusterArn = "",
  clusterName,
  status = "",
  activeServicesCount,
  runningTasksCount,
  capacityProviders = [],
}: Cluster): PickerItem {
  const name = clusterName ?? lastOfArn(clusterArn);
  const counts = [
    activeServicesCount === undefined ? "" : counted(activeServicesCount, "service"),
    runningTasksCount === undefined ? "" : `${counted(runningTasksCount, "task")} running`,
  ];
  return {
    value: name,
    columns: [name, status, ...counts, capacityProviders.join(", ")],
    detail: clusterArn,
    facts: { arn: clusterArn, status, capacityProviders, ...(activeServicesCount === undefined ? {} : { services: activeServicesCount }) },
    ...(status !== "" && status !== "ACTIVE" ? { warning: `the cluster is ${status}: it takes no new services` } : {}),
  };
}

/** The clusters of the region, described a hundred at a time. */
export const clusters: Source = {
  id: "clusters",
  columns: [
    { title: "Cluster", rank: 1 },
    { title: "Status", rank: 4 },
    { title: "Services", rank: 2 },
    { title: "Tasks", rank: 3 },
    { title: "Capacity", rank: 5 },
  ],
  needs: [],
  actions: ["ecs:ListClusters", "ecs:DescribeClusters"],
  compare: byName,
  async *load(clients, _inputs, signal) {
    const { DescribeClustersCommand, paginateListClusters } = await import("@aws-sdk/client-ecs");
    const client = await clients.ecs();
    for await (const { clusterArns = [] } of paginateListClusters({ client, pageSize: 100 }, {}, { abortSignal: signal })) {
      const names = clusterArns.map((clusterArn) => ({ clusterArn }));
      if (names.length === 0) continue;
      const described = client.send(new DescribeClustersCommand({ clusters: clusterArns }), { abortSignal: signal });
      yield (
        await orElse(
          described.then(({ clusters }) => clusters ?? names),
          names,
        )
      ).map(toItem);
    }
  },
};
