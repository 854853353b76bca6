import type { SourceQuery, SourceState, Target } from "../../engine/discovery.ts";
import type { Field, Fields, Path, SourceId } from "../../engine/schema.ts";
import { textsAt } from "../../engine/wizard/entries.ts";
import { type Evaluation, placeAt } from "../../engine/wizard/form.ts";
import { picksIn } from "../../engine/wizard/selectors.ts";
import { textOf } from "../../engine/wizard/summary.ts";
import { getAt } from "../../engine/wizard/tree.ts";
import type { Program } from "../app/program.ts";
import type { AppState } from "../app/state.ts";
import { noProfile } from "../app/state.ts";
import { checkableFields } from "./checkable.ts";

/** A picker's question, or what it still lacks in words. */
export type Asked = { readonly query: SourceQuery } | { readonly blocked: string };

/** The name by which equal questions share an answer. */
export function queryKey(query: SourceQuery): string {
  return JSON.stringify([query.source, query.target, Object.entries(query.inputs).sort()]);
}

const known = (value: unknown): string | undefined => {
  const text = textOf(value);
  return text === "" || text.includes("#{") ? undefined : text;
};

/** How AWS is reached with the present answers; what the form leaves open comes from the command line. */
export function targetOf(evaluation: Evaluation, base: Target | undefined): Target {
  const target = (evaluation.step["target"] ?? {}) as Record<string, unknown>;
  const role = (target["assumeRole"] ?? {}) as Record<string, unknown>;
  const roleArn = known(role["roleArn"]);
  const awsProfile = known(target["awsProfile"]) ?? base?.awsProfile;
  const region = known(target["region"]) ?? base?.region;
  const sessionName = known(role["sessionName"]);
  const externalId = known(role["externalId"]);
  const durationSeconds = typeof role["durationSeconds"] === "number" ? role["durationSeconds"] : undefined;
  const assumeRole = roleArn
    ? {
        roleArn,
        ...(sessionName ? { sessionName } : {}),
        ...(externalId ? { externalId } : {}),
        ...(durationSeconds ? { durationSeconds } : {}),
      }
    : base?.assumeRole;
  return {
    ...(awsProfile ? { awsProfile } : {}),
    ...(region ? { region } : {}),
    ...(base?.endpointUrl ? { endpointUrl: base.endpointUrl } : {}),
    ...(assumeRole ? { assumeRole } : {}),
  };
}

const withoutRegion: readonly SourceId[] = ["awsProfiles", "regions"];
const withinVpc: readonly SourceId[] = ["subnets", "securityGroups", "targetGroups"];

/** What the picker at `path` lists: a field's source, or that of a key of a map. */
function sourceAt({ ports }: Program, path: Path): SourceId | undefined {
  const place = placeAt(ports.form, path);
  if (place?.type === "item") return place.of.kind === "map" ? place.of.picks?.[String(path.at(-1))] : undefined;
  return place?.type === "field" && (place.field.kind === "pick" || place.field.kind === "picks") ? place.field.source : undefined;
}

/** The question of the picker at `path`, from the answers it depends on. */
export function askFor(program: Program, state: AppState, path: Path, repository?: string): Asked {
  const { form } = program.ports;
  const profile = state.session?.wizard.profile ?? noProfile;
  const evaluation = form.evaluate(profile);
  const source = sourceAt(program, path);
  if (!source) return { blocked: "There is nothing to choose from." };
  const target = targetOf(evaluation, program.about.target);
  if (repository !== undefined) return { query: { source: "imageTags", target, inputs: { repository } } };
  return questionOf(source, target, evaluation, path, vpcOf(program, state, evaluation, source !== "subnets")?.id);
}

function questionOf(source: SourceId, target: Target, evaluation: Evaluation, path: Path, vpcId: string | undefined): Asked {
  if (!withoutRegion.includes(source) && !target.region) return { blocked: "Choose a region first: it stands in the section Target." };
  const inputs: Record<string, string> = {};
  if (withinVpc.includes(source) && vpcId) inputs["vpcId"] = vpcId;
  if (source === "vpcs") {
    const cluster = known((evaluation.step["target"] as Record<string, unknown> | undefined)?.["cluster"]);
    if (cluster) inputs["cluster"] = cluster;
  }
  if (source === "accessPoints") {
    const fileSystemId = known(getAt(evaluation.step, [...path.slice(0, -1), "fileSystemId"]));
    if (!fileSystemId) return { blocked: "Choose the file system first: access points belong to one." };
    inputs["fileSystemId"] = fileSystemId;
  }
  return { query: { source, target, inputs } };
}

