import type { ContainerDefinition } from "../state.ts";

/** What a container writes while it starts. */
export function startLines(container: ContainerDefinition): string[] {
  const port = container.portMappings?.[0]?.containerPort;
  const variables = (container.environment?.length ?? 0) + (container.secrets?.length ?? 0);
  return [
    `[${container.name}] starting`,
    `[${container.name}] configuration loaded: ${variables} variable${variables === 1 ? "" : "s"}`,
    port === undefined ? `[${container.name}] worker ready, waiting for jobs` : `[${container.name}] listening on 0.0.0.0:${port}`,
  ];
}

/** What a container of a crash loop writes before it ends with exit code 1. */
export function crashLines(): string[] {
  return [
    "Error: connect ECONNREFUSED 10.0.3.7:5432",
    "    at TCPConnectWrap.afterConnect [as oncomplete] (node:net:1611:16)",
    "    at process.processTicksAndRejections (node:internal/process/task_queues:90:21)",
    "    at async connect (/app/node_modules/pg-pool/index.js:45:11)",
    "    at async start (/app/dist/server.js:27:3) {",
    "  errno: -111,",
    "  code: 'ECONNREFUSED',",
    "  syscall: 'connect',",
    "  address: '10.0.3.7',",
    "  port: 5432",
    "}",
    "Node.js v22.11.0",
  ];
}

/** What a container writes before the kernel kills it for its memory. */
export function outOfMemoryLines(limitMiB: number): string[] {
  return [
    "loading catalogue into memory: 25 %",
    "loading catalogue into memory: 50 %",
    `heap ${Math.round(limitMiB * 0.82)} MiB, rss ${Math.round(limitMiB * 0.94)} MiB of ${limitMiB} MiB`,
    "loading catalogue into memory: 75 %",
  ];
}
