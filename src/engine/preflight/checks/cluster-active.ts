import { clusterName } from "../../names.ts";
import { nearest } from "../../values/scalar.ts";
import { check } from "../check.ts";
import { clusterOf } from "../subject.ts";
import { fixOf, some } from "../words.ts";

/** The cluster exists and takes services. */
export const clusterActive = check({
  id: "cluster-active",
  claim: "the cluster exists and is ACTIVE",
  actions: ["ecs:DescribeClusters", "ecs:ListClusters"],
  predicts: ["cluster-inactive"],
  about: clusterOf,
  async look(cluster, subject, account) {
    const name = clusterName(cluster);
    const found = await account.cluster(cluster);
    if (found?.status === "ACTIVE") return [];
    if (found)
      return [{ message: `The cluster ${name} is ${found.status}: it takes no services.`, hint: fixOf("cluster-inactive", subject) }];
    const names = await account.clusterNames().catch(() => undefined);
    const close = names && nearest(name, names);
    const known =
      names?.length === 0
        ? `The region has no clusters: choose another region, or make it: aws ecs create-cluster --cluster-name ${name}`
        : names
          ? `There ${names.length === 1 ? "is" : "are"}: ${some(names)}.`
          : fixOf("cluster-inactive", subject);
    return [
      {
        message: `There is no cluster ${name} in ${subject.region}.`,
        hint: close ? `The nearest is ${close}: set target.cluster to it, or choose another region.` : known,
      },
    ];
  },
});
