import { fileURLToPath } from "node:url";
import type { DeployEvent } from "../../src/engine/deployment/events.ts";
import type { Problem } from "../../src/engine/problem.ts";
import type { JsonObject, Path } from "../../src/engine/schema.ts";
import { parsePath } from "../../src/engine/schema.ts";
import { textState } from "../../src/engine/text-editing.ts";
import { layersOf } from "../../src/screens/app/layers.ts";
import { openForm } from "../../src/screens/app/open-form.ts";
import { createProgram, initialState, type Program } from "../../src/screens/app/program.ts";
import type { Overlay } from "../../src/screens/app/state.ts";
import { attachDeployment } from "../../src/screens/deployment/watch.ts";
import { activeKeys } from "../../src/screens/ui/bindings.ts";
import { textKeys } from "../../src/screens/ui/text-keys.ts";
import { beginning, toldDeployment } from "../../test/support/fake-deployment.ts";
import { memoryPorts } from "../../test/support/screen-ports.ts";

/** Where the page stands. */
export const keysFile = fileURLToPath(new URL("../../docs/keys.md", import.meta.url));

const profile: JsonObject = {
  target: { region: "eu-west-1" },
  configuration: { name: "shop" },
  containers: [
    { name: "web", image: "web:1", command: ["run", "me"], environment: [{ name: "A", value: "1" }], dockerLabels: { team: "shop" } },
    { name: "side", image: "side:1" },
  ],
};

type Situation = (program: Program) => unknown;

/** On a field of the form; deeper levels are opened by the path. */
const on =
  (place: string): Situation =>
  (program) => {
    openForm(program, { profile });
    program.wizard({ type: "jump", path: parsePath(place) as Path });
  };

/** In a level of the form, on the line with that id. */
const at =
  (level: Path, id: string): Situation =>
  (program) => {
    openForm(program, { profile });
    program.wizard({ type: "open", level });
    program.wizard({ type: "focus", id });
  };

const over =
  (overlay: Overlay): Situation =>
  (program) => {
    openForm(program, { profile });
    program.open(overlay);
  };

const prompt = { type: "prompt", title: "", help: "", text: textState(""), submit: () => undefined } as const;

const refused: Problem = { kind: "credentials", message: "", hint: "", command: "aws sso login" };

/** In the form while AWS does not know us. */
const signedOut: Situation = (program) => {
  on("configuration.name")(program);
  program.update((state) => ({ ...state, identity: { status: "failed", problem: refused } }));
};

/** On the pane of a deployment, to which this was told besides its beginning. */
const deploying =
  (...more: readonly DeployEvent[]): Situation =>
  async (program) => {
    told = more;
    attachDeployment(program, "d-1");
    await Promise.resolve();
  };

/** What the next deployment that is attached to tells. */
let told: readonly DeployEvent[] = [];

const manyResources: DeployEvent = {
  type: "resources",
  resources: Array.from({ length: 50 }, (_, at) => ({ logicalId: `Topic${at}`, type: "AWS::SNS::Topic" })),
};

