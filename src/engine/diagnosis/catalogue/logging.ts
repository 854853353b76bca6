import type { Cause } from "./cause.ts";
import { ecs } from "./links.ts";
import { networkFields, networkWays } from "./steps.ts";

const logFields = ["containers[].logging.options", "containers[].logging.type"];

/** Log drivers and log groups. */
export const logging: readonly Cause[] = [
  {
    id: "awslogs-options-invalid",
    title: "The awslogs log configuration is incomplete",
    origins: ["cfn-event", "ecs-api", "task"],
    rootness: "root",
    likelihood: 0.97,
    match: [
      /log configuration options to include (?<option>awslogs-[a-z-]+)/,
      /(?<option>awslogs-[a-z-]+) (?:is|are) (?:a )?(?:required|missing|not set|mandatory)/,
      /must specify a value for log opt(?:ion)? '?(?<option>awslogs-[a-z-]+)/,
      /log driver awslogs requires options?:? (?<option>awslogs-[a-z-]+)/,
      /log driver awslogs (?:requires|disallows) options/,
      /unable to get awslogs driver arguments/,
      /unknown log opt '?(?<option>[\w-]+)'? for awslogs/,
      /(?:missing|requires?|required)…(?<option>awslogs-(?:group|region|stream-prefix))/,
    ],
    cause:
      "The container's log options lack one of awslogs-group, awslogs-region, awslogs-stream-prefix[[ ({option})]]; Fargate needs all three.",
    fix: [
      "Set the container's logging to auto: the wizard then creates the log group and fills in all three.",
      "With manual logging, add the missing option[[ {option}]]; awslogs-region is the region of the log group[[, here {region}]].",
    ],
    fields: logFields,
    docs: [ecs("using_awslogs")],
  },
  {
    id: "log-group-create-denied",
    title: "The execution role may not create the log group",
    origins: ["task"],
    rootness: "root",
    likelihood: 0.96,
    match: [
      /(?:logger args|logging driver|log stream|log group|CannotStart|ResourceInit)…not authorized to perform:? logs:CreateLogGroup/,
      /^(?!.{0,400}(?:resource handler|when calling the|API: ?logs)).{0,2000}assumed-role\/.{0,200}not authorized to perform:? logs:CreateLogGroup(?!.{0,600}HandlerErrorCode)/,
      /failed to create cloudwatch log group…(?:AccessDenied|not authorized)/,
    ],
    cause:
      "The option awslogs-create-group is “true” and the execution role[[ ({executionRole})]] lacks logs:CreateLogGroup; the managed AmazonECSTaskExecutionRolePolicy does not contain it.",
    fix: [
      "Set the container's logging to auto: the stack then creates the log group itself.",
      "Or drop awslogs-create-group and create the group beforehand, or add logs:CreateLogGroup to the execution role.",
    ],
    fields: [...logFields, "taskExecutionRole.roleArn"],
    docs: [ecs("using_awslogs")],
  },
  {
    id: "logger-args-network",
    title: "The task could not reach CloudWatch Logs",
    origins: ["ecs-event", "task"],
    rootness: "root",
    likelihood: 0.93,
    match: [
      /connection issue between the task and (?:Amazon )?CloudWatch/,
      /cannot find the (?:Amazon )?CloudWatch log group/,
      /(?:logger args|log(?:ging)? driver|log stream)(?!…(?:CredentialsEndpointError|splunk|fluent|gelf|syslog|:24224))…(?:signal: killed|RequestError|RequestCanceled|i\/o timeout|deadline exceeded|dial tcp)(?!…169\.254\.170\.2)/,
      /Post "?https:\/\/logs[.-][\w.-]+amazonaws/,
      /lookup logs\.[\w-]+\.amazonaws/,
    ],
    cause:
      "[[{routeFinding} ]]The log driver could not connect to CloudWatch Logs. In spite of “cannot find the log group” the usual reason is the network: no NAT gateway and no logs endpoint, or an endpoint whose security group does not let 443 in.",
    fix: [
      ...networkWays,
      "VPC with endpoints only: add com.amazonaws.{region}.logs with private DNS on; its security group must let 443 in from the tasks.",
    ],
    fields: [...networkFields, "containers[].logging.options"],
    docs: [ecs("resource-initialization-error"), ecs("verify-connectivity")],
  },
  {
    id: "log-group-missing",
    title: "The CloudWatch log group does not exist",
    origins: ["cfn-event", "task"],
    rootness: "root",
    likelihood: 0.95,
    match: [
      /specified log group does not exist/,
      /log group "?(?<logGroup>[\w./#-]{1,512})?"? ?(?:does not exist|was not found|not found|could not be found)/,
      /(?:logger args|logging driver|log stream)…ResourceNotFoundException/,
    ],
    cause:
      "The container's log options name a log group that does not exist in that region[[ ({logGroup})]]; ECS does not create it by itself.",
    fix: [
      "Set the container's logging to auto, and the stack creates the group.",
      "Or create it: `aws logs create-log-group --log-group-name {logGroup}[[ --region {region}]]`.",
      "Compare awslogs-region with the region of the group.",
    ],
    fields: logFields,
    docs: [ecs("using_awslogs")],
  },
  {
    id: "log-driver-init-failed",
    title: "The log driver could not start",
    origins: ["task"],
    rootness: "root",
    likelihood: 0.6,
    match: [
      /failed to (?:initialize|initialise|start|create) (?:the )?log(?:ging|ger)? ?driver/,
      /failed to validate logger args/,
      /failed to create cloudwatch log stream/,
      /error (?:initializing|starting) log(?:ging|ger)?/,
      /failed to (?:initialize|start)…(?:fluentd|firelens|splunk) (?:log|driver)/,
    ],
    cause:
      "The container's log driver failed before the container started; the rest of the message says why (credentials, network, a missing group).",
    fix: [
      "Read the end of the message; `ecs-wizard errors[[ {profile}]]` has it in full.",
      "Set the container's logging to auto to rule the options out.",
    ],
    fields: [...logFields, "taskExecutionRole.roleArn"],
    docs: [ecs("using_awslogs"), ecs("using_firelens")],
  },
];
