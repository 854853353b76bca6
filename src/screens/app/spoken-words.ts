import { formatPath } from "../../engine/schema.ts";
import type { Entry } from "../../engine/wizard/entries.ts";
import { canFocus } from "../../engine/wizard/entries.ts";
import { placeAt } from "../../engine/wizard/form.ts";
import { breadcrumb, complaints, effectiveOrTyped, issuesOf, type SectionState, sectionStates } from "../../engine/wizard/selectors.ts";
import { currentEntries, focused } from "../../engine/wizard/state.ts";
import { isBound, valueText } from "../../engine/wizard/summary.ts";
import { getAt } from "../../engine/wizard/tree.ts";
import { entryText } from "../../engine/wizard/typing.ts";
import { paneBody } from "../deployment/body.ts";
import { shownDeployments } from "../history/keys.ts";
import { homeItems, profileDetail } from "../home/items.ts";
import { standingWithCause } from "../home/past-words.ts";
import { overlayContent } from "../overlays/overlay-view.tsx";
import { pickerModel } from "../overlays/picker-model.ts";
import { shownProfiles } from "../profiles/keys.ts";
import { reviewLines } from "../review/view.tsx";
import type { Line } from "../ui/spans.ts";
import { createTheme } from "../ui/theme.tsx";
import { suggestionsFor } from "../wizard/field-choices.ts";
import { nameOf } from "../wizard/form-view.tsx";
import { misfitWords } from "../wizard/misfits.ts";
import { rowColumns } from "../wizard/row-columns.ts";
import { headerLine } from "./header.ts";
import type { Program } from "./program.ts";
import type { AppState, Overlay, PromptOverlay, Session } from "./state.ts";

const theme = createTheme({ color: false, unicode: false });
/** Nothing is cut or wrapped: a reader has no columns. */
const wide = 400;
const textOfLine = (line: Line) =>
  line
    .map(({ text }) => text)
    .join("")
    .replace(/\s+/g, " ")
    .trim();

/** What is on the screen as sentences, the question first. */
export function spokenWords(program: Program, state: AppState): string[] {
  const overlay = state.overlays.at(-1);
  if (overlay) return overlayWords(program, state, overlay);
  if (state.screen === "wizard" && state.session)
    return state.session.wizard.level.length === 0
      ? reviewWords(program, state, state.session)
      : questionWords(program, state, state.session);
  if (state.screen === "deployment" && state.deployment) {
    const now = Date.parse(state.deployment.progress.updatedAt);
    const { seen } = paneBody(state.deployment, { width: wide, height: 200, now, frame: 0, theme });
    return seen.map((line) => line.map(({ text }) => text).join(""));
  }
  if (state.screen === "history") return historyWords(program, state);
  return state.screen === "profiles" ? profileWords(program, state) : homeWords(program, state);
}

function homeWords(program: Program, state: AppState): string[] {
  const items = homeItems(program);
  const item = items[Math.min(state.homeCursor, items.length - 1)];
  if (!item) return [];
  return [`${item.group} ${item.label}, ${item.detail}. ${state.homeCursor + 1} of ${items.length}.`, whoAndWhere(program, state)];
}

const whoAndWhere = (program: Program, state: AppState) => `${textOfLine(headerLine(program, state, wide, theme))}.`;

function profileWords(program: Program, state: AppState): string[] {
  const profiles = shownProfiles(program, state);
  const at = Math.max(0, Math.min(state.profilesCursor, profiles.length - 1));
  const saved = profiles[at];
  const filter = state.profilesFilter.text ? ` Filter ${state.profilesFilter.text}.` : "";
  if (!saved) return [`Saved profiles: none.${filter}`];
  const { text } = profileDetail(program, saved, program.ports.history.list(), program.ports.now());
  return [`Saved profiles.${filter}`, `${saved.name}, ${text}. ${at + 1} of ${profiles.length}.`];
}

