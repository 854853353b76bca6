import { listed } from "../../rules/text.ts";
import { check, type Fault, moot } from "../check.ts";
import { isOpen, needsOf } from "../needs.ts";
import { inOn, mayConcern } from "../rules.ts";
import { groupsOf, subnetsOf, together } from "../subject.ts";
import { shown } from "../words.ts";

const https = 443;

/** The VPC endpoints on which the tasks depend let them in. */
export const endpointsLetIn = check({
  id: "endpoints-let-in",
  claim: "the VPC endpoints let the tasks in",
  actions: ["ec2:DescribeSubnets", "ec2:DescribeRouteTables", "ec2:DescribeVpcEndpoints", "ec2:DescribeSecurityGroups"],
  predicts: ["ecr-auth-network", "secret-fetch-network", "logger-args-network"],
  about: (subject) => together(["network", "securityGroups"], groupsOf(subject)),
  async look(chosen, subject, account): Promise<Fault[] | typeof moot> {
    const subnets = await account.subnets(subnetsOf(subject).map(({ value }) => value));
    const routes = await account.routes(subnets);
    const publicIp = subject.step.network.assignPublicIp === true;
    const dependent = subnets.filter(({ id }) => {
      const route = routes.get(id);
      return route !== undefined && !isOpen(route, publicIp);
    });
    if (dependent.length === 0) return moot;
    const services = new Set(needsOf(subject).flatMap((need) => need.services));
    const all = [...(await account.endpoints(dependent)).values()].flat();
    const used = [...new Map(all.map((endpoint) => [endpoint.id, endpoint])).values()].filter(
      ({ service, securityGroups }) => services.has(service) && securityGroups.length > 0,
    );
    const groups = await account.securityGroups([...new Set(used.flatMap(({ securityGroups }) => securityGroups))]);
    const own = chosen.map(({ value }) => value);
    const shut = used.filter((endpoint) => {
      const theirs = groups.filter(({ id }) => endpoint.securityGroups.includes(id));
      return theirs.length > 0 && !inOn(theirs, https).some((rule) => mayConcern(rule, own));
    });
    if (shut.length === 0) return [];
    const tasks = (await account.securityGroups(own)).map(shown);
    const names = groups.filter(({ id }) => shut.some(({ securityGroups }) => securityGroups.includes(id))).map(shown);
    return [
      {
        message: `The VPC ${shut.length === 1 ? "endpoint" : "endpoints"} for ${listed(shut.map(({ service }) => service))} ${shut.length === 1 ? "does" : "do"} not let the tasks in: no rule of ${listed(names)} admits TCP ${https} from ${listed(tasks)}.`,
        hint: `Add an inbound rule to ${names[0]}: TCP ${https} from ${own[0]}, or from the VPC's addresses.`,
      },
    ];
  },
});
