import { clusterNameOrArn, roleArn } from "../rules/arn.ts";
import { matching } from "../rules/checks.ts";
import type { Section } from "../schema.ts";
import { ecsGuide } from "./docs.ts";

/** Section 1: where to deploy, and with whose permissions. */
export const target = {
  key: "target",
  title: "Deployment target",
  short: "Target",
  field: {
    kind: "group",
    label: "Deployment target",
    help: "Where the service runs: account, region and cluster, and with which credentials they are reached.",
    required: true,
    fields: {
      awsProfile: {
        kind: "pick",
        source: "awsProfiles",
        label: "AWS profile",
        help: "A profile of your AWS configuration files. Left empty, credentials are found as the AWS CLI finds them: environment variables, SSO, web identity, the container or the machine.",
        docs: "https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html",
      },
      assumeRole: {
        kind: "group",
        label: "Assume a role",
        help: "Take on another IAM role with the credentials above before doing anything, e.g. a deployment role in another account. Leave it empty to use the credentials as they are.",
        docs: "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",
        advanced: true,
        fields: {
          roleArn: {
            kind: "text",
            label: "Role ARN",
            help: "The role to take on. Its trust policy must allow the credentials above.",
            docs: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_use.html",
            required: true,
            placeholder: "arn:aws:iam::123456789012:role/deployer",
            check: roleArn,
          },
          sessionName: {
            kind: "text",
            label: "Session name",
            help: "Names this use of the role in AWS's audit log (CloudTrail). Left empty, a name is made up.",
            docs: "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",
            placeholder: "ecs-wizard",
            check: matching(
              /^[\w+=,.@-]{2,64}$/,
              "session-name",
              "a valid session name",
              "Use 2 to 64 letters, digits and _+=,.@- without spaces.",
            ),
          },
          externalId: {
            kind: "text",
            label: "External id",
            help: "A code the owner of the role asks for, when the role's trust policy requires one.",
            docs: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_common-scenarios_third-party.html",
            check: matching(
              /^[\w+=,.@:/-]{2,1224}$/,
              "external-id",
              "a valid external id",
              "Use 2 to 1224 letters, digits and _+=,.@:/- without spaces.",
            ),
          },
          durationSeconds: {
            kind: "number",
            label: "Session length",
            help: "How long the role's credentials last. It cannot exceed the role's own maximum.",
            docs: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_update-role-settings.html",
            min: 900,
            max: 43200,
            unit: "seconds",
            assumed: 3600,
          },
        },
      },
      region: {
        kind: "pick",
        source: "regions",
        label: "Region",
        help: "The AWS region the cluster is in. Everything this step names must be in the same region.",
        docs: "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html",
        required: true,
        placeholder: "eu-west-1",
        check: matching(/^[a-z]{2,4}(-[a-z]+)+-\d+$/, "region-name", "a region", "Write the region's code, e.g. eu-west-1."),
      },
      cluster: {
        kind: "pick",
        source: "clusters",
        label: "Cluster",
        help: "The ECS cluster that will run the service, by name or ARN. It must exist and be active.",
        docs: ecsGuide("clusters"),
        property: "AWS::ECS::Service.Cluster",
        required: true,
        placeholder: "production",
        check: clusterNameOrArn,
      },
      environment: {
        kind: "text",
        label: "Environment",
        help: "Tells deployments of the same service apart, e.g. staging and production. It becomes part of the stack's name, so each environment has a stack of its own, and a tag.",
        required: true,
        default: "default",
      },
      tenant: {
        kind: "text",
        label: "Tenant",
        help: "The customer this copy of the service is for, when each has a copy. It becomes part of the stack's name and a tag.",
        placeholder: "untenanted",
        advanced: true,
      },
      project: {
        kind: "text",
        label: "Project",
        help: "The project the service belongs to. It is written to the stack as a tag and changes nothing else.",
        advanced: true,
      },
      space: {
        kind: "text",
        label: "Space",
        help: "The team or area the project belongs to. It is written to the stack as a tag and changes nothing else.",
        advanced: true,
      },
      stackName: {
        kind: "text",
        label: "Stack name",
        help: "The existing CloudFormation stack this step goes on updating. It is set by importing an existing step; otherwise the name is made from cluster, name, environment and tenant.",
        docs: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cfn-using-console-create-stack-parameters.html",
        readOnly: true,
        check: matching(
          /^[A-Za-z][A-Za-z0-9-]{0,127}$/,
          "stack-name",
          "a valid stack name",
          "Begin with a letter; use at most 128 letters, digits and hyphens.",
        ),
      },
    },
  },
} as const satisfies Section;
