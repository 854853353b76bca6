import { describe, expect, it } from "vitest";
import { formatPath, type Json, type JsonObject, type Severity } from "../../../src/engine/schema.ts";
import { validate } from "../../../src/engine/values.ts";
import { VariableDictionary } from "../../../src/engine/variables/index.ts";
import { webProfile, webWith } from "../../support/profiles.ts";

type Case = readonly [rule: string, path: string, profile: JsonObject, says: string | RegExp, severity?: Severity];

const worker = (more: JsonObject = {}): JsonObject => ({ name: "worker", image: "worker:1", ...more });
const pair = (web: JsonObject, other: JsonObject, rest: JsonObject = {}): JsonObject => ({
  ...webProfile,
  containers: [{ name: "web", image: "nginx:1.27", portMappings: [{ containerPort: 80 }], ...web }, worker(other)],
  ...rest,
});
const network = (changes: JsonObject) => webWith({ network: { ...(webProfile["network"] as JsonObject), ...changes } });
const target = (changes: JsonObject) => webWith({ target: { ...(webProfile["target"] as JsonObject), ...changes } });
const secret = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf";
const role = "arn:aws:iam::123456789012:role/tasks";
const withRole = { taskExecutionRole: { roleArn: role } };
const efs = (more: JsonObject): JsonObject =>
  webWith(
    {
      configuration: { name: "shop-web", taskRole: role },
      volumes: [{ name: "data", type: "efs", fileSystemId: "fs-0123456789abcdef0", ...more }],
    },
    { mountPoints: [{ sourceVolume: "data", containerPath: "/data" }] },
  );
const subnets = (count: number) => Array.from({ length: count }, (_, at) => `subnet-${String(at).padStart(17, "0")}`);
const groups = (count: number) => Array.from({ length: count }, (_, at) => `sg-${String(at).padStart(17, "0")}`);

