import { AwsError } from "../errors.ts";
import { text, whole } from "../input.ts";
import { paginate } from "../paging.ts";
import type { Context, Handler, Input, Output, Service } from "../service.ts";
import type { Quota } from "./state.ts";

const noService = () => new AwsError("NoSuchResourceException", "The request failed because the specified service does not exist.");
const noQuota = () => new AwsError("NoSuchResourceException", "The request failed because the specified service quota does not exist.");

const wire =
  (ctx: Context, value: "value" | "defaultValue") =>
  (quota: Quota): Output => ({
    ServiceCode: quota.serviceCode,
    ServiceName: quota.serviceName,
    QuotaArn: `arn:aws:servicequotas:${ctx.region}:${ctx.accountId}:${quota.serviceCode}/${quota.code}`,
    QuotaCode: quota.code,
    QuotaName: quota.name,
    Value: quota[value],
    Unit: quota.unit,
    Adjustable: quota.adjustable,
    GlobalQuota: quota.globalQuota,
    ...(quota.usageResource
      ? {
          UsageMetric: {
            MetricNamespace: "AWS/Usage",
            MetricName: "ResourceCount",
            MetricDimensions: { Class: quota.usageClass ?? "None", Resource: quota.usageResource, Service: "Fargate", Type: "Resource" },
            MetricStatisticRecommendation: "Maximum",
          },
        }
      : {}),
  });

const ofService = (input: Input, ctx: Context): readonly Quota[] => {
  const quotas = Object.values(ctx.state.quotas.quotas).filter((quota) => quota.serviceCode === text(input["ServiceCode"]));
  if (quotas.length === 0) throw noService();
  return quotas;
};

const getQuota =
  (value: "value" | "defaultValue"): Handler =>
  (input, ctx) => {
    const quota = ofService(input, ctx).find(({ code }) => code === text(input["QuotaCode"]));
    if (!quota) throw noQuota();
    return { Quota: wire(ctx, value)(quota) };
  };

const part = <T>(all: readonly T[], input: Input) => {
  const limit = whole(input["MaxResults"]) ?? 100;
  if (!(limit >= 1 && limit <= 100)) throw new AwsError("IllegalArgumentException", "MaxResults must be between 1 and 100.");
  return paginate(
    all,
    text(input["NextToken"]),
    limit,
    () => new AwsError("InvalidPaginationTokenException", "Invalid token was provided."),
  );
};

const listQuotas =
  (value: "value" | "defaultValue"): Handler =>
  (input, ctx) => {
    const { items, next } = part(ofService(input, ctx), input);
    return { Quotas: items.map(wire(ctx, value)), NextToken: next };
  };

const listServices: Handler = (input, ctx) => {
  const names = new Map(Object.values(ctx.state.quotas.quotas).map((quota) => [quota.serviceCode, quota.serviceName]));
  const { items, next } = part([...names], input);
  return { Services: items.map(([ServiceCode, ServiceName]) => ({ ServiceCode, ServiceName })), NextToken: next };
};

/** Service Quotas, to read. */
export const serviceQuotas: Service = {
  scope: "servicequotas",
  protocol: "json",
  apiVersion: "2019-06-24",
  targetPrefix: "ServiceQuotasV20190624",
  throttledCode: "TooManyRequestsException",
  actions: {
    GetServiceQuota: getQuota("value"),
    GetAWSDefaultServiceQuota: getQuota("defaultValue"),
    ListServiceQuotas: listQuotas("value"),
    ListAWSDefaultServiceQuotas: listQuotas("defaultValue"),
    ListServices: listServices,
  },
  notes: {
    GetServiceQuota: { parameters: "ServiceCode, QuotaCode", differs: "quotas of Fargate, ECS and CloudFormation only" },
    GetAWSDefaultServiceQuota: { parameters: "ServiceCode, QuotaCode" },
    ListServiceQuotas: { parameters: "ServiceCode, MaxResults, NextToken" },
    ListAWSDefaultServiceQuotas: { parameters: "ServiceCode, MaxResults, NextToken" },
    ListServices: { parameters: "MaxResults, NextToken", differs: "the services with quotas here" },
  },
};
