import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Place } from "../../engine/deployment/record.ts";
import { UserError } from "../../engine/problem.ts";
import type { Outlook, Ports, SavedProfile } from "../../screens/ports.ts";
import { runApp, type Start } from "../../screens/run-app.tsx";
import type { WriteFile } from "../../store/documents.ts";
import { openDrafts } from "../../store/drafts.ts";
import { folders } from "../../store/folders.ts";
import { openProfiles, readProfiles } from "../../store/profiles.ts";
import { openRecords } from "../../store/records.ts";
import { replaceFile } from "../../store/replace-file.ts";
import { bearClosedTerminal, onInterrupt } from "../interruptible.ts";
import type { Io } from "../io.ts";
import { mfaCodes } from "../mfa.ts";
import type { GlobalOptions } from "../options.ts";
import { enterSandbox, type Reach, sandboxEnvironment } from "../sandbox.ts";
import { version } from "../version.ts";
import type { FirstRun } from "./deployments.ts";
import { editor, editText } from "./editor.ts";
import { form } from "./form.ts";
import { historyPort } from "./history.ts";
import { type Late, late, lateDiscovery } from "./late.ts";
import { canRun, runCommand } from "./lend-terminal.ts";
import { profilesPort, savedProfile } from "./profiles.ts";
import { terminalAbilities } from "./terminal.ts";
import type { World } from "./world.ts";

/** A saved profile by its name. */
export function savedOf(name: string): SavedProfile | undefined {
  const found = readProfiles(folders().profiles).read(name);
  return found && savedProfile(found);
}

/** The command line that leads back here: for the equivalent command on the review. */
function commandOf(options: GlobalOptions): string {
  const flags = [
    options.sandbox === undefined ? "" : ` --sandbox${options.sandbox === "default" ? "" : `=${options.sandbox}`}`,
    options.endpointUrl === undefined ? "" : ` --endpoint-url ${options.endpointUrl}`,
  ];
  return `ecs-wizard${flags.join("")}`;
}

/** The world as ports: what is there at once, and what follows the first frame. */
function portsOf(
  world: Late<World>,
  writer: Late<WriteFile>,
  outlook: Late<Outlook>,
  endpoint: Promise<string | undefined>,
  records: ReturnType<typeof openRecords>,
  place: () => Place,
): Ports {
  const places = folders();
  const save: WriteFile = (...file) => writer.now()(...file);
  return {
    form,
    outlook: {
      names: (profile) => outlook.known()?.names(profile) ?? [],
      template: (profile) => outlook.now().template(profile),
      cost: (profile) => outlook.known()?.cost?.(profile),
    },
    discovery: lateDiscovery(late(world.promised.then(({ discovery }) => discovery)), endpoint),
    profiles: profilesPort(openProfiles(places.profiles, save)),
    drafts: openDrafts(places.drafts, replaceFile),
    history: historyPort(records, () => Date.now(), place),
    deployments: {
      start: async (...given) => (await world.promised).deployments.start(...given),
      attach: async (...given) => (await world.promised).deployments.attach(...given),
      open: async (...given) => (await world.promised).deployments.open(...given),
      atWork: async (...given) => (await world.promised).deployments.atWork(...given),
      attachStack: async (...given) => (await world.promised).deployments.attachStack(...given),
      check: async (...given) => (await world.promised).deployments.check(...given),
      preview: async (...given) => (await world.promised).deployments.preview(...given),
      propose: async (...given) => (await world.promised).deployments.propose(...given),
      discard: async (...given) => (await world.promised).deployments.discard(...given),
      recover: async (...given) => (await world.promised).deployments.recover(...given),
      explain: (deployment) => world.now().deployments.explain(deployment),
      report: (...given) => world.now().deployments.report?.(...given) ?? "",
      consoleUrl: (deployment) => world.now().deployments.consoleUrl?.(deployment),
    },
    now: () => Date.now(),
    newId: () => randomBytes(6).toString("hex"),
    ...(editor() ? { editText } : {}),
    runCommand,
    canRun,
    writeFile: async (path, text) => {
      const full = resolve(path);
      await writeFile(full, text, { mode: 0o600 }).catch((error: Error) => {
        throw new UserError(`cannot write ${full}: ${error.message}`, { hint: "Choose another place." });
      });
      return full;
    },
  };
}

