import type { CommandSpec } from "./command.ts";
import type { OptionSpec } from "./options.ts";

/** What a shell needs to know of a command: its words, and whether profile names complete it. */
interface Entry {
  readonly words: string;
  readonly help: string;
  readonly subcommands: readonly CommandSpec[];
  readonly flags: readonly OptionSpec[];
  readonly takesProfile: boolean;
}

const longFlag = (option: OptionSpec) => /--[a-z-]+/.exec(option.flags)?.[0] ?? option.flags;
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

function entries(commands: readonly CommandSpec[], globals: readonly OptionSpec[], above = ""): Entry[] {
  return commands.flatMap((spec) => {
    const words = above ? `${above} ${spec.name}` : spec.name;
    const takesProfile = (spec.args ?? []).some(({ name }) => /profile|deployment|<name>/.test(name));
    const own = { words, help: spec.help, subcommands: spec.commands ?? [], flags: [...(spec.options ?? []), ...globals], takesProfile };
    return [own, ...entries(spec.commands ?? [], globals, words)];
  });
}

/** The names that a shell asks for while completing: saved profiles, one a line. */
const profileNames = "ecs-wizard profiles list --names 2>/dev/null";

/** The completion script of a shell, derived from the table of commands; undefined for a shell it does not know. */
export function completionScript(shell: string, commands: readonly CommandSpec[], globals: readonly OptionSpec[]): string | undefined {
  const all = entries(commands, globals);
  const top = commands.map(({ name }) => name).join(" ");
  if (shell === "bash" || shell === "zsh") {
    const cases = all.map(({ words, subcommands, flags, takesProfile }) => {
      const names = takesProfile ? ` $(${profileNames})` : "";
      return `    ${quoted(words)}) words="${[...subcommands.map(({ name }) => name), ...flags.map(longFlag)].join(" ")}${names}" ;;`;
    });
    const bash = `_ecs_wizard() {
  local current="\${COMP_WORDS[COMP_CWORD]}" command="" word words
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) ;; *) [ -z "$command" ] && command="$word" || { case "$command" in profiles|import) command="$command $word" ;; esac; } ;; esac
  done
  case "$command" in
    '') words="${top} ${globals.map(longFlag).join(" ")}" ;;
${cases.join("\n")}
    *) words="" ;;
  esac
  COMPREPLY=($(compgen -W "$words" -- "$current"))
  [ \${#COMPREPLY[@]} -eq 0 ] && COMPREPLY=($(compgen -f -- "$current"))
}
complete -o filenames -F _ecs_wizard ecs-wizard
`;
    return shell === "bash" ? bash : `autoload -U +X bashcompinit && bashcompinit\n${bash}`;
  }
  if (shell === "fish") {
    const lines = all.flatMap(({ words, help, flags, takesProfile }) => {
      const [first, second] = words.split(" ");
      const here = second
        ? `__fish_seen_subcommand_from ${first}; and __fish_seen_subcommand_from ${second}`
        : `__fish_seen_subcommand_from ${first}`;
      const offered = second ? `__fish_seen_subcommand_from ${first}` : "__fish_use_subcommand";
      return [
        `complete -c ecs-wizard -n ${quoted(offered)} -a ${quoted(second ?? words)} -d ${quoted(help)}`,
        ...flags.map((flag) => `complete -c ecs-wizard -n ${quoted(here)} -l ${longFlag(flag).slice(2)} -d ${quoted(flag.help)}`),
        ...(takesProfile ? [`complete -c ecs-wizard -n ${quoted(here)} -a '(${profileNames})'`] : []),
      ];
    });
    return `${lines.join("\n")}\n`;
  }
  return undefined;
}
