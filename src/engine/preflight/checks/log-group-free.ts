import { createsLogGroup } from "../../template/parameters.ts";
import { check } from "../check.ts";
import { textAt } from "../subject.ts";

/** The log group that the stack makes is not there already, unless by this stack. */
export const logGroupFree = check({
  id: "log-group-free",
  claim: "the name of the stack's log group is free",
  actions: ["logs:DescribeLogGroups", "cloudformation:DescribeStacks", "cloudformation:ListStackResources"],
  predicts: ["resource-already-exists"],
  about: (subject) => (createsLogGroup(subject.step) ? textAt(subject, ["configuration", "name"], subject.step.configuration.name) : []),
  async look(_name, { names, region }, account) {
    if (!(await account.hasLogGroup(names.logGroupName, region))) return [];
    const own = (await account.stackStatus(names.stackName)) === undefined ? [] : await account.stackResources(names.stackName);
    if (own.includes(names.logGroupName)) return [];
    return [
      {
        message: `The log group ${names.logGroupName} exists already, outside the stack ${names.stackName}: making it again fails, and the deployment with it.`,
        hint: `Change configuration.name, set the containers' logging to manual with this group, or delete it with its logs: aws logs delete-log-group --log-group-name ${names.logGroupName}`,
      },
    ];
  },
});