/**
 * Composes the interactive program and runs it, with AWS reached as given or as the options say; `first` is for the deployment it
 * begins with. Afterwards prints how it ended on the normal screen. Returns the exit code.
 */
export async function runInteractive(start: Start, options: GlobalOptions, io: Io, reach?: Reach, first?: FirstRun): Promise<number> {
  if (options.sandbox !== undefined) sandboxEnvironment();
  const records = openRecords(folders().deployments);
  const ended = new AbortController();
  const end = () => ended.abort();
  const deaf = onInterrupt(end);
  bearClosedTerminal();

  // Ink does so after the first frame: a key that comes in between would be echoed into it.
  process.stdin.setRawMode?.(true);
  // The frame first: AWS, the sandbox and all that is heavy are loaded behind it.
  const drawn = new Promise<void>((resolve) => setTimeout(resolve, 5));
  const sandbox = drawn.then(() => reach ?? enterSandbox(options));
  const endpoint = sandbox.then(({ endpointUrl }) => endpointUrl);
  // An endpoint of this machine is only known to be a sandbox once it answered.
  let place: Place = reach ?? (options.sandbox === undefined ? {} : { sandbox: options.sandbox });
  sandbox.then(
    (reached) => {
      place = reached;
    },
    () => {},
  );
  const realm = options.sandbox ?? process.env["AWS_ACCESS_KEY_ID"] ?? "";
  // Keeping drafts and looking at a template must not wait for AWS.
  const outlook = late(drawn.then(async () => (await import("./outlook.ts")).outlook));
  const writer = late(drawn.then(async () => (await import("../../store/write-file.ts")).writeWithConf));
  const loading = Promise.all([drawn.then(() => import("./world.ts")), sandbox]);
  const codes = mfaCodes();
  const world = loading.then(([{ createWorld }, { close: _, ...reached }]) => {
    const { credentials } = reached;
    credentials.askWith(codes.ask);
    return createWorld({
      ...reached,
      places: folders(),
      records,
      realm,
      ...(options.region ? { region: options.region } : {}),
      ...(first ? { first } : {}),
    });
  });
  let failure: unknown;
  world.catch((error: unknown) => {
    failure = error;
    end();
  });

  const region = options.region ?? (process.env["AWS_REGION"] || process.env["AWS_DEFAULT_REGION"]);
  const target = {
    ...(region ? { region } : {}),
    ...(options.awsProfile ? { awsProfile: options.awsProfile } : {}),
  };
  try {
    const { outcome, exitCode, next } = await runApp({
      ports: {
        ...portsOf(late(world), writer, outlook, endpoint, records, () => place),
        giveMfaCode: codes.give,
      },
      about: { version, command: commandOf(options), target, ...(options.sandbox === undefined ? {} : { sandbox: options.sandbox }) },
      start,
      theme: terminalAbilities(process.env, options.color),
      signal: ended.signal,
      screenReader: process.env["INK_SCREEN_READER"] === "true",
    });
    if (failure !== undefined) throw failure;
    if (next !== "sandbox") {
      for (const line of outcome) io.data(line);
      return exitCode;
    }
  } finally {
    try {
      await (await world.catch(() => undefined))?.close();
    } finally {
      process.stdin.setRawMode?.(false);
      if (!reach) await (await sandbox.catch(() => undefined))?.close();
      deaf();
    }
  }
  const { endpointUrl: _, awsProfile: __, ...rest } = options;
  return runInteractive({ screen: "home" }, { ...rest, sandbox: "default" }, io);
}
