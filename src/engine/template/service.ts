/** `AWS::ECS::Service`. */
import type { Names } from "../names.ts";
import type { Step } from "../sections/index.ts";
import { userTags } from "../tags.ts";
import { refOr } from "./parameters.ts";
import { each, enabled, given, properties, ref, type TemplateObject } from "./values.ts";

/** The service; launch type FARGATE unless capacity providers are chosen, for ECS takes only one of the two. */
export function service(step: Step, names: Names, declared: TemplateObject): TemplateObject {
  const { deployment, loadBalancerMappings, network, tags } = step;
  const strategy = each(deployment.capacityProviders, ({ provider, base, weight }) =>
    given({ CapacityProvider: provider, Base: base, Weight: weight }),
  );
  return {
    Type: "AWS::ECS::Service",
    DependsOn: names.taskDefinitionLogicalId,
    Properties: properties({
      Cluster: ref("ClusterName"),
      TaskDefinition: ref(names.taskDefinitionLogicalId),
      LaunchType: strategy ? undefined : "FARGATE",
      CapacityProviderStrategy: strategy,
      NetworkConfiguration: {
        AwsvpcConfiguration: {
          AssignPublicIp: enabled(network.assignPublicIp),
          Subnets: network.subnets,
          SecurityGroups: network.securityGroups,
        },
      },
      EnableECSManagedTags: tags.enableEcsManagedTags,
      PropagateTags: tags.propagateTags,
      Tags: userTags(step).map(({ Key, Value }) => ({ Key, Value })),
      DesiredCount: refOr(declared, "DesiredCount", deployment.desiredCount),
      DeploymentConfiguration: properties({
        MinimumHealthyPercent: refOr(declared, "MinimumHealthPercent", deployment.minimumHealthyPercent),
        MaximumPercent: refOr(declared, "MaximumHealthPercent", deployment.maximumPercent),
        DeploymentCircuitBreaker: deployment.circuitBreaker && circuitBreaker(deployment.circuitBreaker),
      }),
      HealthCheckGracePeriodSeconds: deployment.healthCheckGracePeriodSeconds,
      EnableExecuteCommand: deployment.enableExecuteCommand === false ? undefined : deployment.enableExecuteCommand,
      AvailabilityZoneRebalancing:
        deployment.availabilityZoneRebalancing === undefined ? undefined : enabled(deployment.availabilityZoneRebalancing),
      LoadBalancers: each(loadBalancerMappings, ({ containerName, containerPort, targetGroupArn }) => ({
        ContainerName: containerName,
        ContainerPort: containerPort,
        TargetGroupArn: targetGroupArn,
      })),
    }),
  };
}

function circuitBreaker(breaker: NonNullable<Step["deployment"]["circuitBreaker"]>): TemplateObject {
  const { enable, rollback, threshold, resetOnHealthyTask } = breaker;
  return properties({
    Enable: enable,
    Rollback: rollback,
    ThresholdConfiguration: threshold && given({ Type: threshold.type, Value: threshold.value }),
    ResetOnHealthyTask: resetOnHealthyTask,
  });
}
