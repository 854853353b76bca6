import type { JsonObject } from "../../src/engine/schema.ts";

/** A small profile without any fault. */
export const webProfile: JsonObject = {
  version: 1,
  name: "shop-web",
  target: { region: "eu-west-1", cluster: "production" },
  configuration: { name: "shop-web" },
  network: { subnets: ["subnet-0123456789abcdef0"], securityGroups: ["sg-0123456789abcdef0"] },
  containers: [{ name: "web", image: "nginx:1.27", portMappings: [{ containerPort: 80 }] }],
};

/** The small profile with sections replaced, and its container changed. */
export function webWith(changes: JsonObject, container: JsonObject = {}): JsonObject {
  return {
    ...webProfile,
    containers: [{ name: "web", image: "nginx:1.27", portMappings: [{ containerPort: 80 }], ...container }],
    ...changes,
  };
}
