import type { JsonObject } from "../../engine/schema.ts";
import { textOf } from "../../engine/wizard/summary.ts";
import { isObject } from "../../engine/wizard/tree.ts";
import { tellDeleted } from "../app/deleted.ts";
import { openDraft, openNew, openProfile } from "../app/open-form.ts";
import type { Program } from "../app/program.ts";
import type { AppState } from "../app/state.ts";
import { attachDeployment, attachStack, openDeployment } from "../deployment/watch.ts";
import type { StackAtWork } from "../deployment-port.ts";
import type { Draft, PastDeployment, SavedProfile } from "../ports.ts";
import { profileName } from "../profiles/save.ts";
import type { Tone } from "../ui/theme.tsx";
import { ageText } from "../ui/times.ts";
import { standing, standingWithCause, toneOf, workWords } from "./past-words.ts";

/** A line of the home screen that can be chosen. */
export interface HomeItem {
  readonly group: string;
  readonly label: string;
  readonly detail: string;
  readonly tone?: Tone;
  /** What Enter does, in words. */
  readonly verb: string;
  readonly open: () => void;
  /** What `x` does. */
  readonly remove?: () => void;
  readonly saved?: SavedProfile;
  readonly past?: PastDeployment;
}

/** How many of a kind are shown before the rest is folded, by the rows of the window. */
const shownIn = (rows: number) => (rows < 20 ? 3 : rows < 32 ? 5 : 8);

/** Everything the home screen offers: a new deployment, what runs or failed, drafts, profiles, the past. */
export function homeItems(program: Program, state: AppState = program.state()): HomeItem[] {
  const { ports } = program;
  const now = ports.now();
  const shown = shownIn(state.size.rows);
  const past = ports.history.list().map((one) => asKnownNow(one, state, now));
  const running = past.filter(({ status, elsewhere }) => status === "running" && !elsewhere);
  const others = elsewhere(state, running).map((stack) => ({ stack, left: leftRunning(stack, past) }));
  const ended = past.filter((one) => !running.includes(one) && others.every(({ left }) => left !== one));
  const last = ended.find(({ elsewhere }) => !elsewhere);
  const lastFailed = last?.status === "failed" ? last : undefined;
  const older = ended.filter((one) => one !== lastFailed);
  const profiles = ports.profiles.list();
  const drafts = ports.drafts.list();
  const folded = state.allDrafts ? 0 : Math.max(0, drafts.length - shown);
  const fresh: HomeItem = {
    group: "",
    label: "New deployment",
    detail: "from an image to a running service, step by step",
    verb: "begin",
    open: () => openNew(program),
  };
  const more = (group: string, label: string, detail: string, open: () => void): HomeItem => ({ group, label, detail, verb: "open", open });
  return [
    fresh,
    ...running.map((one) => deploymentItem(program, one, now, "Running")),
    ...others.map(({ stack, left }) => stackItem(program, stack, left, now)),
    ...(lastFailed ? [deploymentItem(program, lastFailed, now, "Failed last")] : []),
    ...drafts.slice(0, drafts.length - folded).map((draft) => draftItem(program, draft, now)),
    ...(folded > 0
      ? [more("Drafts", "Older drafts…", `${folded} more`, () => program.update((present) => ({ ...present, allDrafts: true })))]
      : []),
    ...profiles
      .toSorted((a, b) => b.savedAt - a.savedAt)
      .slice(0, shown)
      .map((saved) => profileItem(program, saved, past, now)),
    ...(profiles.length > 0 ? [more("Saved profiles", "All profiles…", `${profiles.length} saved`, () => openProfiles(program))] : []),
    ...older.slice(0, shown).map((one) => deploymentItem(program, one, now, "Past deployments")),
    ...(past.length > 0 ? [more("Past deployments", "All deployments…", `${past.length} recorded`, () => openHistory(program))] : []),
  ];
}

/** Shows the list of saved profiles. */
export function openProfiles(program: Program): void {
  program.update((state) => ({ ...state, screen: "profiles", profilesCursor: 0 }));
}

/** Shows the list of all deployments. */
export function openHistory(program: Program): void {
  program.update((state) => ({ ...state, screen: "history", historyCursor: 0 }));
}

/** A moment after its begin a deployment need not be a stack at work yet. */
const settlingMs = 60_000;

/** A deployment that was left and that AWS is not working on any more does not run. */
function asKnownNow(past: PastDeployment, { atWork }: AppState, now: number): PastDeployment {
  if (past.status !== "running" || now - past.startedAt < settlingMs) return past;
  const there = [...atWork.values()].filter(({ target }) => target.region === past.region);
  const over =
    there.length > 0 && there.every((one) => "stacks" in one && one.stacks.every(({ stackName }) => stackName !== past.stackName));
  return over ? { ...past, status: "interrupted" } : past;
}

