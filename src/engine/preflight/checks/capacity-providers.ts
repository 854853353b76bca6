import { clusterName } from "../../names.ts";
import { check, moot } from "../check.ts";
import { clusterOf } from "../subject.ts";

/** The capacity providers of the profile are associated with its cluster. */
export const capacityProviders = check({
  id: "capacity-providers",
  claim: "the cluster has the capacity providers",
  actions: ["ecs:DescribeClusters"],
  predicts: ["service-parameter-invalid"],
  about: (subject) => {
    const chosen = (subject.step.deployment.capacityProviders ?? []).flatMap(({ provider }, row) => {
      const path = ["deployment", "capacityProviders", row, "provider"];
      return provider.includes("#{") || !subject.isSound(path) ? [] : [{ path, provider }];
    });
    return clusterOf(subject).flatMap(({ value: cluster }) => chosen.map(({ path, provider }) => ({ path, value: { cluster, provider } })));
  },
  async look({ cluster, provider }, _subject, account) {
    const found = await account.cluster(cluster);
    if (!found) return moot;
    if (found.capacityProviders.includes(provider)) return [];
    const name = clusterName(cluster);
    const all = [...found.capacityProviders, provider].join(" ");
    return [
      {
        message: `The capacity provider ${provider} is not associated with the cluster ${name}: ECS refuses the service.`,
        hint: `Leave the capacity providers empty (launch type FARGATE), or associate it: aws ecs put-cluster-capacity-providers --cluster ${name} --capacity-providers ${all} --default-capacity-provider-strategy […]`,
      },
    ];
  },
});
