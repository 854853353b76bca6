import { logsManually } from "../../template/parameters.ts";
import { check, type Placed } from "../check.ts";
import { type Subject, textAt } from "../subject.ts";
import { fixOf } from "../words.ts";

/** A log group that a container names itself and does not make. */
interface NamedGroup {
  readonly name: string;
  readonly region: string;
  readonly container: string;
}

/** The log groups that containers name themselves exist, unless the driver makes them. */
export const logGroupExists = check({
  id: "log-group-exists",
  claim: "the log groups exist",
  actions: ["logs:DescribeLogGroups"],
  predicts: ["log-group-missing"],
  about: namedGroups,
  async look({ name, region, container }, subject, account) {
    if (await account.hasLogGroup(name, region)) return [];
    return [
      {
        message: `There is no log group ${name} in ${region}, and ${container} does not make it: its tasks would not start.`,
        hint: `${fixOf("log-group-missing", subject, { container, captures: { log_group: name } })} Or make it: aws logs create-log-group --log-group-name ${name} --region ${region}`,
      },
    ];
  },
});

function namedGroups(subject: Subject): readonly Placed<NamedGroup>[] {
  return subject.step.containers.flatMap((container, at) => {
    const { options = {}, logDriver } = container.logging;
    if (!logsManually(container) || logDriver !== "awslogs" || options["awslogs-create-group"] === "true") return [];
    const region = options["awslogs-region"] ?? subject.region;
    const path = ["containers", at, "logging", "options", "awslogs-group"];
    if (region.includes("#{")) return [];
    return textAt(subject, path, options["awslogs-group"]).map(({ value: name }) => ({
      path,
      value: { name, region, container: container.name },
    }));
  });
}
