import type { Tags } from "../tags.ts";

/** A parameter; the value of a SecureString is never held. */
export interface Parameter {
  name: string;
  arn: string;
  type: "String" | "StringList" | "SecureString";
  keyId?: string;
  value?: string;
  version: number;
  tier: "Standard" | "Advanced";
  description?: string;
  modifiedAt: number;
  modifiedBy: string;
  tags: Tags;
}

/** Parameter Store of one region: parameters by name. */
export interface SsmState {
  parameters: Record<string, Parameter>;
}
