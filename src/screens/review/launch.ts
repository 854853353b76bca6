import type { JsonObject } from "../../engine/schema.ts";
import { textState } from "../../engine/text-editing.ts";
import { textOf } from "../../engine/wizard/summary.ts";
import { isObject } from "../../engine/wizard/tree.ts";
import { openForm } from "../app/open-form.ts";
import type { Program } from "../app/program.ts";
import type { PromptOverlay } from "../app/state.ts";
import { attachDeployment } from "../deployment/watch.ts";
import type { DeployChoices } from "../deployment-port.ts";
import { profileName } from "../profiles/save.ts";
import { padTo, widthOf } from "../ui/spans.ts";
import { ageText } from "../ui/times.ts";
import { targetOf } from "../wizard/queries.ts";
import { proposeDeployment } from "./proposal.ts";

/** What a profile leaves open until it is deployed. */
export type OpenChoice =
  | { readonly kind: "image"; readonly container: string; readonly image: string }
  /** `sensitive`: what is typed must never be shown or kept. */
  | { readonly kind: "variable"; readonly name: string; readonly sensitive: boolean };

/** The image versions and variables a deployment needs besides the profile. */
export function openChoices(program: Program, profile: JsonObject): OpenChoice[] {
  const { step, missing } = program.ports.form.evaluate(profile);
  const containers = Array.isArray(step["containers"]) ? step["containers"] : [];
  const images = containers.flatMap((container): OpenChoice[] => {
    const image = isObject(container) ? textOf(container["image"]) : "";
    const open = image !== "" && !image.includes("#{") && !image.includes("@") && !/:[^/]+$/.test(image);
    return open ? [{ kind: "image", container: textOf(container["name"]), image }] : [];
  });
  return [...images, ...(missing ?? []).map((name): OpenChoice => ({ kind: "variable", name, sensitive: isSensitive(profile, name) }))];
}

/** Whether the profile marks a variable `{sensitive: true}`; names compare without regard to case, as everywhere. */
function isSensitive({ variables }: JsonObject, name: string): boolean {
  const marked = Object.entries(isObject(variables) ? variables : {}).find(([one]) => one.toLowerCase() === name.toLowerCase());
  return isObject(marked?.[1]);
}

/** Deploys a profile: first asks for what it leaves open, then shows what would change. With errors in it, shows them instead. */
export function launch(program: Program, profile: JsonObject): void {
  const { issues } = program.ports.form.evaluate(profile);
  const error = issues.find(({ severity }) => severity === "error");
  if (error) {
    if (program.state().session?.wizard.profile !== profile) openForm(program, { profile, known: true });
    program.wizard({ type: "jump", path: [] });
    program.say(`It cannot be deployed yet: ${error.message}`, "bad");
    return;
  }
  const begin = () =>
    ask(program, profile, openChoices(program, profile), { images: {}, variables: {} }, (choices) =>
      proposeDeployment(program, profile, choices),
    );
  const running = program.ports.history
    .list()
    .find((past) => past.status === "running" && !past.elsewhere && past.profile === profileName(profile));
  if (!running) {
    begin();
    return;
  }
  const then = (go: () => void) => () => {
    program.close();
    go();
  };
  program.open({
    type: "confirm",
    title: `A deployment of ${running.profile} is running`,
    lines: [`It began ${ageText(program.ports.now() - running.startedAt)} ago. Another one waits for its end.`],
    answers: [
      { keys: ["w", "return"], label: "watch it", run: then(() => attachDeployment(program, running.id)) },
      { keys: ["d"], label: "deploy after it", run: then(begin) },
    ],
  });
}

/** Asks for the open choices one after the other, then goes on. */
export function ask(
  program: Program,
  profile: JsonObject,
  open: readonly OpenChoice[],
  choices: DeployChoices,
  go: (choices: DeployChoices) => void,
): void {
  const [first, ...rest] = open;
  if (!first) {
    go(choices);
    return;
  }
  const known = (value: string): DeployChoices =>
    first.kind === "image"
      ? { ...choices, images: { ...choices.images, [first.container]: value } }
      : { ...choices, variables: { ...choices.variables, [first.name]: value } };
  const id = first.kind === "image" ? `version of ${first.container}` : first.name;
  const secret = first.kind === "variable" && first.sensitive;
  const prompt: PromptOverlay = {
    id,
    type: "prompt",
    title: first.kind === "image" ? `Version of ${first.image}` : `Value of ${first.name}`,
    help:
      first.kind === "image"
        ? `${lastVersion(program, profile, first)}The tag that the container ${first.container} shall run, e.g. 1.4.2 or latest; a whole image may stand here as well. Tab goes through the tags of the repository, newest first.`
        : `The profile has no value for this variable. It is used for this deployment only${secret ? ", and neither shown nor kept" : ""}.`,
    text: textState(""),
    mask: secret,
    submit: (text) => {
      const value = secret ? text : text.trim();
      if (value.trim() === "") return "It is needed for the deployment. Press esc to leave it for now.";
      stop();
      ask(program, profile, rest, known(value), go);
      return undefined;
    },
  };
  program.open(prompt);
  const stop = first.kind === "image" ? offerTags(program, profile, first.image, id) : () => {};
}

/** The version of a container that was deployed last, in words. */
function lastVersion(program: Program, profile: JsonObject, { container, image }: Extract<OpenChoice, { kind: "image" }>): string {
  const last = program.ports.history.lastDeployed?.(profileName(profile));
  const rows = Array.isArray(last?.["containers"]) ? last["containers"].filter(isObject) : [];
  const deployed = textOf(rows.find((row) => row["name"] === container)?.["image"]);
  if (deployed === "") return "";
  return `Deployed last: ${deployed.startsWith(`${image}:`) ? deployed.slice(image.length + 1) : deployed}. `;
}

/** Rows of cells, one below the other. */
function inColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => widthOf(row[at] ?? ""))));
  return rows.map((row) =>
    row
      .map((cell, at) => padTo(cell, widths[at] ?? 0))
      .join("   ")
      .trimEnd(),
  );
}

/** Fills the tags of a repository into the prompt `id` while it is open, newest first; returns how to stop. */
function offerTags(program: Program, profile: JsonObject, repository: string, id: string): () => void {
  const target = targetOf(program.ports.form.evaluate(profile), program.about.target);
  return program.ports.discovery.watch({ source: "imageTags", target, inputs: { repository } }, (answer) => {
    if (answer.status === "blocked") return;
    const suggestions = answer.items.map(({ value }) => value);
    const rows =
      answer.status === "failed"
        ? [`The tags cannot be listed: ${answer.problem.message}`]
        : inColumns(answer.items.slice(0, 12).map(({ columns }) => columns));
    program.update((state) => ({
      ...state,
      overlays: state.overlays.map((one) => (one.type === "prompt" && one.id === id ? { ...one, suggestions, rows } : one)),
    }));
  });
}
