/** The options of the command line as data: help, parsing and shell completion derive from it. */

/** What every command takes. */
export interface GlobalOptions {
  readonly sandbox?: string;
  readonly sandboxState?: string;
  readonly sandboxSpeed?: string;
  readonly fresh?: boolean;
  readonly region?: string;
  readonly awsProfile?: string;
  readonly endpointUrl?: string;
  readonly json?: boolean;
  readonly plain?: boolean;
  readonly color?: boolean;
}

/** What the commands that read a profile take besides. */
export interface ProfileOptions extends GlobalOptions {
  readonly image?: readonly string[];
  readonly var?: readonly string[];
  readonly vars?: readonly string[];
  readonly set?: readonly string[];
}

/** One option: commander's flags, its help text, and whether it may be given several times. */
export interface OptionSpec {
  readonly flags: string;
  readonly help: string;
  readonly many?: boolean;
  readonly hidden?: boolean;
}

export const globalOptions: readonly OptionSpec[] = [
  { flags: "--sandbox <scenario>", help: "use the simulated AWS account, e.g. --sandbox or --sandbox=crash-loop" },
  { flags: "--sandbox-state <file>", help: "keep the sandbox account in this file between runs (auto: in the data folder)" },
  { flags: "--sandbox-speed <n>", help: "how many times faster than real the sandbox's clock runs" },
  { flags: "--fresh", help: "begin the kept sandbox account anew" },
  { flags: "--region <region>", help: "the AWS region, over the profile's" },
  { flags: "--aws-profile <name>", help: "the AWS shared-config profile, over the profile's" },
  { flags: "--endpoint-url <url>", help: "another endpoint for every AWS service" },
  { flags: "--json", help: "machine-readable output" },
  { flags: "--plain", help: "plain lines: no colours, no cursor movement" },
  { flags: "--no-color", help: "no colours (also: NO_COLOR)" },
];

export const profileOptions: readonly OptionSpec[] = [
  { flags: "--image <container=tag>", help: "image version of a container: a tag, or a whole image reference", many: true },
  { flags: "--var <name=value>", help: "value of a variable", many: true },
  { flags: "--vars <file>", help: "variables from a YAML, JSON or .env file", many: true },
  { flags: "--set <path=value>", help: "set a field, e.g. deployment.desiredCount=3", many: true },
];
