import { formatPath } from "../../engine/schema.ts";
import { placeAt } from "../../engine/wizard/form.ts";
import { focused } from "../../engine/wizard/state.ts";
import type { Program } from "../app/program.ts";
import type { AppState } from "../app/state.ts";
import { activeKeys, type Layer } from "../ui/bindings.ts";
import { type Line, padTo, span, widthOf, wrap } from "../ui/spans.ts";
import type { Theme } from "../ui/theme.tsx";

/** The help of what lies under the help overlay: the field in full, then every key that works there. */
export function helpContent(program: Program, state: AppState, layers: readonly Layer[], width: number, theme: Theme): Line[] {
  const under: AppState = { ...state, overlays: state.overlays.filter(({ type }) => type !== "help") };
  const keys = activeKeys(layers, theme.unicode);
  const room = Math.min(18, Math.max(...keys.map(({ signs }) => widthOf(signs)))) + 2;
  const lines = keys.map(
    ({ signs, help, disabled }): Line => [
      span(`   ${padTo(signs, room)}`, "accent"),
      span(help),
      span(disabled ? `  (${disabled})` : "", "muted"),
    ],
  );
  return [...fieldHelp(program, under, width), [span(" Keys", "accent", { bold: true })], ...lines];
}

function fieldHelp(program: Program, state: AppState, width: number): Line[] {
  const wizard = state.screen === "wizard" ? state.session?.wizard : undefined;
  const entry = wizard && focused(program.ports.form, wizard);
  const place = entry && placeAt(program.ports.form, entry.path);
  if (!entry || place?.type !== "field") return [];
  const { field } = place;
  const text = (words: string) => wrap(words, Math.max(20, width - 6)).map((line): Line => [span(`   ${line}`)]);
  const facts: Line[] = [
    ...fact("in the file", formatPath(entry.path), width),
    ...(field.property ? fact("in AWS", field.property, width) : []),
    ...(field.docs ? fact("documentation", field.docs, width, field.docs) : []),
  ];
  return [
    [span(` ${field.label}`, "accent", { bold: true })],
    ...text(field.help),
    ...(field.moreHelp ? [[], ...text(field.moreHelp)] : []),
    [],
    ...facts,
    [],
  ];
}

/** A name with its value, whole: what is read here is copied from here. */
function fact(name: string, value: string, width: number, href?: string): Line[] {
  return wrap(value, Math.max(20, width - 19)).map(
    (text, at): Line => [span(`   ${padTo(at === 0 ? name : "", 13)}  `, "muted"), span(text, undefined, href ? { href } : {})],
  );
}