const cases: readonly Case[] = [
  // the shape of the file
  ["profile-version", "version", webWith({ version: 2 }), '"2"'],
  ["unknown-key", "containres", webWith({ containres: [] }), /"containres".*"containers"/],
  ["unknown-key", "containers[0].portMapping", webWith({}, { portMapping: [] }), /"portMapping" .* in containers\[0\].*"portMappings"/],
  [
    "unknown-key",
    "deployment.launchType",
    webWith({ deployment: { launchType: "FARGATE", capacityProviders: [{ provider: "FARGATE" }] } }),
    '"launchType"',
  ],
  ["wrong-type", "target", webWith({ target: "production" }), "a text"],
  ["wrong-type", "containers", webWith({ containers: { name: "web" } }), "an object"],
  ["wrong-type", "variables", webWith({ variables: ["a"] }), "a list"],
  ["wrong-type", "variables.Password.sensitive", webWith({ variables: { Password: { sensitive: "no" } } }), "sensitive"],
  ["masked-value", "containers[0].environment[0].value", webWith({}, { environment: [{ name: "KEY", value: "abc•••" }] }), "secret"],
  // single fields
  ["required", "target.region", webWith({ target: { cluster: "production" } }), "Region"],
  ["required", "target.cluster", webWith({ target: { region: "eu-west-1" } }), "Cluster"],
  ["required", "configuration.name", webWith({ configuration: {} }), "Name"],
  ["required", "network.subnets", network({ subnets: [] }), "subnets"],
  ["required", "network.securityGroups", network({ securityGroups: [] }), "security groups"],
  ["required", "containers", webWith({ containers: [] }), "container"],
  ["required", "containers[0].portMappings[0].containerPort", webWith({}, { portMappings: [{}] }), "Container port"],
  ["not-a-number", "taskSize.memory", webWith({ taskSize: { memory: "lots" } }), '"lots"'],
  ["not-a-number", "taskSize.cpu", webWith({ taskSize: { cpu: "2 vCPU" } }), '"2 vCPU"'],
  ["not-an-integer", "deployment.desiredCount", webWith({ deployment: { desiredCount: 1.5 } }), "1.5"],
  ["not-a-boolean", "network.assignPublicIp", network({ assignPublicIp: "yes" }), '"yes"'],
  ["not-an-option", "taskSize.cpu", webWith({ taskSize: { cpu: 300 } }), '"300"'],
  ["not-an-option", "taskSize.cpuArchitecture", webWith({ taskSize: { cpuArchitecture: "AMD64" } }), '"AMD64"'],
  ["not-an-option", "containers[0].logging.logDriver", webWith({}, { logging: { type: "manual", logDriver: "smoke" } }), '"smoke"'],
  ["out-of-range", "taskSize.ephemeralStorageGiB", webWith({ taskSize: { ephemeralStorageGiB: 20 } }), "from 21 to 200"],
  ["out-of-range", "taskSize.ephemeralStorageGiB", webWith({ taskSize: { ephemeralStorageGiB: 201 } }), "201"],
  ["out-of-range", "deployment.desiredCount", webWith({ deployment: { desiredCount: -1 } }), "-1"],
  ["out-of-range", "containers[0].portMappings[0].containerPort", webWith({}, { portMappings: [{ containerPort: 65536 }] }), "65536"],
  ["out-of-range", "containers[0].healthCheck.interval", webWith({}, { healthCheck: { command: "true", interval: 4 } }), "from 5 to 300"],
  ["out-of-range", "containers[0].memoryReservation", webWith({}, { memoryReservation: 5 }), "5"],
  ["out-of-range", "target.assumeRole.durationSeconds", target({ assumeRole: { roleArn: role, durationSeconds: 60 } }), "60"],
  ["too-many", "network.subnets", network({ subnets: subnets(17) }), "17"],
  ["too-many", "network.securityGroups", network({ securityGroups: groups(6) }), "6"],
  [
    "too-many",
    "tags.additional",
    webWith({ tags: { additional: Array.from({ length: 21 }, (_, at) => ({ key: `k${at}`, value: "v" })) } }),
    "21",
  ],
  [
    "too-many",
    "containers[0].environmentFiles",
    webWith(withRole, { environmentFiles: Array.from({ length: 11 }, (_, at) => `arn:aws:s3:::b/${at}.env`) }),
    "11",
  ],
  [
    "duplicate-item",
    "network.subnets[1]",
    network({ subnets: ["subnet-0123456789abcdef0", "subnet-0123456789abcdef0"] }),
    "subnet-0123456789abcdef0",
  ],
  ["name-characters", "configuration.name", webWith({ configuration: { name: "shop web!" } }), '"shop web!"'],
  ["name-characters", "containers[0].name", webWith({}, { name: "a.b" }), '"a.b"'],
  ["region-name", "target.region", target({ region: "Ireland" }), '"Ireland"'],
  ["cluster-name", "target.cluster", target({ cluster: "my cluster" }), '"my cluster"'],
  ["stack-name", "target.stackName", target({ stackName: "1st" }), '"1st"'],
  ["session-name", "target.assumeRole.sessionName", target({ assumeRole: { roleArn: role, sessionName: "x y" } }), '"x y"'],
  ["external-id", "target.assumeRole.externalId", target({ assumeRole: { roleArn: role, externalId: "x y" } }), '"x y"'],
  ["subnet-id", "network.subnets[0]", network({ subnets: ["private-a"] }), '"private-a"'],
  ["security-group-id", "network.securityGroups[0]", network({ securityGroups: ["web"] }), '"web"'],
  ["role-arn", "taskExecutionRole.roleArn", webWith({ taskExecutionRole: { roleArn: "ecsTaskExecutionRole" } }), '"ecsTaskExecutionRole"'],
  [
    "role-arn",
    "configuration.taskRole",
    webWith({ configuration: { name: "x", taskRole: "arn:aws:iam::123456789012:user/joe" } }),
    "user/joe",
  ],
  ["image-reference", "containers[0].image", webWith({}, { image: "Nginx:1.27" }), '"Nginx:1.27"'],
  ["port-name", "containers[0].portMappings[0].name", webWith({}, { portMappings: [{ containerPort: 80, name: "HTTP!" }] }), '"HTTP!"'],
  [
    "health-check-command",
    "containers[0].healthCheck.command",
    webWith({}, { healthCheck: { command: ["curl", "-f", "http://localhost"] } }),
    '"curl"',
  ],
  ["health-check-command", "containers[0].healthCheck.command", webWith({}, { healthCheck: { command: ["CMD"] } }), "CMD"],
  ["absolute-path", "containers[0].workingDirectory", webWith({}, { workingDirectory: "app" }), '"app"'],
  ["user-name", "containers[0].user", webWith({}, { user: "a b" }), '"a b"'],
  ["environment-name", "containers[0].environment[0].name", webWith({}, { environment: [{ name: "A=B", value: "1" }] }), '"A=B"'],
  [
    "secret-arn",
    "containers[0].environment[0].valueFrom",
    webWith(withRole, { environment: [{ name: "A", valueFrom: "db-password" }] }),
    '"db-password"',
  ],
  [
    "secret-arn",
    "containers[0].repositoryCredentials.secretArn",
    webWith(withRole, { repositoryCredentials: { secretArn: "registry" } }),
    '"registry"',
  ],
  [
    "environment-file",
    "containers[0].environmentFiles[0]",
    webWith(withRole, { environmentFiles: ["arn:aws:s3:::b/settings.txt"] }),
    "settings.txt",
  ],
  ["environment-file", "containers[0].environmentFiles[0]", webWith(withRole, { environmentFiles: ["s3://b/x.env"] }), "s3://b/x.env"],
  [
    "target-group-arn",
    "loadBalancerMappings[0].targetGroupArn",
    webWith({ loadBalancerMappings: [{ containerName: "web", containerPort: 80, targetGroupArn: "shop-tg" }] }),
    '"shop-tg"',
  ],
  [
    "exit-code",
    "containers[0].restartPolicy.ignoredExitCodes[0]",
    webWith({}, { restartPolicy: { enabled: true, ignoredExitCodes: ["zero"] } }),
    '"zero"',
  ],
  ["file-system-id", "volumes[0].fileSystemId", efs({ fileSystemId: "shared" }), '"shared"'],
  ["access-point-id", "volumes[0].accessPointId", efs({ accessPointId: "ap-1", encryptionInTransit: true }), '"ap-1"'],
  ["tag-prefix", "tags.additional[0].key", webWith({ tags: { additional: [{ key: "aws:team", value: "x" }] } }), "aws:team"],
  ["tag-length", "tags.additional[0].key", webWith({ tags: { additional: [{ key: "k".repeat(129), value: "x" }] } }), "129"],
  ["tag-length", "tags.additional[0].value", webWith({ tags: { additional: [{ key: "k", value: "x".repeat(257) }] } }), "257"],
  ["tag-characters", "tags.additional[0].key", webWith({ tags: { additional: [{ key: "team#1", value: "x" }] } }), "team#1"],
  [
    "arn-region",
    "containers[0].environment[0].valueFrom",
    webWith(withRole, { environment: [{ name: "A", valueFrom: secret.replace("eu-west-1", "us-east-1") }] }),
    "us-east-1",
  ],
  [
    "arn-partition",
    "taskExecutionRole.roleArn",
    webWith({ taskExecutionRole: { roleArn: role.replace("arn:aws:", "arn:aws-cn:") } }),
    "aws-cn",
  ],
  ["empty-name", "containers[0].dockerLabels", webWith({}, { dockerLabels: { "": "x" } }), "empty"],
  // what Fargate rejects
  ["fargate-unsupported", "containers[0].gpus", webWith({}, { gpus: 1 }), '"1"'],
  ["fargate-unsupported", "containers[0].privileged", webWith({}, { privileged: true }), "Privileged"],
  [
    "fargate-unsupported",
    "containers[0].networkSettings.disableNetworking",
    webWith({}, { networkSettings: { disableNetworking: true } }),
    "networking",
  ],
  [
    "fargate-unsupported",
    "containers[0].networkSettings.dnsServers",
    webWith({}, { networkSettings: { dnsServers: ["8.8.8.8"] } }),
    "8.8.8.8",
  ],
  [
    "fargate-unsupported",
    "containers[0].networkSettings.dnsSearchDomains",
    webWith({}, { networkSettings: { dnsSearchDomains: ["corp"] } }),
    "corp",
  ],
  [
    "fargate-unsupported",
    "containers[0].networkSettings.extraHosts",
    webWith({}, { networkSettings: { extraHosts: [{ hostname: "a", ipAddress: "10.0.0.1" }] } }),
    "Extra hosts",
  ],
  [
    "fargate-unsupported",
    "containers[0].ulimits[0].name",
    webWith({}, { ulimits: [{ name: "nproc", softLimit: 1, hardLimit: 2 }] }),
    '"nproc"',
  ],
  ["fargate-unsupported", "containers[0].logging.logDriver", webWith({}, { logging: { type: "manual", logDriver: "syslog" } }), '"syslog"'],
  // values that count for nothing
  [
    "no-effect",
    "containers[0].logging.logDriver",
    webWith({}, { logging: { logDriver: "splunk" } }),
    'it counts when type is manual, and that is "auto"',
    "warning",
  ],
  [
    "no-effect",
    "containers[0].portMappings[0].appProtocol",
    webWith({}, { portMappings: [{ containerPort: 53, protocol: "udp", appProtocol: "http" }] }),
    "protocol is tcp",
    "warning",
  ],
  [
    "no-effect",
    "containers[0].firelens.configFileValue",
    webWith({}, { firelens: { type: "fluentbit", configFileValue: "/x" } }),
    "configFileType is file or s3",
    "warning",
  ],
  [
    "no-effect",
    "deploymentOptions.timeoutMinutes",
    webWith({ deploymentOptions: { timeoutMinutes: 5 } }),
    "wait is waitWithTimeout",
    "warning",
  ],
  ["no-effect", "volumes[0].fileSystemId", efs({ type: "bind" }), 'type is efs, and that is "bind"', "warning"],
  // names made from the answers
  ["stack-name-part", "target.environment", target({ environment: "Продакшн" }), '"продакшн"'],
  ["stack-name-part", "target.tenant", target({ tenant: "株式会社" }), '"株式会社"'],
  [
    "stack-name-length",
    "configuration.name",
    webWith({ configuration: { name: "a".repeat(110) } }),
    /would have 1\d\d characters and is cut to 128, "….*untenanted" being lost/,
    "warning",
  ],
  // the size of the task
  ["cpu-memory-pair", "taskSize.memory", webWith({ taskSize: { cpu: 256, memory: 4096 } }), /4096 MiB.*256 CPU units.*512, 1024, 2048/],
  ["containers-cpu", "containers[1].cpu", pair({ cpu: 200 }, { cpu: 100 }), "200 + 100 = 300"],
  ["containers-memory", "containers[1].memory", pair({ memory: 400 }, { memory: 200 }), "400 + 200 = 600"],
  [
    "containers-memory-reservation",
    "containers[1].memoryReservation",
    pair({ memoryReservation: 400 }, { memoryReservation: 200 }),
    "400 + 200 = 600",
  ],
  ["memory-soft-over-hard", "containers[0].memoryReservation", webWith({}, { memory: 128, memoryReservation: 128 }), "128"],
  // containers and each other
  ["duplicate-container", "containers[1].name", pair({}, { name: "web" }), '"web"'],
  ["no-essential-container", "containers", pair({ essential: false }, { essential: "false" }), "essential"],
  ["duplicate-port", "containers[1].portMappings[0].containerPort", pair({}, { portMappings: [{ containerPort: "80" }] }), "80/tcp"],
  [
    "duplicate-port-name",
    "containers[1].portMappings[0].name",
    pair({ portMappings: [{ containerPort: 80, name: "http" }] }, { portMappings: [{ containerPort: 81, name: "http" }] }),
    '"http"',
  ],
  [
    "duplicate-environment",
    "containers[0].environment[1].name",
    webWith(
      {},
      {
        environment: [
          { name: "A", value: "1" },
          { name: "A", value: "2" },
        ],
      },
    ),
    '"A"',
  ],
  ["environment-value", "containers[0].environment[0].value", webWith({}, { environment: [{ name: "A" }] }), '"A"'],
  [
    "environment-value",
    "containers[0].environment[0].valueFrom",
    webWith(withRole, { environment: [{ name: "A", value: "1", valueFrom: secret }] }),
    '"A"',
  ],
  [
    "ulimit-soft-over-hard",
    "containers[0].ulimits[0].softLimit",
    webWith({}, { ulimits: [{ name: "nofile", softLimit: 3, hardLimit: 2 }] }),
    "3",
  ],
  [
    "duplicate-ulimit",
    "containers[0].ulimits[1].name",
    webWith(
      {},
      {
        ulimits: [
          { name: "nofile", softLimit: 1, hardLimit: 2 },
          { name: "nofile", softLimit: 1, hardLimit: 2 },
        ],
      },
    ),
    '"nofile"',
  ],
  [
    "secret-in-clear",
    "containers[0].environment[0].value",
    webWith({}, { environment: [{ name: "DB_PASSWORD", value: "hunter2" }] }),
    /"DB_PASSWORD"(?!.*hunter2)/,
    "warning",
  ],
  [
    "secret-in-clear",
    "containers[0].logging.options.splunk-token",
    webWith({}, { logging: { type: "manual", logDriver: "splunk", options: { "splunk-url": "https://s", "splunk-token": "abc" } } }),
    '"splunk-token"',
    "warning",
  ],
  ["secret-in-clear", "variables.DbPassword", webWith({ variables: { DbPassword: "hunter2" } }), "#{DbPassword}", "warning"],
  ["image-latest", "containers[0].image", webWith({}, { image: "nginx:latest" }), "latest", "warning"],
  [
    "health-check-timeout",
    "containers[0].healthCheck.timeout",
    webWith({}, { healthCheck: { command: "true", interval: 10, timeout: 20 } }),
    "20",
    "warning",
  ],
  [
    "execution-role-secrets",
    "taskExecutionRole.roleArn",
    webWith({}, { environment: [{ name: "A", valueFrom: secret }] }),
    '"web"',
    "warning",
  ],
  [
    "unknown-volume",
    "containers[0].mountPoints[0].sourceVolume",
    webWith({}, { mountPoints: [{ sourceVolume: "data", containerPath: "/d" }] }),
    '"data"',
  ],
  [
    "duplicate-mount-path",
    "containers[0].mountPoints[1].containerPath",
    webWith(
      { volumes: [{ name: "a" }] },
      {
        mountPoints: [
          { sourceVolume: "a", containerPath: "/d" },
          { sourceVolume: "a", containerPath: "/d" },
        ],
      },
    ),
    '"/d"',
  ],
  [
    "unknown-volume-container",
    "containers[0].volumesFrom[0].sourceContainer",
    webWith({}, { volumesFrom: [{ sourceContainer: "db" }] }),
    '"db"',
  ],
  [
    "unknown-volume-container",
    "containers[0].volumesFrom[0].sourceContainer",
    webWith({}, { volumesFrom: [{ sourceContainer: "web" }] }),
    "itself",
  ],
  [
    "duplicate-volumes-from",
    "containers[0].volumesFrom[1].sourceContainer",
    pair({ volumesFrom: [{ sourceContainer: "worker" }, { sourceContainer: "worker" }] }, {}),
    '"worker"',
  ],
  [
    "unknown-dependency",
    "containers[0].dependsOn[0].containerName",
    webWith({}, { dependsOn: [{ containerName: "db", condition: "START" }] }),
    '"db"',
  ],
  [
    "duplicate-dependency",
    "containers[1].dependsOn[1].containerName",
    pair(
      {},
      {
        dependsOn: [
          { containerName: "web", condition: "START" },
          { containerName: "web", condition: "START" },
        ],
      },
    ),
    '"web"',
  ],
  [
    "dependency-cycle",
    "containers[1].dependsOn[0].containerName",
    pair({ dependsOn: [{ containerName: "worker", condition: "START" }] }, { dependsOn: [{ containerName: "web", condition: "START" }] }),
    "web → worker → web",
  ],
  [
    "dependency-cycle",
    "containers[0].dependsOn[0].containerName",
    webWith({}, { dependsOn: [{ containerName: "web", condition: "START" }] }),
    "itself",
  ],
  [
    "dependency-cycle",
    "containers[1].volumesFrom[0].sourceContainer",
    pair({ dependsOn: [{ containerName: "worker", condition: "START" }] }, { volumesFrom: [{ sourceContainer: "web" }] }),
    "web → worker → web",
  ],
  [
    "dependency-cycle",
    "containers[1].volumesFrom[0].sourceContainer",
    pair({ volumesFrom: [{ sourceContainer: "worker" }] }, { volumesFrom: [{ sourceContainer: "web" }] }),
    "web → worker → web",
  ],
  [
    "dependency-health-check",
    "containers[1].dependsOn[0].condition",
    pair({}, { dependsOn: [{ containerName: "web", condition: "HEALTHY" }] }),
    '"web" has no health check',
  ],
  [
    "dependency-essential",
    "containers[1].dependsOn[0].condition",
    pair({}, { dependsOn: [{ containerName: "web", condition: "SUCCESS" }] }),
    "essential",
  ],
  // logging
  ["log-driver-missing", "containers[0].logging.logDriver", webWith({}, { logging: { type: "manual" } }), "no log driver"],
  [
    "log-options",
    "containers[0].logging.options",
    webWith({}, { logging: { type: "manual", logDriver: "awslogs", options: { "awslogs-group": "x" } } }),
    "awslogs-region and awslogs-stream-prefix",
  ],
  [
    "log-options-unused",
    "containers[0].logging.options",
    webWith({}, { logging: { type: "manual", logDriver: "none", options: { a: "b" } } }),
    "none",
    "warning",
  ],
  [
    "duplicate-secret-option",
    "containers[0].logging.secretOptions[1].name",
    webWith(withRole, {
      logging: {
        type: "manual",
        logDriver: "splunk",
        options: { "splunk-url": "x" },
        secretOptions: [
          { name: "splunk-token", valueFrom: secret },
          { name: "splunk-token", valueFrom: secret },
        ],
      },
    }),
    "splunk-token",
  ],
  [
    "firelens-router",
    "containers[0].logging.logDriver",
    webWith({}, { logging: { type: "manual", logDriver: "awsfirelens" } }),
    "no container is a FireLens router",
  ],
  [
    "firelens-self",
    "containers[0].logging.logDriver",
    webWith({}, { firelens: { type: "fluentbit" }, logging: { type: "manual", logDriver: "awsfirelens" } }),
    "itself",
  ],
  ["firelens-single", "containers[1].firelens", pair({ firelens: { type: "fluentbit" } }, { firelens: { type: "fluentd" } }), '"worker"'],
  ["firelens-unused", "containers[0].firelens", webWith({}, { firelens: { type: "fluentbit" } }), '"web"', "warning"],
  [
    "firelens-config-file",
    "containers[0].firelens.configFileValue",
    webWith({}, { firelens: { type: "fluentbit", configFileType: "file" } }),
    "no file is named",
  ],
  [
    "firelens-config-file",
    "containers[0].firelens.configFileValue",
    webWith({}, { firelens: { type: "fluentbit", configFileType: "s3", configFileValue: "/x" } }),
    '"/x"',
  ],
  [
    "absolute-path",
    "containers[0].firelens.configFileValue",
    webWith({}, { firelens: { type: "fluentbit", configFileType: "file", configFileValue: "extra.conf" } }),
    '"extra.conf"',
  ],
  [
    "arn-partition",
    "containers[0].firelens.configFileValue",
    webWith({}, { firelens: { type: "fluentbit", configFileType: "s3", configFileValue: "arn:aws-cn:s3:::b/x.conf" } }),
    "aws-cn",
  ],
  [
    "firelens-s3",
    "containers[0].firelens.configFileType",
    webWith({}, { firelens: { type: "fluentbit", configFileType: "s3", configFileValue: "arn:aws:s3:::b/x.conf" } }),
    "image",
    "warning",
  ],
  [
    "log-retention-conflict",
    "containers[1].logging.retentionInDays",
    pair({ logging: { retentionInDays: 7 } }, { logging: { retentionInDays: 30 } }),
    "30 days here, but for 7",
  ],
  // the deployment
  ["rollout-deadlock", "deployment.maximumPercent", webWith({ deployment: { maximumPercent: 100 } }), /100%.*100%/],
  [
    "rollout-deadlock",
    "deployment.maximumPercent",
    webWith({ deployment: { desiredCount: 1, minimumHealthyPercent: 50, maximumPercent: 150 } }),
    "50% of 1 is 1 when rounded up",
  ],
  [
    "rollout-deadlock",
    "deployment.maximumPercent",
    webWith({ deployment: { desiredCount: 3, minimumHealthyPercent: 100, maximumPercent: 125 } }),
    "125% of 3 is 3 when rounded down",
  ],
  [
    "zone-rebalancing-percent",
    "deployment.availabilityZoneRebalancing",
    webWith({ deployment: { desiredCount: 2, minimumHealthyPercent: 50, maximumPercent: 100, availabilityZoneRebalancing: true } }),
    "100",
  ],
  [
    "grace-period-load-balancer",
    "deployment.healthCheckGracePeriodSeconds",
    webWith({ deployment: { healthCheckGracePeriodSeconds: 60 } }),
    "60",
  ],
  ["execute-command-task-role", "deployment.enableExecuteCommand", webWith({ deployment: { enableExecuteCommand: true } }), "task role"],
  [
    "circuit-breaker-rollback",
    "deployment.circuitBreaker.rollback",
    webWith({ deployment: { circuitBreaker: { enable: false } } }),
    "off",
    "warning",
  ],
  [
    "circuit-breaker-threshold",
    "deployment.circuitBreaker.threshold.value",
    webWith({ deployment: { circuitBreaker: { threshold: { type: "BOUNDED_PERCENT", value: 120 } } } }),
    "120%",
    "warning",
  ],
  [
    "duplicate-capacity-provider",
    "deployment.capacityProviders[1].provider",
    webWith({ deployment: { capacityProviders: [{ provider: "FARGATE" }, { provider: "FARGATE" }] } }),
    '"FARGATE"',
  ],
  [
    "capacity-provider-base",
    "deployment.capacityProviders[1].base",
    webWith({
      deployment: {
        capacityProviders: [
          { provider: "FARGATE", base: 1 },
          { provider: "FARGATE_SPOT", base: 1 },
        ],
      },
    }),
    "FARGATE_SPOT has a base of 1, but FARGATE has one",
  ],
  [
    "capacity-provider-weights",
    "deployment.capacityProviders",
    webWith({ deployment: { capacityProviders: [{ provider: "FARGATE", weight: 0 }] } }),
    "weight 0",
  ],
  ["timeout-missing", "deploymentOptions.timeoutMinutes", webWith({ deploymentOptions: { wait: "waitWithTimeout" } }), "limit"],
  [
    "load-balancer-container",
    "loadBalancerMappings[0].containerName",
    webWith({
      loadBalancerMappings: [
        {
          containerName: "api",
          containerPort: 80,
          targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/0123456789abcdef",
        },
      ],
    }),
    '"api"',
  ],
  [
    "load-balancer-port",
    "loadBalancerMappings[0].containerPort",
    webWith({
      loadBalancerMappings: [
        {
          containerName: "web",
          containerPort: 8080,
          targetGroupArn: "arn:aws:elasticloadbalancing:eu-west-1:123456789012:targetgroup/shop/0123456789abcdef",
        },
      ],
    }),
    "8080",
  ],
  [
    "duplicate-tag",
    "tags.additional[1].key",
    webWith({
      tags: {
        additional: [
          { key: "a", value: "1" },
          { key: "a", value: "2" },
        ],
      },
    }),
    '"a"',
  ],
  [
    "execute-command-read-only",
    "containers[0].readonlyRootFilesystem",
    webWith(
      { configuration: { name: "shop-web", taskRole: role }, deployment: { enableExecuteCommand: true } },
      { readonlyRootFilesystem: true },
    ),
    '"web"',
    "warning",
  ],
  // volumes
  [
    "duplicate-volume",
    "volumes[1].name",
    webWith({ volumes: [{ name: "a" }, { name: "a" }] }, { mountPoints: [{ sourceVolume: "a", containerPath: "/a" }] }),
    '"a"',
  ],
  ["unused-volume", "volumes[0].name", webWith({ volumes: [{ name: "a" }] }), '"a"', "warning"],
  ["file-system-missing", "volumes[0].fileSystemId", efs({ fileSystemId: "" }), '"data"'],
  ["access-point-encryption", "volumes[0].encryptionInTransit", efs({ accessPointId: "fsap-0123456789abcdef0" }), "fsap-0123456789abcdef0"],
  [
    "access-point-root",
    "volumes[0].rootDirectory",
    efs({ accessPointId: "fsap-0123456789abcdef0", encryptionInTransit: true, rootDirectory: "/x" }),
    '"/x"',
  ],
  ["iam-authorization-encryption", "volumes[0].encryptionInTransit", efs({ iamAuthorization: true }), "IAM"],
  [
    "iam-authorization-role",
    "volumes[0].iamAuthorization",
    { ...efs({ iamAuthorization: true, encryptionInTransit: true }), configuration: { name: "x" } },
    "task role",
    "warning",
  ],
];

