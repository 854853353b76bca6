import type { ActionNote, Service } from "./service.ts";

const cell = (text: string): string => text.replaceAll("|", "\\|") || "–";

const row = (action: string, note: ActionNote | undefined): string =>
  `| ${action} | ${cell(note?.parameters ?? "")} | ${cell(note?.differs ?? "")} |`;

const section = (service: Service): string =>
  [
    `### ${service.scope}`,
    "",
    "| action | parameters looked at | differs from AWS |",
    "|---|---|---|",
    ...Object.keys(service.actions)
      .sort()
      .map((action) => row(action, service.notes?.[action])),
  ].join("\n");

/** The README's table of actions, parameters and differences, in Markdown, from the services' own notes. */
export const actionTable = (services: readonly Service[]): string => services.map(section).join("\n\n");