function historyWords(program: Program, state: AppState): string[] {
  const shown = shownDeployments(program, state);
  const at = Math.max(0, Math.min(state.historyCursor, shown.length - 1));
  const past = shown[at];
  const filter = state.historyFilter.text ? ` Filter ${state.historyFilter.text}.` : "";
  if (!past) return [`Deployments: none.${filter}`];
  return [`Deployments.${filter}`, `${past.profile}, ${standingWithCause(past, program.ports.now())}. ${at + 1} of ${shown.length}.`];
}

function overlayWords(program: Program, state: AppState, overlay: Overlay): string[] {
  switch (overlay.type) {
    case "picker": {
      const model = pickerModel(program, state, overlay);
      const row = model.rowAt(model.cursor);
      const name = row?.type === "item" ? row.item.columns.join(", ") : row?.type === "open" ? "no version" : (row?.value ?? "nothing");
      return [
        `${model.matches} of ${model.total} to choose from, filter ${overlay.filter.text || "empty"}.`,
        `${model.cursor + 1}: ${name}${row?.chosen ? ", chosen" : ""}.`,
        ...trouble(model),
      ];
    }
    case "choice": {
      const place = placeAt(program.ports.form, overlay.path);
      const options = state.session && place?.type === "field" ? suggestionsFor(program, state.session, place.field, overlay.path) : [];
      const option = options[overlay.cursor];
      const label = place?.type === "field" ? place.field.label : "";
      const name = option?.label ?? option?.value ?? "nothing";
      return [`${label}. ${name}${option?.help ? `, ${option.help}` : ""}. ${overlay.cursor + 1} of ${options.length}.`];
    }
    case "sections": {
      const sections = state.session ? sectionStates(program.ports.form, state.session.wizard) : [];
      const section = sections[overlay.cursor];
      return ["Sections.", `${section ? sectionWords(section) : "Review and deploy"}. ${overlay.cursor + 1} of ${sections.length + 1}.`];
    }
    case "search":
    case "vpc": {
      const { title, lines, focus } = overlayContent(program, state, overlay, wide, theme);
      const filter = overlay.type === "search" ? ` Looking for ${overlay.filter.text || "anything"}.` : "";
      const line = textOfLine(lines[focus] ?? lines[0] ?? []).replace(/^> ?/, "");
      return [`${title}.${filter}`, `${line}. ${Math.max(0, focus) + 1} of ${lines.length}.`];
    }
    case "prompt":
      return [
        overlay.title,
        overlay.help,
        ...(overlay.rows ?? []),
        `Answer: ${spokenAnswer(overlay)}.`,
        ...(overlay.error ? [`Problem: ${overlay.error}`] : []),
      ];
    case "confirm":
      return [overlay.title, ...overlay.lines];
    case "help":
    case "viewer": {
      const { title, lines } = overlayContent(program, state, overlay, wide, theme);
      return [title, ...lines.slice(overlay.offset, overlay.offset + pageOf(state)).map(textOfLine)];
    }
  }
}

function sectionWords({ title, rows, errors, warnings, filled }: SectionState): string {
  const wrong = errors + warnings;
  return [title, ...(rows ? [`${rows} entries`] : []), wrong > 0 ? `${wrong} problems` : filled ? "filled in" : "as it is by default"].join(
    ", ",
  );
}

const pageOf = ({ size }: AppState) => Math.max(4, size.rows - 6);

function trouble({ blocked, source }: ReturnType<typeof pickerModel>): string[] {
  if (blocked) return [blocked];
  if (source?.status === "failed") return [`Problem: ${source.problem.message} ${source.problem.hint}`];
  return source?.status === "loading" ? ["More is loading."] : [];
}

/** What was typed so far; of a secret only how long it is. */
function spokenAnswer({ text: { text }, mask }: PromptOverlay): string {
  if (text === "") return "empty";
  return mask ? `${text.length} hidden characters` : text;
}

function reviewWords(program: Program, state: AppState, session: Session): string[] {
  const { issues } = program.ports.form.evaluate(session.wizard.profile);
  const lines = reviewLines(program, state, session, wide, theme).map(textOfLine);
  const from = Math.max(0, Math.min(state.reviewOffset, lines.length - 1));
  return [
    "Review and deploy.",
    issues.length === 0 ? "Ready to deploy." : `${issues.length} ${issues.length === 1 ? "problem" : "problems"}.`,
    whoAndWhere(program, state),
    ...lines.slice(from, from + pageOf(state)).filter((line) => line !== ""),
  ];
}

