import { memorySizes } from "../rules/fargate-sizes.ts";
import { knownNumber } from "../rules/text.ts";
import type { Section } from "../schema.ts";
import { ecsGuide, taskParameter } from "./docs.ts";

const gib = (mib: number) => `${mib / 1024} GiB`;

/** Section 4: CPU, memory, architecture and disk of one task. */
export const taskSize = {
  key: "taskSize",
  title: "Task size",
  short: "Task size",
  field: {
    kind: "group",
    label: "Task size",
    help: "What one copy of the service (a task) gets, shared by all its containers. You pay for this size while tasks run.",
    required: true,
    fields: {
      cpu: {
        kind: "choice",
        label: "CPU",
        help: "Computing power of one task in CPU units: 1024 units are one virtual CPU. All containers of the task share it.",
        docs: taskParameter("task_size"),
        property: "AWS::ECS::TaskDefinition.Cpu",
        required: true,
        default: 256,
        options: [
          { value: 256, label: "0.25 vCPU" },
          { value: 512, label: "0.5 vCPU" },
          { value: 1024, label: "1 vCPU" },
          { value: 2048, label: "2 vCPU" },
          { value: 4096, label: "4 vCPU" },
          { value: 8192, label: "8 vCPU" },
          { value: 16384, label: "16 vCPU" },
        ],
      },
      memory: {
        kind: "number",
        label: "Memory",
        help: "Memory of one task, shared by its containers; a task that needs more is killed. Only certain sizes go with each CPU size.",
        docs: taskParameter("task_size"),
        property: "AWS::ECS::TaskDefinition.Memory",
        required: true,
        default: 512,
        unit: "MiB",
        choices: (scope) =>
          memorySizes(knownNumber(scope.siblings["cpu"])).map((mib) => ({ value: mib, label: mib < 1024 ? `${mib} MiB` : gib(mib) })),
      },
      cpuArchitecture: {
        kind: "choice",
        label: "CPU architecture",
        help: "The processor the image was built for. An image built for the other one starts and fails at once with an exec format error; images built on newer Macs are ARM64.",
        docs: ecsGuide("ecs-arm64"),
        property: "AWS::ECS::TaskDefinition.RuntimePlatform.CpuArchitecture",
        required: true,
        default: "X86_64",
        options: [
          { value: "X86_64", label: "X86_64", help: "Intel and AMD, also called amd64" },
          { value: "ARM64", label: "ARM64", help: "Graviton: about a fifth cheaper" },
        ],
      },
      ephemeralStorageGiB: {
        kind: "number",
        label: "Ephemeral storage",
        help: "Disk space of one task for images and temporary files, gone when the task stops. The first 20 GiB are free.",
        docs: ecsGuide("fargate-task-storage"),
        property: "AWS::ECS::TaskDefinition.EphemeralStorage.SizeInGiB",
        min: 21,
        max: 200,
        unit: "GiB",
        assumed: 20,
      },
    },
  },
} as const satisfies Section;
