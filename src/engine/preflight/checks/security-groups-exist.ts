import { check } from "../check.ts";
import { groupsOf, together } from "../subject.ts";
import { fixOf } from "../words.ts";

/** The chosen security groups exist in the account and region. */
export const securityGroupsExist = check({
  id: "security-groups-exist",
  claim: "the security groups exist",
  actions: ["ec2:DescribeSecurityGroups"],
  predicts: ["security-group-not-found"],
  about: (subject) => together(["network", "securityGroups"], groupsOf(subject)),
  async look(chosen, subject, account) {
    const found = await account.securityGroups(chosen.map(({ value }) => value));
    return chosen
      .filter(({ value }) => !found.some(({ id }) => id === value))
      .map(({ path, value }) => ({
        path,
        message: `There is no security group ${value} in ${subject.region}.`,
        hint: fixOf("security-group-not-found", subject),
      }));
  },
});
