import { check, type Fault } from "../check.ts";
import { type Subject, tasksAtOnce } from "../subject.ts";
import { fixOf } from "../words.ts";

/** The account may use as many vCPUs of Fargate as the tasks need. */
export const fargateQuota = check({
  id: "fargate-quota",
  claim: "the Fargate quota allows the tasks",
  actions: ["servicequotas:GetServiceQuota"],
  predicts: ["fargate-quota-reached"],
  about: (subject) => {
    const { cpu } = subject.step.taskSize;
    const { desiredCount } = subject.step.deployment;
    const most = tasksAtOnce(subject);
    const path = ["deployment", "desiredCount"];
    if (typeof cpu !== "number" || typeof desiredCount !== "number" || most === undefined || !subject.isSound(path)) return [];
    return shares(subject).map(({ kind, share }) => ({
      path,
      value: { kind, vCpus: cpu / 1024, desired: desiredCount * share, most: most * share },
    }));
  },
  async look({ kind, vCpus, desired, most }, subject, account): Promise<Fault[]> {
    const quota = await account.vCpuQuota(kind);
    if (quota === undefined) return [];
    const name = `Fargate ${kind === "spot" ? "Spot" : "On-Demand"}`;
    const hint = fixOf("fargate-quota-reached", subject);
    const size = (tasks: number) => `${Math.ceil(tasks)} tasks of ${vCpus} vCPU are ${Number((Math.ceil(tasks) * vCpus).toFixed(2))} vCPUs`;
    if (Math.ceil(desired) * vCpus > quota)
      return [{ message: `${size(desired)}, but the account may use ${quota} of ${name} at a time.`, hint }];
    if (Math.ceil(most) * vCpus > quota) {
      const message = `While a deployment goes on up to ${size(most)}, but the account may use ${quota} of ${name} at a time.`;
      return [{ severity: "warning", path: ["deployment", "maximumPercent"], message, hint }];
    }
    return [];
  },
});

/** How the tasks are shared out, as far as the weights tell; the base counts little and is left out. */
function shares({ step: { deployment } }: Subject): readonly { readonly kind: "onDemand" | "spot"; readonly share: number }[] {
  const { capacityProviders = [] } = deployment;
  if (capacityProviders.length === 0) return [{ kind: "onDemand", share: 1 }];
  const weights = capacityProviders.map(({ provider, weight = 1 }) => ({
    provider,
    weight: typeof weight === "number" ? weight : Number.NaN,
  }));
  const total = weights.reduce((sum, { weight }) => sum + weight, 0);
  if (!(total > 0)) return [];
  const share = (wanted: string) =>
    weights.filter(({ provider }) => provider === wanted).reduce((sum, { weight }) => sum + weight, 0) / total;
  const kinds = [
    { kind: "onDemand", share: share("FARGATE") },
    { kind: "spot", share: share("FARGATE_SPOT") },
  ] as const;
  return kinds.filter((one) => one.share > 0);
}
