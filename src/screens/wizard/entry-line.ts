import { formatPath, type Issue, type JsonObject, type Path } from "../../engine/schema.ts";
import type { TextState } from "../../engine/text-editing.ts";
import type { Entry } from "../../engine/wizard/entries.ts";
import { type Evaluation, scopeAt } from "../../engine/wizard/form.ts";
import { effectiveOrTyped, issuesOf } from "../../engine/wizard/selectors.ts";
import { fieldsSummary, groupSummary, isBound, valueText } from "../../engine/wizard/summary.ts";
import { getAt, isObject, rowsAt } from "../../engine/wizard/tree.ts";
import { entryText, isTaken } from "../../engine/wizard/typing.ts";
import { type Line, lineWidth, padTo, type Span, span, truncateLine, truncateStart, widthOf } from "../ui/spans.ts";
import { textView } from "../ui/text-view.ts";
import type { Theme } from "../ui/theme.tsx";
import { rowColumns } from "./row-columns.ts";

/** What the lines of a level have in common. */
export interface FormView {
  readonly profile: JsonObject;
  readonly evaluation: Evaluation;
  readonly issues: readonly Issue[];
  readonly theme: Theme;
  readonly width: number;
  readonly labelWidth: number;
  /** The name a person knows a picked value by. */
  readonly nameOf: (path: Path, value: string) => string | undefined;
  /** What of a picked answer is not there any more. */
  readonly misfit: (path: Path) => string | undefined;
  /** Where `next` leads. */
  readonly nextTitle: string;
  /** The columns of the rows of a list level, measured over all rows. */
  readonly columns: readonly number[];
}

/** One line of the form; `edit` is the text under the cursor when the entry has the focus and takes text. */
export function entryLine(view: FormView, entry: Entry, focused: boolean, edit: TextState | undefined): Line {
  const { theme } = view;
  const pointer = span(focused ? ` ${theme.symbols.point} ` : "   ", "accent");
  const indent = "  ".repeat(entry.depth);
  switch (entry.type) {
    case "field":
      return [pointer, ...fieldLine(view, entry, focused, edit, indent)];
    case "group": {
      const value = effectiveOrTyped(view.evaluation.step, view.profile, entry.path);
      const set = getAt(view.profile, entry.path) !== undefined;
      const summary = isObject(value) ? groupSummary(entry.field, value) : "";
      return [
        pointer,
        ...foldHead(view, indent, entry.open, entry.field.label, focused),
        ...withMark(view, entry, [span(summary || (set ? "set" : "not set"), set ? "plain" : "muted")]),
      ];
    }
    case "fold": {
      const value = effectiveOrTyped(view.evaluation.step, view.profile, entry.path);
      const inside = entry.set > 0 && isObject(value) ? fieldsSummary(entry.inside, value) : "";
      const set = `${entry.set} of ${entry.keys.length} set`;
      const none = entry.why ?? `${entry.keys.length} more ${entry.keys.length === 1 ? "field" : "fields"}`;
      const count = entry.set === 0 ? none : entry.why ? `${set}: ${entry.why}` : `${set}${inside ? `: ${inside}` : ""}`;
      return [
        pointer,
        ...foldHead(view, indent, entry.open, entry.label, focused),
        ...withMark(view, entry, [span(count, entry.set > 0 ? (entry.why ? "bad" : "plain") : "muted")]),
      ];
    }
    case "row": {
      const columns = rowColumns(
        entry.list,
        effectiveOrTyped(view.evaluation.step, view.profile, entry.path),
        getAt(view.profile, entry.path),
        entry.index,
      );
      const cells = columns.map((text, at) =>
        span(`${padTo(text, view.columns[at] ?? 0, theme.symbols.more)}  `, undefined, { bold: focused && at === 0 }),
      );
      return [pointer, ...cells, ...mark(view, entry)];
    }
    case "item": {
      const number = span(`${String(entry.index + 1).padStart(2)}  `, "muted");
      const room = view.width - 8;
      const text = focused && edit ? textView(edit, room, theme) : [span(entryText(view.profile, entry))];
      const taken =
        edit && isTaken(view.profile, entry, edit.text) ? [span("  ! this name is taken: not kept until it differs", "bad")] : [];
      return [pointer, number, ...text, ...taken, ...mark(view, entry)];
    }
    case "add":
      return [
        pointer,
        span(`+ add ${/^[aeiou]/.test(entry.item) ? "an" : "a"} ${entry.item}`, focused ? "accent" : "muted", { bold: focused }),
      ];
    case "next":
      return [pointer, span(`${theme.unicode ? "→" : "->"} ${view.nextTitle}`, focused ? "accent" : "muted", { bold: focused })];
  }
}

function foldHead(view: FormView, indent: string, open: boolean, label: string, focused: boolean): Span[] {
  const { symbols, more } = { symbols: view.theme.symbols, more: view.theme.symbols.more };
  return [
    span(padTo(`${indent}${open ? symbols.down : symbols.point} ${label}`, view.labelWidth, more), undefined, { bold: focused }),
    span(" "),
  ];
}

const labelOf = (field: { label: string; required?: boolean }) => `${field.label}${field.required ? " *" : ""}`;

