import { textOf } from "../../engine/wizard/summary.ts";
import type { Program } from "../app/program.ts";
import { profileName } from "../profiles/save.ts";
import { justify, type Line, lineWidth, padTo, type Span, span, truncateLine } from "../ui/spans.ts";
import type { Theme } from "../ui/theme.tsx";
import { targetOf } from "../wizard/queries.ts";
import type { AppState } from "./state.ts";
import { noProfile } from "./state.ts";

/** Whether a name sounds like an account or environment where mistakes hurt. */
export function looksLikeProduction(name: string): boolean {
  return /(^|[^a-z])(prod|production|prd|live)([^a-z]|$)/i.test(name) && !/non-?prod/i.test(name);
}

/** The line at the top: what is open, and who and where. Where there is no room, what says least gives way first. */
export function headerLine(program: Program, state: AppState, width: number, theme: Theme): Line {
  const [name, kept] = titleSpans(state, theme);
  const brand = span(" ecs-wizard", "accent", { bold: true });
  const lefts: Line[] = name && kept ? [[brand, name, kept], [name, kept], [name]] : [[brand]];
  const rights = detailsOfWho.map((detail) => whereSpans(program, state, theme, detail));
  const pairs = gives.map(([left, right]) => [lefts[left] ?? lefts.at(-1) ?? [], rights[right] ?? []] as const);
  const fits = ([left, right]: readonly [Line, Line]) => lineWidth(left) + 1 + lineWidth(right) <= width;
  const [left, right] = pairs.find(fits) ?? [lefts.at(-1) ?? [], rights.at(-1) ?? []];
  // The beginning of what is open stays in sight, however long the other side is.
  const room = Math.max(0, width - Math.min(lineWidth(left), leastOfName) - 1);
  return justify(left, truncateLine(right, room, theme.symbols.more), width, theme.symbols.more);
}

/** The columns that a name keeps on the narrowest screen. */
const leastOfName = 10;

/**
 * How much is said of who we are: the identity with its session, without, not at all; then the warning in short; at last the
 * account by its alias alone, the warning before it, so that nothing cuts it off.
 */
const detailsOfWho = ["session", "role", "account", "short", "alias"] as const;

/** In which order things give way, by their places in the lists of both sides: whether all is kept says more than under which role. */
const gives: readonly (readonly [left: number, right: number])[] = [
  [0, 0],
  [0, 1],
  [1, 1],
  [1, 2],
  [1, 3],
  [2, 2],
  [2, 3],
  [2, 4],
];

/** What is open, and how it is kept; always as wide, so that nothing else moves. */
function titleSpans(state: AppState, theme: Theme): [Span, Span] | [] {
  const { session } = state;
  if (state.screen !== "wizard" || !session) return [];
  const { profile } = session.wizard;
  const kept =
    session.saved?.profile === profile ? "saved" : session.drafted !== profile ? "…" : session.began === profile ? "" : "draft saved";
  return [
    span(` ${profileName(profile) || "new deployment"}`, undefined, { bold: true }),
    span(padTo(kept ? ` ${theme.symbols.dot}${kept}` : "", " ·draft saved".length), "muted"),
  ];
}

/** Who and where, from left to right. */
function whereSpans(program: Program, state: AppState, theme: Theme, detail: (typeof detailsOfWho)[number]): Span[] {
  const separator = ` ${theme.symbols.dot} `;
  const evaluation = program.ports.form.evaluate((state.screen === "wizard" && state.session?.wizard.profile) || noProfile);
  const target = targetOf(evaluation, program.about.target);
  const answers = (evaluation.step["target"] ?? {}) as Record<string, unknown>;
  const under = state.screen === "deployment" ? state.deployment?.progress : undefined;
  const typed = state.screen === "wizard" ? textOf(answers["cluster"]) : "";
  const cluster = shortName(under?.cluster ?? typed);
  const environment = state.screen === "wizard" ? textOf(answers["environment"]) : "";
  const parts: Span[] = [];
  const add = (text: string, tone?: Span["tone"]) => {
    if (text !== "") parts.push(...(parts.length > 0 ? [span(separator, "muted")] : []), span(text, tone));
  };
  const who = state.identity;
  const alias = who.status === "known" ? (who.identity.alias ?? "") : "";
  const hurts = [alias, environment, cluster].some(looksLikeProduction);
  if (hurts && detail === "alias") add("PROD!", "bad");
  if (program.about.sandbox) add("SANDBOX", "good");
  if (who.status === "known") {
    const { accountId, arn } = who.identity;
    add(!alias ? accountId : detail === "alias" ? alias : `${accountId} (${alias})`);
    if (detail === "session" || detail === "role") add(whoOf(arn, detail === "session"), "muted");
  } else if (who.status === "failed") add(`! ${who.problem.kind === "credentials" ? "no valid credentials" : "account unknown"}`, "bad");
  else add(`account${theme.symbols.more}`, "muted");
  const own = who.status === "known" ? who.identity.region : undefined;
  add(under?.region ?? target.region ?? own ?? "no region");
  add(cluster);
  if (hurts && detail !== "alias") add(detail === "short" ? "PROD!" : "PRODUCTION", "bad");
  return [...parts, span(" ")];
}

/** An identity by its name: the user, or the role and, with `session`, who took it on. */
export function whoOf(arn: string, session: boolean): string {
  const [, role, name] = /:assumed-role\/([^/]+)\/(.+)$/.exec(arn) ?? [];
  if (!role) return arn.endsWith(":root") ? "root" : shortName(arn);
  // The names that identity centre gives to roles: the permission set stands in the middle.
  const short = /^AWSReservedSSO_(.+)_[0-9a-f]{16}$/.exec(role)?.[1] ?? role;
  return session ? `${short}/${name}` : short;
}

const shortName = (arn: string) => arn.split("/").at(-1) ?? arn;
