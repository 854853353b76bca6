import type { Cause } from "./cause.ts";
import { ecs, repost } from "./links.ts";
import { networkFields, networkWays } from "./steps.ts";

const secretDocs = [ecs("specifying-sensitive-data"), repost("ecs-unable-to-pull-secrets")];
const secretFields = ["containers[].environment[].valueFrom", "containers[].repositoryCredentials.secretArn"];

/** Secrets, parameters and environment files that a task could not get. */
export const secrets: readonly Cause[] = [
  {
    id: "secret-json-key-missing",
    title: "The secret has no such JSON key",
    origins: ["ecs-event", "task"],
    rootness: "root",
    likelihood: 0.98,
    match: [
      /did(?: not|n't) contain (?:the )?json key "?(?<key>[\w./@+=-]{1,512})/,
      /does(?: not|n't) contain (?:the |a )?(?:json )?key "?(?<key>[\w./@+=-]{1,512})"?…secret/,
      /secret…(?:has no|lacks|without|missing) (?:the |a )?json key/,
      /retrieved secret…did(?: not|n't) contain j/,
    ],
    cause:
      "The environment asks for one key of a JSON secret (arn:…:secret:name-AbCdEf:KEY::)[[, {key},]] and the secret's JSON has no such key. Keys are case-sensitive.",
    fix: [
      "See the keys without printing values: `aws secretsmanager get-secret-value --secret-id {secret} --query SecretString --output text | jq keys`.",
      "Add the key[[ {key}]] (`aws secretsmanager put-secret-value`), or correct the value source of the environment variable, then deploy again.",
    ],
    fields: secretFields,
    docs: secretDocs,
  },
  {
    id: "secret-json-invalid",
    title: "A JSON key was requested, but the secret is not valid JSON",
    origins: ["ecs-event", "task"],
    rootness: "root",
    likelihood: 0.95,
    match: [
      /(?:secret|asm|registry auth)…invalid character '(?<char>.{1,4}?)' (?:looking for|in|after|as|at)/,
      /(?:secret|asm|registry auth)…invalid character/,
      /(?:secret|asm)…(?:unexpected end of JSON|cannot unmarshal|unmarshal(?:ing|led)?|not (?:a )?valid JSON)/,
      /unable to (?:un)?marshal…secret/,
    ],
    cause: "The value source ends with :KEY::, so ECS reads the secret as JSON; what is stored is plain text or broken JSON.",
    fix: [
      'Store an object such as {"KEY":"value"}: `aws secretsmanager put-secret-value --secret-id {secret} --secret-string file://secret.json`.',
      "Or drop :KEY:: from the environment variable's value source, to get the whole text.",
    ],
    fields: secretFields,
    docs: secretDocs,
  },
  {
    id: "secret-no-value",
    title: "The secret exists but holds no value",
    origins: ["ecs-event", "task"],
    rootness: "root",
    likelihood: 0.97,
    match: [
      /can'?t find the specified secret value for (?:staging label|VersionId): <label>/,
      /can'?t find the specified secret value/,
      /secret does not exist or has no value/,
      /secret…(?:has no|without a|no) (?:current )?(?:secret )?value/,
    ],
    cause:
      "The secret was created (for instance by CloudFormation) and nobody stored a value[[ under {label}]], or its AWSCURRENT version was removed.",
    fix: [
      "Store a value: `aws secretsmanager put-secret-value --secret-id {secret} --secret-string '…'`.",
      "Then deploy again; running tasks do not pick it up by themselves.",
    ],
    fields: secretFields,
    docs: secretDocs,
  },
  {
    id: "secret-not-found",
    title: "The secret or parameter does not exist (here)",
    origins: ["ecs-event", "task"],
    rootness: "root",
    likelihood: 0.95,
    match: [
      /can'?t find the specified secret(?! value)/,
      /invalid (?:ssm )?parameters: (?<parameter>[\w./,:-]{1,1000})(?=$|[ .,;)"'])/,
      /(?:ssm|parameter store)…ParameterNotFound/,
      /ParameterNotFound/,
      /secret…marked for deletion/,
      /check whether the secret exists in the specified region/,
      /(?:secretsmanager|from asm|secret)…ResourceNotFound/,
      /(?:secret|ssm|parameter store)…ValidationException: Invalid name/,
      /(?:secretsmanager|secrets manager|parameter store|valueFrom)…(?:does not exist|was not found|could not be found)/,
    ],
    cause:
      "There is no Secrets Manager secret or SSM parameter of that name[[ ({parameter})]] in the task's region and account[[ ({region})]]: a typo, the six random characters missing from the ARN, another region, or deleted.",
    fix: [
      "`aws secretsmanager describe-secret --secret-id {secret}[[ --region {region}]]` or `aws ssm get-parameter --name {parameter}[[ --region {region}]]`.",
      "Pick the secret in the wizard, which fills in the complete ARN; SSM names start with “/” only if they were created so.",
    ],
    fields: secretFields,
    docs: secretDocs,
  },
  {
    id: "secret-kms-denied",
    title: "The role may read the secret but not decrypt it",
    origins: ["task"],
    rootness: "root",
    likelihood: 0.95,
    match: [
      /Access to KMS is not allowed/,
      /not authorized to perform:? kms:Decrypt/,
      /ciphertext refers to a customer master key/,
      /(?:secret|ssm|parameter)…kms:Decrypt/,
      /(?:KMS|kms)…(?:KMSInvalidState|is disabled|pending deletion)/,
    ],
    cause: "The secret or parameter is encrypted with a customer-managed KMS key; reading it needs kms:Decrypt too.",
    fix: [
      "Add kms:Decrypt on the key's ARN to the execution role[[ ({executionRole})]].",
      "The key's policy must let that role (or the account's root) use the key.",
    ],
    fields: ["taskExecutionRole.roleArn", ...secretFields],
    docs: [ecs("task_execution_IAM_role"), ...secretDocs],
  },
  {
    id: "secret-access-denied",
    title: "The execution role may not read the secret",
    origins: ["ecs-event", "task"],
    rootness: "root",
    likelihood: 0.97,
    match: [
      /assumed-role\/(?<role>[\w+=,.@-]{1,64})[^ ]{0,200} (?:is )?not authorized to perform:? (?<action>secretsmanager:GetSecretValue|ssm:GetParameters?)(?: on resource:? (?<resource>arn:[^\s"]{1,400}))?/,
      /not authorized to perform:? (?<action>secretsmanager:GetSecretValue|ssm:GetParameters?)(?: on resource:? (?<resource>arn:[^\s"]{1,400}))?/,
      /(?:from asm|from ssm|Secrets? Manager|Parameter Store)…AccessDenied/,
      /no identity-based policy allows the (?<action>secretsmanager:GetSecretValue|ssm:GetParameters?)(?: on resource:? (?<resource>arn:[^\s"]{1,400}))?/,
    ],
    cause:
      "Environment values that come from a secret are fetched before the container starts, with the task execution role[[ ({executionRole})]]. That role has no permission[[ {action}]] on it. (Permissions of the task role do not count here.)",
    fix: [
      "[[Allow {action} on {resource} in a policy of the execution role; kms:Decrypt on its key too, when it is a customer's key.]]",
      "The execution role needs secretsmanager:GetSecretValue on the secret's ARN (it may end with -??????), or ssm:GetParameters on the parameter's ARN.",
      "The execution role that the stack creates may pull and log only: with secrets, choose a role of your own that may read them.",
      "Where the message ends with “explicit deny”, look for a permissions boundary, an organization's policy or the secret's own policy.",
    ],
    fields: ["taskExecutionRole.roleArn", ...secretFields],
    docs: [ecs("task_execution_IAM_role"), ...secretDocs],
  },
  {
    id: "secret-fetch-network",
    title: "The task could not reach Secrets Manager / Parameter Store",
    origins: ["ecs-event", "task"],
    rootness: "root",
    likelihood: 0.95,
    match: [
      /connection issue between the task and (?:AWS )?(?<service>Secrets Manage|Systems Manage|SSM|Parameter Store)/,
      /(?:from|in) (?<service>asm|ssm|Secrets Manager|SSM Parameter Store)…(?:RequestCanceled|RequestError|request canceled|context deadline|deadline exceeded|i\/o timeout|dial tcp|StatusCode: 0|send failed|no such host|connection refused)/,
      /(?:Post|lookup|Get) "?(?:https:\/\/)?(?<service>secretsmanager|ssm)[.-][\w.-]+amazonaws/,
      /check your network connection between the task and (?<service>AWS Systems Manager|AWS Secrets Manager|Secrets Manager)/,
      /unable to (?:retrieve|get|pull|fetch) secrets?…(?:RequestCanceled|RequestError|context deadline|i\/o timeout)/,
      /secrets? or registry auth…check your task network configuration/,
      /unable to (?:retrieve|get|pull|fetch) secrets? from (?<service>asm|ssm)…connection issue between the task and/,
    ],
    cause:
      "[[{routeFinding} ]]The call to Secrets Manager or Parameter Store got no answer: the subnet has no route, or 443 is blocked. It is not a permission problem.",
    fix: [
      ...networkWays,
      "VPC with endpoints only: add interface endpoints com.amazonaws.{region}.secretsmanager, .ssm (and .kms) with private DNS on.",
    ],
    fields: networkFields,
    docs: [ecs("verify-connectivity"), ...secretDocs],
  },
  {
    id: "secret-fetch-generic",
    title: "Secrets or registry login could not be fetched (message cut short)",
    origins: ["ecs-event", "task"],
    rootness: "root",
    likelihood: 0.6,
    match: [
      /unable to pull secrets or registry auth/,
      /unable to retrieve secrets? from (?:ssm|asm)/,
      /Fetching secret data from (?:SSM|AWS Secrets)/,
      /failed to fetch secret arn/,
      /execution resource retrieval failed/,
      /ResourceInitializationError:? unable to pull secrets/,
    ],
    cause:
      "The part that says why is missing. The three usual reasons, in this order: no route to AWS, an execution role without permission, a wrong name.",
    fix: [
      'Read the whole text: `ecs-wizard errors[[ {profile}]]`, or `aws ecs describe-tasks --cluster {cluster} --tasks <id> --query "tasks[0].[stoppedReason,containers[].reason]"` (kept for about an hour).',
      "A task that sat in PENDING for minutes before it stopped: the network. Stopped within seconds: permissions or the name.",
    ],
    fields: ["network.subnets", "taskExecutionRole.roleArn", ...secretFields],
    docs: [ecs("resource-initialization-error"), ...secretDocs],
  },
  {
    id: "env-file-fetch",
    title: "The environment file could not be read from S3",
    origins: ["ecs-event", "task"],
    rootness: "root",
    likelihood: 0.93,
    match: [
      /(?:failed|unable) to (?:download|retrieve|fetch|read|pull) (?:the )?env(?:ironment)? ?files?/,
      /env(?:ironment)? ?files?…(?:HeadObject|GetObject|s3)…(?:40[34]|Forbidden|denied|not found|NoSuchKey|deadline|timeout)/,
      /(?:download|retriev)…\.env\b…from (?:Amazon )?S3/,
    ],
    cause:
      "Environment files are read from S3 with the execution role when a task starts. 403: no permission, or no such object; a deadline: no route to S3.",
    fix: [
      "Is it there? `aws s3 ls s3://<bucket>/<file>.env` (the name ends in .env).",
      "The execution role[[ ({executionRole})]] needs s3:GetObject on the object and s3:GetBucketLocation on the bucket.",
      "Private subnets: an S3 gateway endpoint or a NAT gateway.",
    ],
    fields: ["containers[].environmentFiles", "taskExecutionRole.roleArn", "network.subnets"],
    docs: [ecs("use-environment-file")],
  },
];