function fieldLine(
  view: FormView,
  entry: Extract<Entry, { type: "field" }>,
  focused: boolean,
  edit: TextState | undefined,
  indent: string,
): Span[] {
  const { field, path } = entry;
  const { theme } = view;
  if (field.kind === "note") return [span(`${indent}${field.text(scopeAt(view.evaluation, path))}`, "muted")];
  const required =
    field.kind !== "list" && "required" in field && field.required === true && !("default" in field && field.default !== undefined);
  const label = span(
    `${padTo(`${indent}${labelOf({ label: field.label, required: required || (field.kind === "list" && field.required === true) })}`, view.labelWidth, theme.symbols.more)} `,
    undefined,
    { bold: focused },
  );
  const after = mark(view, entry);
  const left = roomBefore(view, after);
  if (focused && edit) {
    const unit = field.kind === "number" && field.unit ? [span(` ${field.unit}`, "muted")] : [];
    const placeholder = edit.text === "" ? hintFor(field) : "";
    const text = textView(edit, left, theme, {
      mask: field.kind === "secret" && !isBound(edit.text),
    });
    return [label, ...text, ...(placeholder ? [span(placeholder, "muted")] : unit), ...boundValue(view, path), ...after];
  }
  const misfit = view.misfit(path);
  const [first, ...rest] = valueSpans(view, entry, left);
  const value = [...(first ? [first] : []), ...(misfit ? [span(`  ! ${misfit}`, "warn")] : []), ...rest, ...boundValue(view, path)];
  return [label, ...truncateLine(value, left, theme.symbols.more), ...after];
}

/** The columns a value has: however long it is, some of what is wrong with it is seen behind it. */
function roomBefore(view: FormView, after: Line): number {
  const room = Math.max(8, view.width - view.labelWidth - 5);
  return Math.max(8, room - Math.min(lineWidth(after), Math.floor(room / 2)));
}

function withMark(view: FormView, entry: Entry, value: Line): Line {
  const after = mark(view, entry);
  return [...truncateLine(value, roomBefore(view, after), view.theme.symbols.more), ...after];
}

function hintFor(field: Extract<Entry, { type: "field" }>["field"]): string {
  if ("default" in field && field.default !== undefined && field.default !== "")
    return ` ${valueText(field, field.default)} unless changed`;
  const assumed = assumedText(field);
  if (assumed) return ` ${assumed}`;
  return "placeholder" in field && field.placeholder ? ` e.g. ${field.placeholder}` : "";
}

/** What a field holds, of a picked value the end that fits into `width` columns; dimmed: what it holds unless changed. */
function valueSpans(view: FormView, { field, path }: Extract<Entry, { type: "field" }>, width: number): Span[] {
  const { theme } = view;
  const typed = getAt(view.profile, path);
  if (typed === undefined) {
    if ("default" in field && field.default !== undefined) return [span(defaultText(field), "muted")];
    const assumed = assumedText(field);
    if (assumed) return [span(assumed, "muted")];
    if (field.kind === "choice") return [span("not set", "muted")];
    return [span(theme.symbols.none, "muted")];
  }
  if (isBound(typed)) return [span(valueText(field, typed), "accent")];
  if (field.kind === "toggle")
    return [span(`${typed === true || typed === "true" ? theme.symbols.on : theme.symbols.off} ${valueText(field, typed)}`)];
  if (field.kind === "picks" && Array.isArray(typed)) {
    const names = typed.map((value) => view.nameOf(path, String(value)) ?? String(value));
    return [span(`${typed.length} chosen`), span(`  ${names.join(", ")}`, "muted")];
  }
  if (field.kind === "pick") {
    const name = view.nameOf(path, String(typed));
    const text = String(typed);
    // A name that the value ends with would say nothing new.
    const named = name !== undefined && !text.endsWith(name) ? `  ${name}` : "";
    const room = Math.max(8, width - widthOf(named));
    return [span(truncateStart(text, room, theme.symbols.more)), span(named, "muted")];
  }
  if (field.kind === "list") {
    const count = rowsAt(view.profile, path).length;
    const effective = effectiveOrTyped(view.evaluation.step, view.profile, path);
    return [span(count > 3 ? `${count}  ` : ""), span(valueText(field, effective), "plain")];
  }
  return [span(valueText(field, typed))];
}

/** What AWS does when the field stays empty. */
function assumedText(field: Extract<Entry, { type: "field" }>["field"]): string {
  return "assumed" in field && field.assumed !== undefined ? `${valueText(field, field.assumed)} unless set` : "";
}

function defaultText(field: Extract<Entry, { type: "field" }>["field"]): string {
  return "default" in field ? valueText(field, field.default) : "";
}

/** What an expression gives, when that is known. */
function boundValue(view: FormView, path: Path): Span[] {
  if (!isBound(getAt(view.profile, path))) return [];
  const id = formatPath(path);
  const value = view.evaluation.bound?.get(id);
  return [span(value === undefined ? "  (value known at deployment)" : `  = ${value}`, "muted")];
}

/** The worst complaint about what a line speaks of; what stands open below it has marks of its own. */
function mark(view: FormView, entry: Entry): Span[] {
  const open = (entry.type === "fold" || entry.type === "group") && entry.open;
  const found = issuesOf(view.issues, entry).filter(({ path }) => !open || formatPath(path) === formatPath(entry.path));
  const worst = found.find(({ severity }) => severity === "error") ?? found[0];
  if (!worst) return [];
  const tone = worst.severity === "error" ? "bad" : "warn";
  return [span(`  ! ${worst.message}`, tone)];
}
