/** The cloud port over the AWS SDK. */
import type { Cloud } from "../../engine/ports.ts";
import type { AwsClients } from "../clients.ts";
import { createCall } from "./call.ts";
import { changeSetPort } from "./change-sets.ts";
import { servicePort } from "./services.ts";
import { stackPort } from "./stacks.ts";

/**
 * AWS as deployments use it. `connect` makes the clients, and is called again after the credentials were refused, so that a
 * login during a deployment counts: `createCloud(() => createClients(target))`.
 */
export function createCloud(connect: () => AwsClients): Cloud {
  const call = createCall(connect);
  return { ...stackPort(call), ...changeSetPort(call), ...servicePort(call) };
}
