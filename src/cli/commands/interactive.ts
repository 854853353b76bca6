import { UserError } from "../../engine/problem.ts";
import type { CommandCall, CommandSpec } from "../command.ts";
import type { GlobalOptions } from "../options.ts";
import { sourceProfile } from "../profile-source.ts";

/** Without a terminal nothing is drawn and nothing prompts. */
function mustBeInteractive(io: CommandCall<object>["io"], instead: string): void {
  if (!io.interactive) throw new UserError("the wizard needs a terminal, and there is none", { hint: instead });
  if (io.tooSmall) throw new UserError(io.tooSmall, { hint: `Make it larger. ${instead}` });
}

/** What is said to a first word that is no command. */
async function unknownCommand(word: string, commands: readonly CommandSpec[]): Promise<UserError> {
  const { distance } = await import("fastest-levenshtein");
  const close = commands
    .flatMap(({ name, isDefault }) => (isDefault ? [] : { name, wrong: name.startsWith(word) ? 0 : distance(word, name) }))
    .filter(({ wrong }) => wrong <= word.length / 3)
    .sort((a, b) => a.wrong - b.wrong)[0]?.name;
  return new UserError(`there is no command ${word}`, {
    hint: `${close ? `Did you mean ecs-wizard ${close}? ` : ""}ecs-wizard --help lists the commands.`,
  });
}

/** The home screen. */
export async function home({ args, options, io, commands }: CommandCall<GlobalOptions>): Promise<number> {
  const [unknown] = (args[0] ?? []) as string[];
  if (unknown !== undefined) throw await unknownCommand(unknown, commands);
  mustBeInteractive(io, "Use a command: ecs-wizard deploy PROFILE --yes, or ecs-wizard --help.");
  const { runInteractive } = await import("../interactive/run.ts");
  return runInteractive({ screen: "home" }, options, io);
}

/** The wizard on a new deployment, or on one that begins with a profile's answers. */
export async function create({ options, io }: CommandCall<GlobalOptions & { from?: string }>): Promise<number> {
  mustBeInteractive(io, "Write a profile file instead (ecs-wizard schema, docs/reference.md), then ecs-wizard deploy FILE --yes.");
  const profile = options.from === undefined ? undefined : sourceProfile(options.from).profile;
  const { runInteractive } = await import("../interactive/run.ts");
  return runInteractive({ screen: "new", ...(profile ? { profile: { ...profile, name: "" } } : {}) }, options, io);
}

/** The wizard on a profile, saved or in a file. */
export async function edit({ args, options, io }: CommandCall<GlobalOptions>): Promise<number> {
  mustBeInteractive(io, "Change the file in an editor, or deploy with --set PATH=VALUE.");
  const source = sourceProfile(String(args[0]));
  if (!source.profile)
    throw new UserError(`${source.path} is broken: ${source.issues[0]?.message ?? "it holds no profile"}`, {
      hint: source.issues[0]?.hint ?? "Mend the file.",
    });
  const { runInteractive, savedOf } = await import("../interactive/run.ts");
  const saved = source.saved ? savedOf(String(args[0])) : undefined;
  return runInteractive(saved ? { screen: "edit", saved } : { screen: "new", profile: source.profile }, options, io);
}