/** The focused line of the form as a question: where it stands, its answer, what is wrong with it, its help. */
function questionWords(program: Program, state: AppState, { wizard }: Session): string[] {
  const { form } = program.ports;
  const entry = focused(form, wizard);
  const crumbs = breadcrumb(form, wizard);
  if (!entry) return [crumbs.join(", ")];
  const lines = currentEntries(form, wizard).filter(canFocus);
  const place = `${lines.findIndex(({ id }) => id === entry.id) + 1} of ${lines.length}.`;
  const groups = entry.path.slice(wizard.level.length, -1).flatMap((_, at) => {
    const found = placeAt(form, entry.path.slice(0, wizard.level.length + at + 1));
    return found?.type === "field" ? [found.field.label] : [];
  });
  const where = [...crumbs, ...groups].join(", ");
  const problems = issuesOf(complaints(form, wizard), entry).map(({ message, hint }) => `Problem: ${message} ${hint}`);
  const misfit = entry.type === "field" ? misfitWords(program, state, entry.path) : undefined;
  const said = [...(misfit ? [`Problem: ${misfit}`] : []), ...problems];
  return [`${where}. ${question(program, state, wizard, entry)}`, ...said, ...helpWords(entry), place];
}

function helpWords(entry: Entry): string[] {
  if (entry.type === "field" || entry.type === "group") return [entry.field.help];
  if (entry.type === "fold" && entry.why) return [entry.why];
  return [];
}

function question(program: Program, state: AppState, wizard: Session["wizard"], entry: Entry): string {
  const { step } = program.ports.form.evaluate(wizard.profile);
  switch (entry.type) {
    case "field": {
      const given = "default" in entry.field && entry.field.default !== undefined;
      const required = "required" in entry.field && entry.field.required && !given ? ", required" : "";
      return `${entry.field.label}${required}? ${answer(program, state, wizard, entry)}.`;
    }
    case "group":
      return `${entry.field.label}, a group, ${entry.open ? "unfolded" : "folded"}? ${valueText(entry.field, getAt(wizard.profile, entry.path)) || "nothing set"}.`;
    case "item":
      return `Item ${entry.index + 1}: ${entryText(wizard.profile, entry) || "empty"}.`;
    case "row": {
      const value = effectiveOrTyped(step, wizard.profile, entry.path);
      const cells = rowColumns(entry.list, value, getAt(wizard.profile, entry.path), entry.index).filter((cell) => cell !== "");
      return `${entry.list.item} ${entry.index + 1}: ${cells.join(", ").replace(/\s+/g, " ")}.`;
    }
    case "fold":
      return `${entry.label}, ${entry.open ? "unfolded" : "folded"}, ${entry.set} of ${entry.keys.length} set.`;
    case "add":
      return `Add ${entry.item}.`;
    case "next":
      return "Continue to the next section.";
  }
}

/** The answer as typed, by the names people know it by, or what counts unless it is changed. */
function answer(program: Program, state: AppState, wizard: Session["wizard"], { field, path }: Extract<Entry, { type: "field" }>): string {
  const typed = getAt(wizard.profile, path);
  const { step, bound } = program.ports.form.evaluate(wizard.profile);
  if (typed === undefined) {
    const text = valueText(field, getAt(step, path) ?? ("default" in field ? field.default : undefined));
    return text ? `${text} unless changed` : "empty";
  }
  const text = (field.kind === "secret" ? String(typed) : valueText(field, typed)) || "empty";
  if (isBound(typed)) return `${text}, ${bound?.has(formatPath(path)) ? `which is ${bound.get(formatPath(path))}` : "known at deployment"}`;
  if (field.kind === "secret") return `${text.length} hidden characters`;
  if (field.kind === "picks" && Array.isArray(typed))
    return `${typed.length} chosen: ${typed.map((value) => nameOf(program, state, path, String(value)) ?? String(value)).join(", ")}`;
  return text;
}