/** The stacks that AWS is working on and that are not among the deployments we know to run. */
function elsewhere({ atWork }: AppState, running: readonly PastDeployment[]): StackAtWork[] {
  const ours = new Set(running.map(({ stackName }) => stackName));
  const stacks = [...atWork.values()].flatMap((one) => ("stacks" in one ? one.stacks : []));
  const distinct = new Map(stacks.map((stack) => [`${stack.target.region} ${stack.stackName}`, stack]));
  return [...distinct.values()].filter(({ stackName }) => !ours.has(stackName));
}

const unseenEnds: ReadonlySet<string> = new Set<PastDeployment["status"]>(["notWaited", "timedOut", "interrupted"]);

/** Our own deployment of a stack at work, when it was the last one and nobody waited for its end. */
function leftRunning({ stackName, target }: StackAtWork, past: readonly PastDeployment[]): PastDeployment | undefined {
  const last = past.find((one) => one.stackName === stackName && one.region === target.region && !one.elsewhere);
  return last && unseenEnds.has(last.status) ? last : undefined;
}

function stackItem(program: Program, stack: StackAtWork, left: PastDeployment | undefined, now: number): HomeItem {
  const since = stack.since === undefined ? "" : `, ${ageText(Math.max(0, now - stack.since))}`;
  return {
    group: "Running",
    label: left?.profile ?? stack.profile ?? stack.stackName,
    detail: `${workWords(stack.status)}${left ? "" : " elsewhere"}${since} · ${stack.target.region ?? ""}`,
    tone: "accent",
    verb: "watch",
    open: () => (left ? attachDeployment(program, left.id) : attachStack(program, stack)),
  };
}

function draftItem(program: Program, draft: Draft, now: number): HomeItem {
  return {
    group: "Drafts",
    label: profileName(draft.profile) || "unnamed",
    detail: `${draft.from ? `changes to ${draft.from.name}, ` : ""}left ${ageText(now - draft.savedAt)} ago${targetText(draft.profile)}`,
    verb: "go on",
    open: () => openDraft(program, draft),
    remove: () => {
      program.ports.drafts.remove(draft.id);
      const name = profileName(draft.profile) || "unnamed";
      tellDeleted(program, {
        name: `The draft of ${name}`,
        title: "The draft is deleted",
        lines: [name],
        putBack: () => program.ports.drafts.save(draft),
      });
    },
  };
}

/** Where a profile deploys to: ` · cluster in region`. */
export function targetText(profile: JsonObject | undefined): string {
  const target = isObject(profile?.["target"]) ? profile["target"] : {};
  const cluster = textOf(target["cluster"]);
  const region = textOf(target["region"]);
  return cluster || region ? ` · ${[cluster, region].filter(Boolean).join(" in ")}` : "";
}

/** A saved profile in one line: its target, and how its last deployment ended. */
export function profileDetail(
  program: Program,
  saved: SavedProfile,
  past: readonly PastDeployment[],
  now: number,
): { text: string; tone: Tone } {
  if (!saved.profile) return { text: `broken: ${saved.broken ?? "empty"}`, tone: "bad" };
  const named = past.filter(({ profile }) => profile === saved.name);
  // A profile that was renamed still has the stack that it deployed under its name of then.
  const own = named.length > 0 ? named : past.filter(({ stackName }) => stackName === stackOf(program, saved));
  const last = own.find(({ elsewhere }) => !elsewhere) ?? own[0];
  const ended = last ? ` · ${standing(last, now)}` : " · never deployed";
  return { text: `${targetText(saved.profile).slice(3) || "no target"}${ended}`, tone: "muted" };
}

const stacks = new WeakMap<JsonObject, string>();

/** The stack that a profile deploys; worked out once for each. */
function stackOf({ ports }: Program, { profile }: SavedProfile): string | undefined {
  if (!profile) return undefined;
  const known = stacks.get(profile);
  if (known !== undefined) return known;
  const stack = ports.outlook.names(profile).find(({ label }) => label === "Stack")?.value ?? "";
  stacks.set(profile, stack);
  return stack;
}

function profileItem(program: Program, saved: SavedProfile, past: readonly PastDeployment[], now: number): HomeItem {
  const { text, tone } = profileDetail(program, saved, past, now);
  return { group: "Saved profiles", label: saved.name, detail: text, tone, verb: "open", saved, open: () => openProfile(program, saved) };
}

function deploymentItem(program: Program, past: PastDeployment, now: number, group: string): HomeItem {
  return {
    group,
    label: past.profile,
    detail: standingWithCause(past, now),
    tone: toneOf(past),
    verb: past.status === "running" && !past.elsewhere ? "watch" : "look",
    open: () => openDeployment(program, past),
    past,
  };
}
