export interface Quota {
  code: string;
  name: string;
  serviceCode: string;
  serviceName: string;
  value: number;
  /** What AWS gives every account. */
  defaultValue: number;
  unit: string;
  adjustable: boolean;
  globalQuota: boolean;
  /** CloudWatch metric that counts the use, e.g. `AWS/Usage`. */
  usageResource?: string;
}

/** Service Quotas of one region: quotas by code. */
export interface QuotasState {
  quotas: Record<string, Quota>;
}
