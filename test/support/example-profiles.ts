/** Profile files for tests of the built program: the smallest service of the sandbox's account, and changes to it. */
import { writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

/** The path of a file in `examples/`. */
export const example = (name: string): string => resolve(import.meta.dirname, `../../examples/${name}.yaml`);

/** A web service that starts within seconds of the sandbox's time; with a circuit breaker, so that failures end soon, too. */
export const webService = `version: 1
name: shop-web
target: {region: eu-west-1, cluster: production}
configuration: {name: shop-web}
network:
  subnets: [subnet-0f3784b2149dd6648, subnet-09c8ca443d7399043]
  securityGroups: [sg-0ae0a26d0aab497a2]
containers:
  - name: web
    image: 123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.4.2
    portMappings: [{containerPort: 80}]
deployment:
  circuitBreaker: {enable: true, rollback: true}
`;

/** Writes a profile file into a folder; returns its path. */
export function writeProfile(folder: string, text = webService, name = "shop-web.yaml"): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}
