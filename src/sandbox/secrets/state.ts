import type { Tags } from "../tags.ts";

/** A secret without its value: the sandbox never holds one. */
export interface Secret {
  arn: string;
  name: string;
  description?: string;
  kmsKeyId?: string;
  createdAt: number;
  changedAt: number;
  accessedAt?: number;
  deletedAt?: number;
  rotationEnabled: boolean;
  /** Version id → stages. */
  versions: Record<string, string[]>;
  /** Keys of the JSON the secret holds, which `valueFrom` may select. */
  jsonKeys: string[];
  tags: Tags;
}

/** Secrets Manager of one region: secrets by ARN. */
export interface SecretsState {
  secrets: Record<string, Secret>;
}
