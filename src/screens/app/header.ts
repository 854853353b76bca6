import { textOf } from "../../engine/wizard/summary.ts";
import type { Program } from "../app/program.ts";
import { profileName } from "../profiles/save.ts";
import { justify, type Line, type Span, span } from "../ui/spans.ts";
import type { Theme } from "../ui/theme.tsx";
import { targetOf } from "../wizard/queries.ts";
import type { AppState } from "./state.ts";
import { noProfile } from "./state.ts";

/** Whether a name sounds like an account or environment where mistakes hurt. */
export function looksLikeProduction(name: string): boolean {
  return /(^|[^a-z])(prod|production|prd|live)([^a-z]|$)/i.test(name) && !/non-?prod/i.test(name);
}

/** The line at the top: what is open, and who and where. */
export function headerLine(program: Program, state: AppState, width: number, theme: Theme): Line {
  const narrow = width < 90;
  const title = titleSpans(state, theme);
  const left: Span[] = narrow && title.length > 0 ? title : [span(" ecs-wizard", "accent", { bold: true }), ...title];
  const right = whereSpans(program, state, theme, narrow);
  return justify(left, right, width, theme.symbols.more);
}

function titleSpans(state: AppState, theme: Theme): Span[] {
  const { session } = state;
  if (state.screen !== "wizard" || !session) return [];
  const { profile } = session.wizard;
  const kept =
    session.saved?.profile === profile ? "saved" : session.drafted !== profile ? "…" : session.began === profile ? "" : "draft saved";
  return [
    span(` ${profileName(profile) || "new deployment"}`, undefined, { bold: true }),
    span(kept ? ` ${theme.symbols.dot}${kept}` : "", "muted"),
  ];
}

/** Who and where, from left to right; on a narrow screen without the session. */
function whereSpans(program: Program, state: AppState, theme: Theme, narrow: boolean): Span[] {
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
  if (program.about.sandbox) add("SANDBOX", "good");
  const who = state.identity;
  if (who.status === "known") {
    const { accountId, alias, arn } = who.identity;
    add(alias ? `${accountId} (${alias})` : accountId);
    if (!narrow) add(shortName(arn), "muted");
  } else if (who.status === "failed") add(`! ${who.problem.kind === "credentials" ? "no valid credentials" : "account unknown"}`, "bad");
  else add(`account${theme.symbols.more}`, "muted");
  const own = who.status === "known" ? who.identity.region : undefined;
  add(under?.region ?? target.region ?? own ?? "no region");
  add(cluster);
  const alias = who.status === "known" ? (who.identity.alias ?? "") : "";
  if (!program.about.sandbox && [alias, environment, cluster].some(looksLikeProduction)) add(narrow ? "PROD!" : "PRODUCTION", "bad");
  return [...parts, span(" ")];
}

const shortName = (arn: string) => arn.split("/").at(-1) ?? arn;
