/** One container as `AWS::ECS::TaskDefinition ContainerDefinition`. */
import type { Container } from "../sections/index.ts";
import { imageInTemplate } from "./images.ts";
import { logsManually } from "./parameters.ts";
import { each, given, properties, ref, type Template, type TemplateObject } from "./values.ts";

/** The container's definition; what is not set is left out. */
export function containerDefinition(container: Container): TemplateObject {
  const { environment, networkSettings } = container;
  return properties({
    Name: container.name,
    Image: imageInTemplate(container.image),
    RepositoryCredentials: container.repositoryCredentials && { CredentialsParameter: container.repositoryCredentials.secretArn },
    Essential: container.essential,
    Cpu: container.cpu,
    Memory: container.memory,
    MemoryReservation: container.memoryReservation,
    ResourceRequirements:
      container.gpus === undefined || container.gpus === 0 ? undefined : [{ Type: "GPU", Value: String(container.gpus) }],
    PortMappings: each(container.portMappings, ({ containerPort, protocol, name, appProtocol }) =>
      given({ Name: name, ContainerPort: containerPort, HostPort: containerPort, Protocol: protocol, AppProtocol: appProtocol }),
    ),
    HealthCheck: container.healthCheck && healthCheck(container.healthCheck),
    EntryPoint: container.entryPoint,
    Command: container.command,
    WorkingDirectory: container.workingDirectory,
    User: container.user,
    Environment: each(environment, ({ name, value, valueFrom }) =>
      valueFrom === undefined ? { Name: name, Value: value ?? "" } : undefined,
    ),
    Secrets: each(environment, ({ name, valueFrom }) => (valueFrom === undefined ? undefined : { Name: name, ValueFrom: valueFrom })),
    EnvironmentFiles: each(container.environmentFiles, (file) => ({ Type: "s3", Value: file })),
    ReadonlyRootFilesystem: container.readonlyRootFilesystem,
    MountPoints: each(container.mountPoints, ({ sourceVolume, containerPath, readOnly }) =>
      given({ SourceVolume: sourceVolume, ContainerPath: containerPath, ReadOnly: readOnly }),
    ),
    VolumesFrom: each(container.volumesFrom, ({ sourceContainer, readOnly }) =>
      given({ SourceContainer: sourceContainer, ReadOnly: readOnly }),
    ),
    LogConfiguration: logConfiguration(container),
    FirelensConfiguration: container.firelens && firelens(container.firelens),
    DependsOn: each(container.dependsOn, ({ containerName, condition }) => ({ ContainerName: containerName, Condition: condition })),
    StartTimeout: container.startTimeout,
    StopTimeout: container.stopTimeout,
    DockerLabels: container.dockerLabels,
    Ulimits: each(container.ulimits, ({ name, softLimit, hardLimit }) => ({ Name: name, SoftLimit: softLimit, HardLimit: hardLimit })),
    LinuxParameters: container.initProcessEnabled === undefined ? undefined : { InitProcessEnabled: container.initProcessEnabled },
    RestartPolicy: container.restartPolicy && restartPolicy(container.restartPolicy),
    Privileged: container.privileged,
    DisableNetworking: networkSettings?.disableNetworking,
    DnsServers: networkSettings?.dnsServers,
    DnsSearchDomains: networkSettings?.dnsSearchDomains,
    ExtraHosts: each(networkSettings?.extraHosts, ({ hostname, ipAddress }) => given({ Hostname: hostname, IpAddress: ipAddress })),
  });
}

function healthCheck(check: NonNullable<Container["healthCheck"]>): TemplateObject {
  const { command, interval, timeout, retries, startPeriod } = check;
  return properties({ Command: command, Interval: interval, Timeout: timeout, Retries: retries, StartPeriod: startPeriod });
}

function restartPolicy(policy: NonNullable<Container["restartPolicy"]>): TemplateObject {
  const number = (code: string) => (/^-?\d+$/.test(code) ? Number(code) : code);
  return properties({
    Enabled: policy.enabled,
    IgnoredExitCodes: policy.ignoredExitCodes?.map(number),
    RestartAttemptPeriod: policy.restartAttemptPeriod,
  });
}

/** `auto` writes to the stack's log group in the stack's region; the driver `none` means no log configuration at all. */
function logConfiguration(container: Container): Template | undefined {
  const { logging } = container;
  if (!logsManually(container)) {
    const options = { "awslogs-group": ref("LogGroupName"), "awslogs-region": ref("AWS::Region"), "awslogs-stream-prefix": "ecs" };
    return { LogDriver: "awslogs", Options: options };
  }
  if (logging.logDriver === undefined || logging.logDriver === "none") return undefined;
  return properties({
    LogDriver: logging.logDriver,
    Options: logging.options,
    SecretOptions: each(logging.secretOptions, ({ name, valueFrom }) => ({ Name: name, ValueFrom: valueFrom })),
  });
}

function firelens(router: NonNullable<Container["firelens"]>): TemplateObject {
  const fromFile = router.configFileType !== "none";
  const options = given({
    "enable-ecs-log-metadata": router.enableEcsLogMetadata === undefined ? undefined : String(router.enableEcsLogMetadata),
    "config-file-type": fromFile ? router.configFileType : undefined,
    "config-file-value": fromFile ? router.configFileValue : undefined,
  });
  return properties({ Type: router.type, Options: options });
}
