import { ec2 } from "./ec2/index.ts";
import { iam } from "./iam/index.ts";
import type { Service } from "./service.ts";
import { sts } from "./sts/index.ts";

/** Every service the sandbox answers for. */
export const services: readonly Service[] = [sts, iam, ec2];
