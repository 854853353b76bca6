import type { Tags } from "../tags.ts";

/** A statement of a policy document, as JSON has it: one or several of each. */
export interface Statement {
  Sid?: string;
  Effect: "Allow" | "Deny";
  Principal?: "*" | Record<string, string | string[]>;
  Action?: string | string[];
  NotAction?: string | string[];
  Resource?: string | string[];
  NotResource?: string | string[];
  Condition?: Record<string, Record<string, string | string[]>>;
}

/** A policy document. */
export interface PolicyDocument {
  Version: string;
  Id?: string;
  Statement: Statement | Statement[];
}

/** A role with its trust and its policies. */
export interface Role {
  name: string;
  path: string;
  id: string;
  arn: string;
  createdAt: number;
  trust: PolicyDocument;
  description?: string;
  maxSessionSeconds: number;
  permissionsBoundary?: string;
  /** Policy name → document, as text: IAM answers it as it was put. */
  inlinePolicies: Record<string, string>;
  /** ARNs of the managed policies attached. */
  attachedPolicies: string[];
  tags: Tags;
  lastUsedAt?: number;
  lastUsedRegion?: string;
}

/** A managed policy with its versions. */
export interface ManagedPolicy {
  name: string;
  id: string;
  arn: string;
  path: string;
  description?: string;
  createdAt: number;
  updatedAt: number;
  /** Version id (`v1`) → document, as text. */
  versions: Record<string, { document: string; createdAt: number }>;
  defaultVersion: string;
  tags: Tags;
}

/** A user with their policies. */
export interface User {
  name: string;
  path: string;
  id: string;
  arn: string;
  createdAt: number;
  inlinePolicies: Record<string, string>;
  attachedPolicies: string[];
  tags: Tags;
}

/** IAM of the account: roles and users by name, managed policies (AWS's own ones included) by ARN. */
export interface IamState {
  roles: Record<string, Role>;
  users: Record<string, User>;
  policies: Record<string, ManagedPolicy>;
}