/** The VPC the tasks will be in: chosen by hand, that of the chosen subnets, or that of the cluster's services. */
export function vpcOf(
  program: Program,
  state: AppState,
  evaluation: Evaluation,
  bySubnets = true,
): { id: string; name: string; why: string } | undefined {
  const asked = vpcQuestion(program, evaluation);
  const items = asked ? (itemsOf(state.found.get(queryKey(asked))) ?? []) : [];
  const nameOf = (id: string) =>
    items
      .find((item) => item.value === id)
      ?.columns.slice(0, 3)
      .filter((column) => column !== id)
      .join(" ") ?? "";
  if (state.vpcId) return { id: state.vpcId, name: nameOf(state.vpcId), why: "chosen" };
  const chosen = bySubnets ? vpcOfSubnets(state) : undefined;
  if (chosen) return { id: chosen, name: nameOf(chosen), why: "the chosen subnets are there" };
  const marked = items.filter((item) => item.facts?.["cluster"] === true);
  const only = marked.length === 1 ? marked[0] : undefined;
  return only ? { id: only.value, name: nameOf(only.value), why: "the cluster's services run there" } : undefined;
}

/** The one VPC of all the chosen subnets that are known. */
function vpcOfSubnets(state: AppState): string | undefined {
  const chosen = new Set(textsAt(state.session?.wizard.profile ?? noProfile, ["network", "subnets"]));
  if (chosen.size === 0) return undefined;
  const vpcs = new Set<string>();
  for (const [key, answer] of state.found) {
    if (!key.startsWith('["subnets"')) continue;
    for (const item of itemsOf(answer) ?? []) if (chosen.has(item.value)) vpcs.add(String(item.facts?.["vpcId"] ?? ""));
  }
  const [only] = vpcs;
  return vpcs.size === 1 && only ? only : undefined;
}

/** The question for the VPCs with the cluster's own among them. */
export function vpcQuestion(program: Program, evaluation: Evaluation): SourceQuery | undefined {
  const asked = questionOf("vpcs", targetOf(evaluation, program.about.target), evaluation, [], undefined);
  return "query" in asked ? asked.query : undefined;
}

/** The items of an answer, as far as they came. */
export function itemsOf(state: SourceState | undefined) {
  return state && state.status !== "blocked" ? state.items : undefined;
}

/** The pickers that the rows of a list or the pairs of a map will have, whether they are there yet or not. */
function picksOfRows({ ports }: Program, level: Path): Path[] {
  const place = placeAt(ports.form, level);
  if (place?.type !== "field") return [];
  if (place.field.kind === "map") return Object.keys(place.field.picks ?? {}).map((key) => [...level, key]);
  if (place.field.kind !== "list") return [];
  return Object.entries(place.field.fields).flatMap(([key, { kind }]) => (kind === "pick" || kind === "picks" ? [[...level, 0, key]] : []));
}

const sourcesIn = (fields: Fields): SourceId[] => Object.values(fields).flatMap(sourcesOf);

/** What the pickers of a field list, and those of all inside it. */
function sourcesOf(field: Field): SourceId[] {
  if (field.kind === "pick" || field.kind === "picks") return [field.source];
  if (field.kind === "map") return Object.values(field.picks ?? {});
  return field.kind === "group" || field.kind === "list" ? sourcesIn(field.fields) : [];
}

/** The questions that the pickers of all sections will have, as far as they can be told: those of a VPC once it is known. */
export function laterQueries(program: Program, state: AppState): SourceQuery[] {
  if (state.screen !== "wizard" || !state.session) return [];
  const { form } = program.ports;
  const evaluation = form.evaluate(state.session.wizard.profile);
  const target = targetOf(evaluation, program.about.target);
  // Those of a VPC come once it is known; which it is, is one of the questions.
  const sources = new Set<SourceId>(["vpcs", ...form.sections.flatMap(({ field }) => sourcesOf(field))]);
  return [...sources].flatMap((source) => {
    const vpcId = withinVpc.includes(source) ? vpcOf(program, state, evaluation, source !== "subnets")?.id : undefined;
    if (withinVpc.includes(source) && vpcId === undefined) return [];
    const asked = questionOf(source, target, evaluation, [], vpcId);
    return "query" in asked ? [asked.query] : [];
  });
}

/** The questions whose answers the screen needs now, or will with the next step. */
export function wantedQueries(program: Program, state: AppState): SourceQuery[] {
  const { session } = state;
  if (state.screen !== "wizard" || !session) return [];
  const { form } = program.ports;
  const { wizard } = session;
  const evaluation = form.evaluate(wizard.profile);
  const sections = form.sections.map(({ key }) => key);
  const ahead = sections[sections.indexOf(String(wizard.level[0])) + 1];
  const near = [wizard.level, ...(wizard.level.length === 1 && ahead ? [[ahead]] : [])];
  const paths = near.flatMap((level) => [...picksIn(form, wizard.profile, level), ...picksOfRows(program, level)]);
  const asked = [...paths, ...checkableFields(program, wizard.profile).map(({ path }) => path)].map((path) => askFor(program, state, path));
  for (const overlay of state.overlays) if (overlay.type === "picker") asked.push(askFor(program, state, overlay.path, overlay.repository));
  const queries = asked.flatMap((one) => ("query" in one ? [one.query] : []));
  const vpcs = queries.some(({ source }) => withinVpc.includes(source)) ? vpcQuestion(program, evaluation) : undefined;
  return vpcs ? [...queries, vpcs] : queries;
}
