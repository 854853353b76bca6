import { check, type Fault, moot } from "../check.ts";
import { subnetsOf, tasksAtOnce, together } from "../subject.ts";
import { fixOf, shown } from "../words.ts";

/** The subnets have an address for every task. */
export const subnetAddresses = check({
  id: "subnet-addresses",
  claim: "the subnets have free addresses for the tasks",
  actions: ["ec2:DescribeSubnets"],
  predicts: ["subnet-no-free-ips"],
  about: (subject) => together(["network", "subnets"], subnetsOf(subject)),
  async look(chosen, subject, account): Promise<Fault[] | typeof moot> {
    const found = await account.subnets(chosen.map(({ value }) => value));
    const free = found.reduce((sum, { freeAddresses }) => sum + freeAddresses, 0);
    const { desiredCount } = subject.step.deployment;
    const most = tasksAtOnce(subject);
    if (found.length === 0) return moot;
    if (typeof desiredCount !== "number" || most === undefined) return [];
    const hint = fixOf("subnet-no-free-ips", subject);
    const have = `The subnets have ${free === 1 ? "1 free address" : `${free} free addresses`} in all`;
    // The tasks that run already have theirs: what is short for all of them may do for the new ones.
    if (free === 0 && desiredCount > 0) return [{ message: `${have}: no task can start.`, hint }];
    if (free < desiredCount) return [{ severity: "warning", message: `${have}, fewer than the ${desiredCount} tasks wanted.`, hint }];
    if (free < most)
      return [{ severity: "warning", message: `${have}, but up to ${most} tasks run at once while a deployment goes on.`, hint }];
    return found
      .filter(({ freeAddresses }) => freeAddresses === 0 && desiredCount > 0)
      .map((subnet) => ({
        severity: "warning",
        path: chosen.find(({ value }) => value === subnet.id)?.path ?? ["network", "subnets"],
        message: `${shown(subnet)} has no free addresses: no task can start there.`,
        hint,
      }));
  },
});
