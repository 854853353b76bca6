import type { Tags } from "../tags.ts";

/** What an image runs on. */
export interface Platform {
  /** `linux`. */
  os: string;
  /** `amd64`, `arm64`. */
  architecture: string;
}

/** An image, or an index of images, as a repository keeps it. */
export interface Image {
  /** `sha256:…`. */
  digest: string;
  tags: string[];
  pushedAt: number;
  sizeBytes: number;
  mediaType: string;
  lastPulledAt?: number;
  /** Of an image: what it runs on. */
  platform?: Platform;
  /** Of an image: digest of its configuration. */
  configDigest?: string;
  /** Of an index: the digests of its images and what they run on. */
  members?: { digest: string; platform: Platform }[];
}

/** A repository with its images. */
export interface Repository {
  name: string;
  arn: string;
  uri: string;
  createdAt: number;
  tagMutability: "MUTABLE" | "IMMUTABLE";
  scanOnPush: boolean;
  encryption: "AES256" | "KMS";
  /** Digest → image. */
  images: Record<string, Image>;
  policy?: string;
  tags: Tags;
}

/** ECR's private registry of one region: repositories by name. */
export interface EcrState {
  repositories: Record<string, Repository>;
  /** Prefix of repositories → the registry that images of that name come from when they are first pulled. */
  pullThroughCacheRules?: Record<string, string>;
}