/** Each heading with the states of the program whose keys stand under it, and which layer of the keyboard it is about. */
const situations: readonly { readonly title: string; readonly layer: string; readonly states: readonly Situation[] }[] = [
  { title: "Everywhere", layer: "program", states: [() => undefined] },
  {
    title: "Home",
    layer: "home",
    states: [(program) => program.update((state) => ({ ...state, screen: "home", deleted: { name: "", putBack: () => {} } }))],
  },
  {
    title: "The form, on every line",
    layer: "form",
    states: [on("configuration.name"), on("target.region"), on("containers[0].name"), signedOut],
  },
  { title: "A text, secret or number", layer: "field", states: [on("taskSize.memory"), on("configuration.name")] },
  { title: "A switch", layer: "field", states: [on("network.assignPublicIp")] },
  { title: "A choice", layer: "field", states: [on("taskSize.cpu")] },
  { title: "A value from a list of the account", layer: "field", states: [on("target.cluster"), on("network.subnets")] },
  { title: "A group, or fields folded away", layer: "field", states: [on("deployment.circuitBreaker")] },
  { title: "A list, as a field", layer: "field", states: [on("containers[1].portMappings"), on("containers[0].environment")] },
  {
    title: "A row of a list",
    layer: "row",
    states: [at(["containers"], "containers[0]"), at(["containers", 0, "environment"], "containers[0].environment[0]")],
  },
  { title: "The line that adds a row", layer: "field", states: [at(["containers"], "add")] },
  {
    title: "An item of a command or of labels",
    layer: "item",
    states: [
      at(["containers", 0, "command"], "containers[0].command[0]"),
      at(["containers", 0, "dockerLabels"], "containers[0].dockerLabels[0]"),
    ],
  },
  {
    title: "A list of the account, opened",
    layer: "picker",
    states: [over({ type: "picker", path: ["network", "subnets"], many: true, filter: textState(""), cursor: 0 })],
  },
  { title: "The options of a choice", layer: "choice", states: [over({ type: "choice", path: ["taskSize", "cpu"], cursor: 0 })] },
  { title: "Search over all fields", layer: "search", states: [over({ type: "search", filter: textState(""), cursor: 0 })] },
  { title: "The list of sections", layer: "sections", states: [over({ type: "sections", cursor: 0 })] },
  {
    title: "A question with a text",
    layer: "question",
    states: [over({ ...prompt, suggestions: ["a"] }), over({ ...prompt, multiline: true })],
  },
  {
    title: "A page to read",
    layer: "viewer",
    states: [over({ type: "viewer", title: "", lines: [], offset: 0, copy: { text: "", file: "" } })],
  },
  {
    title: "Review & deploy",
    layer: "review",
    states: [at([], "")],
  },
  {
    title: "Saved profiles",
    layer: "profiles",
    states: [(program) => program.update((state) => ({ ...state, screen: "profiles", deleted: { name: "", putBack: () => {} } }))],
  },
  { title: "All deployments", layer: "history", states: [(program) => program.update((state) => ({ ...state, screen: "history" }))] },
  {
    title: "A deployment",
    layer: "deployment",
    states: [deploying(), deploying({ type: "credentials", state: "lost", since: "", problem: refused }), deploying(manyResources)],
  },
];

function newProgram(): Program {
  const deployments = memoryPorts().deployments;
  const attach = async () => {
    const deployment = toldDeployment("shop");
    for (const event of [...beginning, ...told]) deployment.tell(event);
    return deployment;
  };
  const ports = memoryPorts({ deployments: { ...deployments, attach }, runCommand: async () => {} });
  ports.profiles.save("shop", profile);
  const nothing = () => {};
  const terminal = { exit: nothing, fail: nothing, suspend: async () => {}, write: nothing };
  return createProgram(ports, { version: "", command: "ecs-wizard" }, terminal, initialState(ports.now(), { columns: 100, rows: 30 }));
}

const editing = { name: "editing", bindings: textKeys(() => {}) };
const cell = (text: string) => text.replaceAll("|", "\\|");
const row = (signs: string, label: string) =>
  `| ${signs
    .split(" ")
    .map((sign) => `\`${cell(sign)}\``)
    .join(" ")} | ${cell(label)} |`;
const table = (rows: readonly string[]) => ["| keys | what they do |", "|---|---|", ...rows].join("\n");

/** docs/keys.md: every key of every screen, from the data that the footer and the help have. */
export async function keysPage(): Promise<string> {
  const edits = new Set(activeKeys([editing], true).map(({ help }) => help));
  const parts: string[] = [];
  for (const { title, layer, states } of situations) {
    const rows = new Set<string>();
    for (const enter of states) {
      const program = newProgram();
      await enter(program);
      const own = layersOf(program, program.state()).filter(({ name }) => name === layer);
      if (own.length === 0) throw new Error(`no layer ${layer} for “${title}”`);
      for (const { signs, help } of activeKeys(own, true)) if (!edits.has(help)) rows.add(row(signs, help));
    }
    parts.push(`## ${title}\n\n${table([...rows])}`);
  }
  const text = table(activeKeys([editing], true).map(({ signs, help }) => row(signs, help)));
  return `# Keys

The line at the bottom of the screen names the most useful keys, \`?\` every key of the place where you are. This page has them
all; it is made of the same data by \`npm run docs\`. \`^\` is Ctrl, \`⌥\` is Alt or Option, \`⇧\` is Shift, \`⏎\` is Enter.

${parts.join("\n\n")}

## Editing a text

Wherever something is typed: fields, filters and questions. Pasted text keeps its letters; line breaks become blanks where one line is wanted.

${text}
`;
}
