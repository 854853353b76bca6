import { type Argument, Command, CommanderError, Option } from "commander";
import { exitCode } from "../engine/problem.ts";
import type { CommandSpec } from "./command.ts";
import { commands } from "./commands.ts";
import { explainFailure } from "./fail.ts";
import { type JsonDebtor, meantCommand, writeFailure } from "./fail-json.ts";
import { createIo } from "./io.ts";
import { type GlobalOptions, globalOptions, type OptionSpec } from "./options.ts";
import { version } from "./version.ts";

const collect = (value: string, before: readonly string[] = []) => [...before, value];

function addOption(command: Command, spec: OptionSpec, group?: string): void {
  const option = new Option(spec.flags, spec.help);
  if (spec.many) option.argParser(collect);
  if (spec.hidden) option.hideHelp();
  if (group) option.helpGroup(group);
  command.addOption(option);
}

/** Who owes JSON at the moment: the command that runs, or the one that is about to. */
let debtor: JsonDebtor | undefined;

/** Says what went wrong on stderr, and on stdout as JSON where that was asked for; returns the exit code it means. Of bugs, too. */
export function fail(error: unknown): number {
  if (debtor) writeFailure(debtor, error);
  debtor = undefined;
  if (error instanceof CommanderError) return exitCode.usage;
  return explainFailure(error, (text) => void process.stderr.write(`${text}\n`));
}

/** The heading of the options that every command takes. */
const everywhere = "Options of every command:";

/** An argument as the list of commands shows it. */
const argumentTerm = (argument: Argument) => {
  const name = `${argument.name()}${argument.variadic ? "..." : ""}`;
  return argument.required ? `<${name}>` : `[${name}]`;
};

/** `--sandbox` alone means the default scenario; its value, when there is one, is only ever written with `=`. */
const spellOut = (argument: string) => (argument === "--sandbox" ? "--sandbox=default" : argument);

function define(parent: Command, spec: CommandSpec, finish: (code: number) => void, above = "ecs-wizard"): Command {
  const words = spec.isDefault ? above : `${above} ${spec.name}`;
  const command = parent
    .command(spec.name, { isDefault: spec.isDefault ?? false })
    .description(spec.help)
    .showHelpAfterError(`(${words} --help lists ${spec.commands || spec.isDefault ? "the commands" : "what it takes"})`)
    .exitOverride();
  for (const argument of spec.args ?? []) command.argument(argument.name, argument.help);
  for (const option of spec.options ?? []) addOption(command, option);
  for (const option of globalOptions) addOption(command, option, everywhere);
  if (spec.examples) command.addHelpText("after", `\nExamples:\n${spec.examples.map((line) => `  ${line}`).join("\n")}`);
  for (const sub of spec.commands ?? []) define(command, sub, finish, words);
  const { load } = spec;
  if (!load) return command;
  command.action(async (...all: unknown[]) => {
    const args = all.slice(0, -2) as (string | string[] | undefined)[];
    const options = command.optsWithGlobals<GlobalOptions>();
    if (options.color === false || options.plain) process.env["NO_COLOR"] = "1";
    const io = createIo(options);
    debtor = options.json ? { spec, io } : undefined;
    const { run } = await load();
    finish(await run({ args, options: options as never, io, commands }));
  });
  return command;
}

/** Runs the command line; returns the exit code. Never throws. */
export async function main(argv: readonly string[]): Promise<number> {
  let code: number = exitCode.done;
  const program = new Command("ecs-wizard")
    .description(
      "Puts a container image on Amazon ECS (Fargate): a guided form, a preview, one CloudFormation stack, and errors explained.",
    )
    .version(version, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .enablePositionalOptions()
    .configureHelp({ subcommandTerm: (command) => [command.name(), ...command.registeredArguments.map(argumentTerm)].join(" ") })
    .configureOutput({ outputError: (text, write) => write(text.replace(/^error: /, "ecs-wizard: ")) })
    .showHelpAfterError("(ecs-wizard --help lists the commands)")
    .exitOverride();
  for (const spec of commands) {
    define(program, spec, (result) => {
      code = result;
    });
  }
  for (const option of globalOptions) addOption(program, option, everywhere);
  const before = argv.indexOf("--");
  const known = before < 0 ? argv : argv.slice(0, before);
  const [first, about] = known.filter((word) => !word.startsWith("-"));
  // Of what is no command there is no help either: it is told as if it had been given without `help`.
  const unknown = first === "help" && about !== undefined && !commands.some(({ name }) => name === about);
  const words = unknown ? known.filter((word) => word !== "help") : known;
  const meant = known.includes("--json") ? meantCommand(known, commands) : undefined;
  debtor = meant && { spec: meant, io: createIo({ json: true }) };
  try {
    await program.parseAsync([...words.map(spellOut), ...(before < 0 ? [] : argv.slice(before))], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCode.done;
    return fail(error);
  }
}
