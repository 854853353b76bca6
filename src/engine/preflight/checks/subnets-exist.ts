import { check } from "../check.ts";
import { subnetsOf, together } from "../subject.ts";
import { fixOf } from "../words.ts";

/** The chosen subnets exist in the account and region. */
export const subnetsExist = check({
  id: "subnets-exist",
  claim: "the subnets exist",
  actions: ["ec2:DescribeSubnets"],
  predicts: ["subnet-not-found"],
  about: (subject) => together(["network", "subnets"], subnetsOf(subject)),
  async look(chosen, subject, account) {
    const found = await account.subnets(chosen.map(({ value }) => value));
    return chosen
      .filter(({ value }) => !found.some(({ id }) => id === value))
      .map(({ path, value }) => ({
        path,
        message: `There is no subnet ${value} in ${subject.region}.`,
        hint: fixOf("subnet-not-found", subject),
      }));
  },
});
