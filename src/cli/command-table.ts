import type { CommandSpec } from "./command.ts";

/** The commands as a Markdown table: how each is written, and what it does. */
export function commandTable(commands: readonly CommandSpec[]): string {
  const rows = commands.flatMap((spec) => (spec.commands ? spec.commands.map((sub) => row(sub, spec.name)) : [row(spec)]));
  return ["| command | |", "| --- | --- |", ...rows].join("\n");
}

function row({ name, isDefault, args = [], help }: CommandSpec, above?: string): string {
  const words = isDefault ? [] : [above, name, ...args.map((argument) => argument.name)];
  return `| \`${["ecs-wizard", ...words].filter(Boolean).join(" ")}\` | ${[above, help].filter(Boolean).join(": ")} |`;
}
