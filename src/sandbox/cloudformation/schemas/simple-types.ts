import { type ResourceSchema, TAGS } from "./schema.ts";

/** AWS::ECS::Cluster, as the public resource schema and the user guide describe it. */
export const ECS_CLUSTER: ResourceSchema = {
  type: "AWS::ECS::Cluster",
  attributes: ["Arn"],
  replacedBy: ["ClusterName"],
  nameProperty: "ClusterName",
  properties: {
    CapacityProviders: ["string"],
    ClusterName: "string",
    ClusterSettings: [{ Name: "string", Value: "string" }],
    Configuration: {
      ExecuteCommandConfiguration: {
        KmsKeyId: "string",
        LogConfiguration: {
          CloudWatchEncryptionEnabled: "boolean",
          CloudWatchLogGroupName: "string",
          S3BucketName: "string",
          S3EncryptionEnabled: "boolean",
          S3KeyPrefix: "string",
        },
        Logging: "string",
      },
      ManagedStorageConfiguration: { FargateEphemeralStorageKmsKeyId: "string", KmsKeyId: "string" },
    },
    DefaultCapacityProviderStrategy: [{ Base: "integer", CapacityProvider: "string", Weight: "integer" }],
    ServiceConnectDefaults: { Namespace: "string" },
    Tags: TAGS,
  },
};

/** AWS::IAM::Role, as the public resource schema and the user guide describe it. */
export const IAM_ROLE: ResourceSchema = {
  type: "AWS::IAM::Role",
  attributes: ["Arn", "RoleId"],
  replacedBy: ["Path", "RoleName"],
  nameProperty: "RoleName",
  needsIamCapability: true,
  properties: {
    "AssumeRolePolicyDocument!": "json",
    Description: "string",
    ManagedPolicyArns: ["string"],
    MaxSessionDuration: "integer",
    Path: "string",
    PermissionsBoundary: "string",
    Policies: [{ "PolicyDocument!": "json", "PolicyName!": "string" }],
    RoleName: "string",
    Tags: TAGS,
  },
};

/** AWS::Logs::LogGroup, as the public resource schema and the user guide describe it. */
export const LOG_GROUP: ResourceSchema = {
  type: "AWS::Logs::LogGroup",
  attributes: ["Arn"],
  replacedBy: ["LogGroupName"],
  nameProperty: "LogGroupName",
  properties: {
    BearerTokenAuthenticationEnabled: "boolean",
    DataProtectionPolicy: "json",
    DeletionProtectionEnabled: "boolean",
    FieldIndexPolicies: ["json"],
    KmsKeyId: "string",
    LogGroupClass: "string",
    LogGroupName: "string",
    ResourcePolicyDocument: "json",
    RetentionInDays: "integer",
    Tags: TAGS,
  },
};

/** AWS::SNS::Topic, as the public resource schema and the user guide describe it. */
export const SNS_TOPIC: ResourceSchema = {
  type: "AWS::SNS::Topic",
  attributes: ["TopicArn", "TopicName"],
  replacedBy: ["FifoTopic", "TopicName"],
  nameProperty: "TopicName",
  properties: {
    ArchivePolicy: "json",
    ContentBasedDeduplication: "boolean",
    DataProtectionPolicy: "json",
    DeliveryStatusLogging: [
      { FailureFeedbackRoleArn: "string", "Protocol!": "string", SuccessFeedbackRoleArn: "string", SuccessFeedbackSampleRate: "string" },
    ],
    DisplayName: "string",
    FifoThroughputScope: "string",
    FifoTopic: "boolean",
    KmsMasterKeyId: "string",
    MaximumMessageSize: "integer",
    SignatureVersion: "string",
    Subscription: [{ "Endpoint!": "string", "Protocol!": "string" }],
    Tags: TAGS,
    TopicName: "string",
    TracingConfig: "string",
  },
};

/** AWS::SSM::Parameter, as the public resource schema and the user guide describe it. */
export const SSM_PARAMETER: ResourceSchema = {
  type: "AWS::SSM::Parameter",
  attributes: ["Type", "Value", "Arn"],
  replacedBy: ["Name"],
  nameProperty: "Name",
  properties: {
    AllowedPattern: "string",
    DataType: "String|StringList|SecureString",
    Description: "string",
    Name: "string",
    Policies: "string",
    Tags: "map",
    Tier: "string",
    "Type!": "String|StringList|SecureString",
    "Value!": "string",
  },
};

/** AWS::CloudFormation::Stack, as the user guide describes it; its attributes are the outputs of the stack inside. */
export const NESTED_STACK: ResourceSchema = {
  type: "AWS::CloudFormation::Stack",
  attributes: ["Outputs.*"],
  replacedBy: [],
  legacy: true,
  properties: {
    NotificationARNs: ["string"],
    Parameters: "map",
    Tags: TAGS,
    "TemplateURL!": "string",
    TimeoutInMinutes: "integer",
  },
};

/** AWS::CloudFormation::WaitConditionHandle, as the public resource schema and the user guide describe it. */
export const WAIT_CONDITION_HANDLE: ResourceSchema = {
  type: "AWS::CloudFormation::WaitConditionHandle",
  attributes: ["Id"],
  replacedBy: [],
  legacy: true,
  properties: {},
};