const table = cases.map(([rule, path, profile, says, severity = "error"]) => ({ rule, path, profile, says, severity }));

describe("a key of AWS's own formats", () => {
  it.each([
    ["where the profile says it", webWith({}, { secrets: [] }), "environment, as {name, valueFrom}"],
    ["in either letter case", webWith({ ContainerDefinitions: [] }), "It is containers."],
    ["and which of two excludes the other", webWith({ deployment: { launchType: "FARGATE" } }), "ECS takes only one of the two"],
  ])("is told %s", (_, profile, hint) => {
    expect(validate(profile).find(({ rule }) => rule === "unknown-key")?.hint).toContain(hint);
  });
});

it("an object where rows belong is told how rows are written", () => {
  const [issue] = validate(webWith({}, { environment: { LOG_LEVEL: "info" } }));
  expect(issue).toMatchObject({
    message: "This should be a list of environment variables, but it is an object with keys.",
    hint: "Write a row for each environment variable, such as - {name: …, value: …}.",
  });
});

it.each([
  [1, 100, "maximumPercent to 200 or more, or lower minimumHealthyPercent to 0."],
  [3, 110, "maximumPercent to 134 or more, or lower minimumHealthyPercent to 66 or less."],
])("a rollout of %i without room is told the percentages that give it some", (desiredCount, maximumPercent, hint) => {
  const [issue] = validate(webWith({ deployment: { desiredCount, minimumHealthyPercent: 90, maximumPercent } }));
  expect(issue?.hint).toContain(hint);
});

