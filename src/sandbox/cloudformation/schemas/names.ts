/** The real types of the namespaces simulated in part: any other name in them is one AWS does not know. */
const TYPES_OF_NAMESPACE: Record<string, string> = {
  ECS: "CapacityProvider Cluster ClusterCapacityProviderAssociations Daemon DaemonTaskDefinition ExpressGatewayService PrimaryTaskSet Service TaskDefinition TaskSet",
  IAM: "AccessKey Group GroupPolicy InstanceProfile ManagedPolicy OIDCProvider Policy Role RolePolicy SAMLProvider ServerCertificate ServiceLinkedRole User UserPolicy UserToGroupAddition VirtualMFADevice",
  Logs: "AccountPolicy Delivery DeliveryDestination DeliverySource Destination Integration LogAnomalyDetector LogGroup LogStream MetricFilter QueryDefinition ResourcePolicy ScheduledQuery SubscriptionFilter Transformer",
  SNS: "Subscription Topic TopicInlinePolicy TopicPolicy",
  SSM: "Association Document MaintenanceWindow MaintenanceWindowTarget MaintenanceWindowTask Parameter PatchBaseline ResourceDataSync ResourcePolicy",
  CloudFormation:
    "CustomResource GuardHook HookDefaultVersion HookTypeConfig HookVersion LambdaHook Macro ModuleDefaultVersion ModuleVersion PublicTypeVersion Publisher ResourceDefaultVersion ResourceVersion Stack StackSet TypeActivation WaitCondition WaitConditionHandle",
};

const OTHER_NAMESPACES = new Set(
  (
    "ApiGateway ApiGatewayV2 AppConfig ApplicationAutoScaling AppMesh AppRunner Athena AutoScaling Backup Batch Budgets CertificateManager CloudFront CloudTrail " +
    "CloudWatch CodeBuild CodeDeploy CodePipeline Cognito Config DynamoDB EC2 ECR EFS EKS ElastiCache ElasticLoadBalancing ElasticLoadBalancingV2 Elasticsearch " +
    "Events FSx Glue GuardDuty KMS Kinesis KinesisFirehose Lambda MSK Neptune NetworkFirewall OpenSearchService RDS Redshift ResourceGroups Route53 Route53Resolver S3 " +
    "Scheduler SecretsManager ServiceDiscovery SES SQS StepFunctions Synthetics Transfer VpcLattice WAFv2 XRay"
  ).split(" "),
);

/** Whether CloudFormation has a resource type of this name, simulated here or not (an unlisted type of another namespace counts as real). */
export function isRealType(type: string): boolean {
  if (type.startsWith("Custom::")) return true;
  const [vendor, namespace = "", name = ""] = type.split("::");
  if (vendor !== "AWS") return false;
  return TYPES_OF_NAMESPACE[namespace]?.split(" ").includes(name) ?? (OTHER_NAMESPACES.has(namespace) && /^[A-Z][A-Za-z0-9]+$/.test(name));
}
