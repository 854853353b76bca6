import type { CommandSpec } from "./command.ts";
import { type OptionSpec, profileOptions } from "./options.ts";

const profile = { name: "<profile>", help: "a saved profile's name, or the path of a YAML or JSON file" };
const waiting: readonly OptionSpec[] = [
  { flags: "--no-wait", help: "start the deployment and return" },
  { flags: "--timeout <minutes>", help: "stop waiting after so many minutes (exit code 4); the deployment goes on" },
];
const yes: OptionSpec = { flags: "-y, --yes", help: "do not ask" };

/** One of the imports: they differ in what they read only. */
const importer = (
  name: string,
  help: string,
  source: { name: string; help: string },
  load: NonNullable<CommandSpec["load"]>,
): CommandSpec => ({
  name,
  help,
  args: [source],
  options: [
    { flags: "--name <name>", help: "the profile's name" },
    { flags: "--out <file>", help: "write to a file instead of saving" },
  ],
  load,
});

/** Every command of the program, in the order of its help. */
export const commands: readonly CommandSpec[] = [
  {
    name: "home",
    isDefault: true,
    help: "the home screen (also without a command)",
    args: [{ name: "[command...]", help: "" }],
    load: () => import("./commands/interactive.ts").then((m) => ({ run: m.home })),
  },
  {
    name: "new",
    help: "the wizard, for a new deployment",
    options: [{ flags: "--from <profile>", help: "begin with the answers of a profile" }],
    load: () => import("./commands/interactive.ts").then((m) => ({ run: m.create })),
  },
  {
    name: "edit",
    help: "the wizard, on a profile",
    args: [profile],
    load: () => import("./commands/interactive.ts").then((m) => ({ run: m.edit })),
  },
  {
    name: "deploy",
    help: "deploy a profile",
    args: [profile],
    options: [
      ...profileOptions,
      yes,
      ...waiting,
      { flags: "--no-check", help: "neither look for the cluster nor run the checks first" },
      { flags: "--replace-failed-stack", help: "delete a stack in a failed state first, even one that holds a running service" },
      { flags: "--continue-rollback", help: "continue a rollback that failed, then deploy" },
      { flags: "--skip-resources <ids>", help: "with --continue-rollback: the logical ids, with commas, of what can't go back" },
      { flags: "--outputs <file>", help: "write the output values to a file (.json or .env)" },
    ],
    examples: ["ecs-wizard deploy shop-web --image web=1.4.3 --yes", "ecs-wizard deploy shop.yaml --var Env=prod --json"],
    jsonLines: true,
    load: () => import("./commands/deploy.ts").then((m) => ({ run: m.deploy })),
  },
  {
    name: "preview",
    help: "what a deployment would change",
    args: [profile],
    options: [...profileOptions, { flags: "--exit-code", help: "exit with 10 when there are changes" }],
    load: () => import("./commands/deploy.ts").then((m) => ({ run: m.preview })),
  },
  {
    name: "check",
    help: "what would keep a deployment from succeeding",
    args: [profile],
    options: profileOptions,
    examples: ["ecs-wizard check shop-web --image web=1.4.3", "ecs-wizard check shop.yaml --json"],
    load: () => import("./commands/check.ts"),
  },
  {
    name: "validate",
    help: "check a profile without asking AWS",
    args: [profile],
    options: profileOptions,
    load: () => import("./commands/validate.ts"),
  },
  {
    name: "export",
    help: "the CloudFormation template of a profile",
    args: [profile],
    options: [
      ...profileOptions,
      { flags: "--format <format>", help: "yaml or json" },
      { flags: "--out <file>", help: "write to a file" },
      { flags: "--resolve", help: "substitute the variables first" },
      { flags: "--allow-invalid", help: "export a profile with errors, too" },
    ],
    load: () => import("./commands/export.ts"),
  },
  {
    name: "watch",
    help: "attach to a running deployment",
    args: [{ name: "[deployment]", help: "a profile, a deployment or a stack; default: what is running, else the last one" }],
    options: [{ flags: "--timeout <minutes>", help: "stop waiting after so many minutes (exit code 4)" }],
    jsonLines: true,
    load: () => import("./commands/deploy.ts").then((m) => ({ run: m.watch })),
  },
  {
    name: "delete",
    help: "delete the stack of a profile",
    args: [profile],
    options: [...profileOptions, yes],
    jsonLines: true,
    load: () => import("./commands/deploy.ts").then((m) => ({ run: m.remove })),
  },
  {
    name: "errors",
    help: "why a deployment failed",
    args: [{ name: "[deployment]", help: "a profile or a deployment; default: the last that failed" }],
    options: [
      { flags: "--refresh", help: "ask AWS again while it still knows" },
      { flags: "--all", help: "a report with every message and log line, in Markdown" },
    ],
    load: () => import("./commands/errors.ts").then((m) => ({ run: m.errors })),
  },
  {
    name: "explain",
    help: "explain a pasted error message",
    args: [{ name: "[text...]", help: "the message; default: one per line on stdin" }],
    load: () => import("./commands/explain.ts").then((m) => ({ run: m.explain })),
  },
  {
    name: "history",
    help: "past deployments, or all about one",
    args: [{ name: "[profile]", help: "only those of a profile; or the id of one deployment" }],
    options: [
      { flags: "--template", help: "print the template of a deployment" },
      { flags: "--as-profile", help: "print the profile of a deployment, as it was deployed" },
      { flags: "--events", help: "print everything that was seen of a deployment" },
      { flags: "--out <file>", help: "write the template or the profile to a file" },
    ],
    examples: ["ecs-wizard history shop-web", "ecs-wizard deploy ecsw-20261128-161904-zvay80    # back to that version"],
    load: () => import("./commands/history.ts"),
  },
  {
    name: "profiles",
    help: "saved profiles",
    commands: [
      { name: "list", help: "list them", load: () => import("./commands/profiles.ts").then((m) => ({ run: m.list })) },
      { name: "show", help: "print one", args: [profile], load: () => import("./commands/profiles.ts").then((m) => ({ run: m.show })) },
      {
        name: "copy",
        help: "copy one under a new name",
        args: [
          { name: "<name>", help: "the profile" },
          { name: "<copy>", help: "the new name" },
        ],
        load: () => import("./commands/profiles.ts").then((m) => ({ run: m.copy })),
      },
      {
        name: "rename",
        help: "rename one",
        args: [
          { name: "<name>", help: "the profile" },
          { name: "<new-name>", help: "the new name" },
        ],
        load: () => import("./commands/profiles.ts").then((m) => ({ run: m.rename })),
      },
      {
        name: "remove",
        help: "remove one",
        args: [{ name: "<name>", help: "the profile" }],
        options: [yes],
        load: () => import("./commands/profiles.ts").then((m) => ({ run: m.remove })),
      },
      {
        name: "import",
        help: "save a profile file under its name",
        args: [{ name: "<file>", help: "YAML or JSON" }],
        options: [
          { flags: "--name <name>", help: "another name" },
          { flags: "--force", help: "over a profile of that name" },
        ],
        load: () => import("./commands/profiles.ts").then((m) => ({ run: m.importFile })),
      },
      {
        name: "export",
        help: "print or write a saved profile",
        args: [{ name: "<name>", help: "the profile" }],
        options: [
          { flags: "--format <format>", help: "yaml or json" },
          { flags: "--out <file>", help: "write to a file" },
        ],
        load: () => import("./commands/profiles.ts").then((m) => ({ run: m.exportProfile })),
      },
    ],
  },
  {
    name: "import",
    help: "make a profile of what you have",
    commands: [
      importer("octopus", "of an Octopus Deploy step", { name: "<file>", help: "the step's properties, JSON" }, () =>
        import("./commands/import.ts").then((m) => ({ run: m.octopus })),
      ),
      importer("service", "of a running service", { name: "<cluster/service>", help: "e.g. production/web" }, () =>
        import("./commands/import.ts").then((m) => ({ run: m.service })),
      ),
      importer("task-definition", "of a task definition", { name: "<file>", help: "as aws ecs describe-task-definition prints it" }, () =>
        import("./commands/import.ts").then((m) => ({ run: m.taskDefinition })),
      ),
      importer("compose", "of a Compose file", { name: "<file>", help: "compose.yaml" }, () =>
        import("./commands/import.ts").then((m) => ({ run: m.compose })),
      ),
      importer("copilot", "of an AWS Copilot manifest", { name: "<file>", help: "manifest.yml" }, () =>
        import("./commands/import.ts").then((m) => ({ run: m.copilot })),
      ),
    ],
  },
  {
    name: "permissions",
    help: "the least IAM policy that deploying needs, as JSON",
    args: [{ name: "[profile]", help: "only what this profile needs; default: what any deployment needs" }],
    options: [
      ...profileOptions,
      {
        flags: "--for <purpose>",
        help: "deploy (default), watch, wizard (what the pickers list), check (what the checks ask; both optional), or all",
      },
    ],
    examples: ["ecs-wizard permissions shop-web > policy.json"],
    load: () => import("./commands/permissions.ts"),
  },
  {
    name: "render",
    help: "try an expression",
    args: [{ name: "<template>", help: "a text with #{…}" }],
    options: profileOptions.filter(({ flags }) => flags.startsWith("--var")),
    load: () => import("./commands/render.ts"),
  },
  { name: "schema", help: "JSON Schema of a profile file, for editors", load: () => import("./commands/schema.ts") },
  {
    name: "sandbox",
    help: "serve the simulated AWS account until interrupted",
    args: [{ name: "[scenario]", help: "default, empty, large, crash-loop, …; several with commas" }],
    options: [
      { flags: "--port <n>", help: "the loopback port; default: a free one" },
      { flags: "--caller-policy <file>", help: "an IAM policy, JSON: whoever calls may do what it allows, and nothing else" },
    ],
    load: () => import("./commands/sandbox.ts"),
  },
  {
    name: "completion",
    help: "shell completion",
    args: [{ name: "<shell>", help: "bash, zsh or fish" }],
    load: () => import("./commands/completion.ts"),
  },
];
