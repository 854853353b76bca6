import { groupId, subnetId } from "../../../src/sandbox/data/network.ts";
import { type Sandbox, startSandbox } from "../../../src/sandbox/index.ts";
import type { Input } from "../../../src/sandbox/service.ts";

// biome-ignore lint/suspicious/noExplicitAny: answers are read as a client without a model would read them
export type Answer = any;

/** A sandbox whose time stands still until the test moves it; calls go to the account directly. */
export interface Still {
  sandbox: Sandbox;
  cfn(action: string, input?: Input): Answer;
  ecs(action: string, input?: Input): Answer;
  /** Lets time pass until the stack is no longer in progress; answers its status. */
  settle(stack: string, maxMinutes?: number): string;
  /** Events of a stack, oldest first, as `LogicalId STATUS reason`. */
  story(stack: string): string[];
}

/** Starts a sandbox for tests that call it in process. */
export async function still(scenario = "default"): Promise<Still> {
  const sandbox = await startSandbox({
    scenario,
    speed: 0,
    onBug: (error) => {
      throw error;
    },
  });
  const call =
    (scope: string) =>
    (action: string, input: Input = {}): Answer => {
      const service = sandbox.account.services.find((one) => one.scope === scope);
      if (!service) throw new Error(`no service ${scope}`);
      return sandbox.account.invoke({ service, action, input, region: "eu-west-1", requestId: "test", endpoint: sandbox.endpoint });
    };
  const cfn = call("cloudformation");
  return {
    sandbox,
    cfn,
    ecs: call("ecs"),
    settle(stack, maxMinutes = 30) {
      for (let step = 0; step < maxMinutes * 12; step += 1) {
        const status = cfn("DescribeStacks", { StackName: stack }).Stacks[0].StackStatus;
        if (!status.endsWith("_IN_PROGRESS") || status === "REVIEW_IN_PROGRESS") return status;
        sandbox.advance(5_000);
      }
      return cfn("DescribeStacks", { StackName: stack }).Stacks[0].StackStatus;
    },
    story: (stack) =>
      cfn("DescribeStackEvents", { StackName: stack })
        .StackEvents.toReversed()
        .map((event: Answer) => [event.LogicalResourceId, event.ResourceStatus, event.ResourceStatusReason].filter(Boolean).join(" ")),
  };
}

/** A template of resources, as text. */
export function template(Resources: object, more: object = {}): string {
  return JSON.stringify({ AWSTemplateFormatVersion: "2010-09-09", ...more, Resources });
}

/** An SNS topic called `name` in the template. */
export const topic = (properties: object = {}, more: object = {}): object => ({ Type: "AWS::SNS::Topic", Properties: properties, ...more });

/** Task definition and service of an image of Acme's registry. */
export function serviceResources(
  image: string,
  options: { breaker?: boolean; memory?: string; environment?: object[]; service?: object } = {},
): object {
  return {
    Task: {
      Type: "AWS::ECS::TaskDefinition",
      Properties: {
        Family: "hello",
        Cpu: "256",
        Memory: options.memory ?? "512",
        NetworkMode: "awsvpc",
        RequiresCompatibilities: ["FARGATE"],
        ExecutionRoleArn: "arn:aws:iam::123456789012:role/ecsTaskExecutionRole",
        ContainerDefinitions: [
          {
            Name: "web",
            Image: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/${image}`,
            PortMappings: [{ ContainerPort: 80 }],
            ...(options.environment ? { Environment: options.environment } : {}),
          },
        ],
      },
    },
    Service: {
      Type: "AWS::ECS::Service",
      Properties: {
        ServiceName: "hello",
        Cluster: "production",
        TaskDefinition: { Ref: "Task" },
        DesiredCount: 1,
        LaunchType: "FARGATE",
        NetworkConfiguration: {
          AwsvpcConfiguration: { Subnets: [subnetId("main", "private-a", "0f3")], SecurityGroups: [groupId("main", "web-tasks")] },
        },
        ...(options.breaker === false ? {} : { DeploymentConfiguration: { DeploymentCircuitBreaker: { Enable: true, Rollback: true } } }),
        ...options.service,
      },
    },
  };
}
