import { Box, Text } from "ink";
import { breadcrumb, complaints, issuesUnder } from "../../engine/wizard/selectors.ts";
import { focused } from "../../engine/wizard/state.ts";
import { valueText } from "../../engine/wizard/summary.ts";
import { getAt } from "../../engine/wizard/tree.ts";
import { entryText } from "../../engine/wizard/typing.ts";
import { paneBody } from "../deployment/body.ts";
import { homeItems } from "../home/items.ts";
import { pickerModel } from "../overlays/picker-model.ts";
import { activeKeys } from "../ui/bindings.ts";
import { createTheme } from "../ui/theme.tsx";
import { layersOf } from "./layers.ts";
import type { Program } from "./program.ts";
import type { AppState, PromptOverlay } from "./state.ts";

/** What was typed so far; of a secret only how long it is. */
function spokenAnswer({ text: { text }, mask }: PromptOverlay): string {
  if (text === "") return "empty";
  return mask ? `${text.length} hidden characters` : text;
}

/** The program for screen readers: one question at a time, in plain sentences without a layout. */
export function SpokenScreen({ program, state }: { program: Program; state: AppState }) {
  const sentences = [...(state.toast ? [state.toast.text] : []), ...spokenWords(program, state), keysSentence(program, state)];
  return (
    <Box flexDirection="column">
      {sentences.map((sentence, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: sentences are read in their order
        <Text key={at}>{sentence}</Text>
      ))}
    </Box>
  );
}

function keysSentence(program: Program, state: AppState): string {
  const keys = activeKeys(layersOf(program, state), false).filter(({ quiet }) => !quiet);
  return `Keys: ${keys.map(({ sign, label }) => `${sign} ${label}`).join(", ")}.`;
}

function spokenWords(program: Program, state: AppState): string[] {
  const overlay = state.overlays.at(-1);
  if (overlay?.type === "picker") {
    const model = pickerModel(program, state, overlay);
    const row = model.rowAt(model.cursor);
    const name = row?.type === "item" ? row.item.columns.join(", ") : row?.type === "open" ? "no version" : (row?.value ?? "nothing");
    return [
      `${model.matches} of ${model.total} to choose from, filter ${overlay.filter.text || "empty"}.`,
      `${model.cursor + 1}: ${name}${row?.chosen ? ", chosen" : ""}.`,
    ];
  }
  if (overlay?.type === "prompt")
    return [overlay.title, overlay.help, `Answer: ${spokenAnswer(overlay)}.`, ...(overlay.error ? [overlay.error] : [])];
  if (overlay?.type === "confirm") return [overlay.title, ...overlay.lines];
  if (overlay?.type === "viewer") return [overlay.title, ...overlay.lines.map((line) => line.map(({ text }) => text).join(""))];
  if (state.screen === "wizard" && state.session) return questionWords(program, state);
  if (state.screen === "deployment" && state.deployment) {
    const now = Date.parse(state.deployment.progress.updatedAt);
    const theme = createTheme({ color: false, unicode: false });
    const { seen } = paneBody(state.deployment, { width: 400, height: 200, now, frame: 0, theme });
    return seen.map((line) => line.map(({ text }) => text).join(""));
  }
  const items = homeItems(program);
  const item = items[Math.min(state.homeCursor, items.length - 1)];
  return item ? [`${item.group} ${item.label}, ${item.detail}. ${state.homeCursor + 1} of ${items.length}.`] : [];
}

function questionWords(program: Program, { session }: AppState): string[] {
  if (!session) return [];
  const { form } = program.ports;
  const { wizard } = session;
  if (wizard.level.length === 0) {
    const { issues } = form.evaluate(wizard.profile);
    return [
      "Review and deploy.",
      issues.length === 0 ? "Ready to deploy." : `${issues.length} problems.`,
      ...issues.map(({ message, hint }) => `${message} ${hint}`),
    ];
  }
  const entry = focused(form, wizard);
  const where = breadcrumb(form, wizard).join(", ");
  if (!entry) return [where];
  const problems = issuesUnder(complaints(form, wizard), entry.path).map(({ message, hint }) => `Problem: ${message} ${hint}`);
  if (entry.type === "field" || entry.type === "group") {
    const value = valueText(entry.field, getAt(wizard.profile, entry.path)) || "empty";
    const required = "required" in entry.field && entry.field.required ? ", required" : "";
    return [`${where}. ${entry.field.label}${required}? ${value}.`, ...problems, entry.field.help];
  }
  if (entry.type === "item") return [`${where}. Item ${entry.index + 1}: ${entryText(wizard.profile, entry) || "empty"}.`, ...problems];
  if (entry.type === "row") return [`${where}. ${entry.list.item} ${entry.index + 1}.`, ...problems];
  if (entry.type === "fold") return [`${where}. ${entry.label}, ${entry.open ? "unfolded" : "folded"}, ${entry.set} set.`];
  return [`${where}. ${entry.type === "add" ? `Add ${entry.item}` : "Continue to the next section"}.`];
}
