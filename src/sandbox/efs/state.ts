import type { Tags } from "../tags.ts";

/** A file system. */
export interface FileSystem {
  id: string;
  arn: string;
  creationToken: string;
  createdAt: number;
  state: "creating" | "available" | "updating" | "deleting" | "deleted" | "error";
  performanceMode: "generalPurpose" | "maxIO";
  throughputMode: "bursting" | "provisioned" | "elastic";
  encrypted: boolean;
  sizeBytes: number;
  tags: Tags;
}

/** An address of a file system in a subnet. */
export interface MountTarget {
  id: string;
  fileSystemId: string;
  subnetId: string;
  vpcId: string;
  zone: string;
  zoneId: string;
  address: string;
  networkInterfaceId: string;
  securityGroupIds: string[];
  state: "creating" | "available" | "updating" | "deleting" | "deleted" | "error";
}

/** An entry to a file system with its own root and user. */
export interface AccessPoint {
  id: string;
  arn: string;
  fileSystemId: string;
  clientToken: string;
  state: "creating" | "available" | "updating" | "deleting" | "deleted" | "error";
  posixUser?: { uid: number; gid: number };
  rootDirectory: { path: string; ownerUid?: number; ownerGid?: number; permissions?: string };
  tags: Tags;
}

/** Elastic File System of one region, everything by id. */
export interface EfsState {
  fileSystems: Record<string, FileSystem>;
  mountTargets: Record<string, MountTarget>;
  accessPoints: Record<string, AccessPoint>;
}