describe("every rule", () => {
  it("finds nothing in a profile without fault", () => {
    expect(validate(webProfile)).toEqual([]);
  });

  it.each(table)("$rule at $path", ({ rule, path, profile, says, severity }) => {
    const issue = validate(profile).find((found) => found.rule === rule && formatPath(found.path) === path);
    expect(issue, JSON.stringify(validate(profile))).toBeDefined();
    expect(issue?.severity).toBe(severity);
    expect(issue?.message).toMatch(says);
    expect(issue?.hint).toMatch(/\S/);
  });

  it.each(table)("$rule at $path is the only kind of error in its profile", ({ rule, profile }) => {
    const errors = validate(profile).filter((issue) => issue.severity === "error");
    expect(errors.filter((issue) => issue.rule !== rule)).toEqual([]);
  });
});

describe("secrets in clear", () => {
  it.each<[string, Json]>([
    ["DB_PASSWORD", "#{DbPassword}"],
    ["DB_PASSWORD", ""],
    ["DB_PASSWORD_FILE", "/run/secrets/db"],
    ["TOKEN_URL", "https://login.example.com/token"],
    ["TOKEN_LIFETIME", "3600"],
    ["USE_TOKEN", "true"],
    ["SECRET_ARN", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:a"],
    ["LOG_LEVEL", "debug"],
  ])("are not guessed: %s=%s", (name, value) => {
    expect(validate(webWith({}, { environment: [{ name, value }] }))).toEqual([]);
  });

  it("are not what a variable gave", () => {
    const bound = webWith({ variables: { P: { sensitive: true } } }, { environment: [{ name: "DB_PASSWORD", value: "#{P}" }] });
    expect(validate(bound, { variables: new VariableDictionary({ P: "hunter2" }), sensitiveValues: ["hunter2"] })).toEqual([]);
  });
});
