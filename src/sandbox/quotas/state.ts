/** A quota of a service, as it applies to the account. */
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
  /** `Resource` and `Class` of the metric in `AWS/Usage` that counts the use. */
  usageResource?: string;
  usageClass?: string;
}

/** Service Quotas of one region: quotas by code. */
export interface QuotasState {
  quotas: Record<string, Quota>;
}
