import type { JsonObject } from "../../engine/schema.ts";
import { textOf } from "../../engine/wizard/summary.ts";
import { isObject } from "../../engine/wizard/tree.ts";
import { openDraft, openNew, openProfile } from "../app/open-form.ts";
import type { Program } from "../app/program.ts";
import { attachDeployment } from "../deployment/watch.ts";
import type { Draft, PastDeployment, SavedProfile } from "../ports.ts";
import { profileName } from "../profiles/save.ts";
import type { Tone } from "../ui/theme.tsx";
import { ageText } from "../ui/times.ts";

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
}

const shown = 6;

/** Everything the home screen offers: a new deployment, drafts, what runs or failed, profiles, the past. */
export function homeItems(program: Program): HomeItem[] {
  const { ports } = program;
  const now = ports.now();
  const past = ports.history.list();
  const running = past.filter(({ status }) => status === "running");
  const ended = past.filter(({ status }) => status !== "running");
  const lastFailed = ended[0]?.status === "failed" ? ended[0] : undefined;
  const profiles = ports.profiles.list();
  const fresh: HomeItem = {
    group: "",
    label: "New deployment",
    detail: "from an image to a running service, step by step",
    verb: "begin",
    open: () => openNew(program),
  };
  const all: HomeItem = {
    group: "Saved profiles",
    label: "All profiles…",
    detail: `${profiles.length} saved`,
    verb: "open",
    open: () => program.update((state) => ({ ...state, screen: "profiles", profilesCursor: 0 })),
  };
  return [
    fresh,
    ...running.map((one) => deploymentItem(program, one, now, "Running")),
    ...(lastFailed ? [deploymentItem(program, lastFailed, now, "Failed last")] : []),
    ...ports.drafts.list().map((draft) => draftItem(program, draft, now)),
    ...profiles
      .toSorted((a, b) => b.savedAt - a.savedAt)
      .slice(0, shown)
      .map((saved) => profileItem(program, saved, past, now)),
    ...(profiles.length > 0 ? [all] : []),
    ...ended
      .filter((one) => one !== lastFailed)
      .slice(0, shown)
      .map((one) => deploymentItem(program, one, now, "Past deployments")),
  ];
}

function draftItem(program: Program, draft: Draft, now: number): HomeItem {
  const again = (state: { reading: number }) => state.reading + 1;
  return {
    group: "Drafts",
    label: profileName(draft.profile) || "unnamed",
    detail: `${draft.from ? `changes to ${draft.from.name}, ` : ""}left ${ageText(now - draft.savedAt)} ago${targetText(draft.profile)}`,
    verb: "go on",
    open: () => openDraft(program, draft),
    remove: () => {
      program.ports.drafts.remove(draft.id);
      program.open({
        type: "confirm",
        title: "The draft is deleted",
        lines: [profileName(draft.profile) || "unnamed"],
        answers: [
          {
            keys: ["u"],
            label: "undo",
            run: () => {
              program.ports.drafts.save(draft);
              program.close();
              program.update((state) => ({ ...state, reading: again(state) }));
            },
          },
          { keys: ["return", "escape"], label: "ok", run: () => program.close() },
        ],
      });
      program.update((state) => ({ ...state, reading: again(state) }));
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
export function profileDetail(saved: SavedProfile, past: readonly PastDeployment[], now: number): { text: string; tone: Tone } {
  if (!saved.profile) return { text: `broken: ${saved.broken ?? "empty"}`, tone: "bad" };
  const last = past.find(({ profile }) => profile === saved.name);
  const ended = last ? ` · ${last.status} ${ageText(now - (last.finishedAt ?? last.startedAt))} ago` : " · never deployed";
  return { text: `${targetText(saved.profile).slice(3) || "no target"}${ended}`, tone: "muted" };
}

function profileItem(program: Program, saved: SavedProfile, past: readonly PastDeployment[], now: number): HomeItem {
  const { text, tone } = profileDetail(saved, past, now);
  return { group: "Saved profiles", label: saved.name, detail: text, tone, verb: "open", saved, open: () => openProfile(program, saved) };
}

const tones: Readonly<Record<PastDeployment["status"], Tone>> = {
  running: "accent",
  succeeded: "good",
  unchanged: "good",
  failed: "bad",
  timedOut: "warn",
  notWaited: "muted",
  cancelled: "warn",
  interrupted: "warn",
};

function deploymentItem(program: Program, past: PastDeployment, now: number, group: string): HomeItem {
  const when =
    past.status === "running" ? `for ${ageText(now - past.startedAt)}` : `${ageText(now - (past.finishedAt ?? past.startedAt))} ago`;
  return {
    group,
    label: past.profile,
    detail: `${past.status} ${when}${past.message && past.status === "failed" ? ` · ${past.message}` : ""}`,
    tone: tones[past.status],
    verb: past.status === "running" ? "watch" : "look",
    open: () => attachDeployment(program, past.id),
  };
}
