import { expect, it } from "vitest";
import { formatPath, type JsonObject } from "../../../src/engine/schema.ts";
import { validate } from "../../../src/engine/values.ts";

const profile: JsonObject = {
  version: 1,
  name: "twenty-faults",
  target: { region: "eu-west-1", cluster: "production", enviroment: "test" },
  configuration: { name: "shop web" },
  taskExecutionRole: { roleArn: "arn:aws-cn:iam::123456789012:role/x" },
  taskSize: { cpu: 256, memory: 4096, ephemeralStorageGiB: 500 },
  network: { subnets: Array.from({ length: 17 }, (_, at) => `subnet-${String(at).padStart(17, "0")}`), securityGroups: [] },
  tags: { additional: [{ key: "aws:x", value: "1" }] },
  containers: [
    {
      name: "web",
      image: "nginx:1.27",
      cpu: "a lot",
      gpus: 1,
      portMappings: [{ containerPort: 80 }, { containerPort: 80 }],
      environment: [
        { name: "A", value: "1" },
        { name: "A", value: "2" },
        { name: "B", valueFrom: "password" },
      ],
      mountPoints: [{ sourceVolume: "data", containerPath: "/data" }],
      dependsOn: [{ containerName: "db", condition: "START" }],
      ulimits: [{ name: "nproc", softLimit: 1, hardLimit: 1 }],
      logging: { type: "manual", logDriver: "awsfirelens" },
      memory: 128,
      memoryReservation: 256,
    },
  ],
  deployment: { desiredCount: -1, maximumPercent: 100, healthCheckGracePeriodSeconds: 60 },
  loadBalancerMappings: [],
};

it("lists all twenty faults of a profile, each with its place and rule", () => {
  const errors = validate(profile).filter(({ severity }) => severity === "error");
  expect(errors.map(({ path, rule }) => `${formatPath(path)} ${rule}`).sort()).toEqual(
    [
      "target.enviroment unknown-key",
      "configuration.name name-characters",
      "taskExecutionRole.roleArn arn-partition",
      "taskSize.memory cpu-memory-pair",
      "taskSize.ephemeralStorageGiB out-of-range",
      "network.subnets too-many",
      "network.securityGroups required",
      "tags.additional[0].key tag-prefix",
      "containers[0].cpu not-a-number",
      "containers[0].gpus fargate-unsupported",
      "containers[0].portMappings[1].containerPort duplicate-port",
      "containers[0].environment[1].name duplicate-environment",
      "containers[0].environment[2].valueFrom secret-arn",
      "containers[0].mountPoints[0].sourceVolume unknown-volume",
      "containers[0].dependsOn[0].containerName unknown-dependency",
      "containers[0].ulimits[0].name fargate-unsupported",
      "containers[0].logging.logDriver firelens-router",
      "containers[0].memoryReservation memory-soft-over-hard",
      "deployment.desiredCount out-of-range",
      "deployment.maximumPercent rollout-deadlock",
      "deployment.healthCheckGracePeriodSeconds grace-period-load-balancer",
    ].sort(),
  );
});
