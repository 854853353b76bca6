import { Box, Text } from "ink";
import SelectInput from "ink-select-input";
import type { ReactNode } from "react";
import type { Choice } from "../../engine/schema.ts";
import { placeAt } from "../../engine/wizard/form.ts";
import type { Program } from "../app/program.ts";
import type { AppState, ChoiceOverlay } from "../app/state.ts";
import { padTo, scrollTo, widthOf } from "../ui/spans.ts";
import { useTheme } from "../ui/theme.tsx";
import { suggestionsFor } from "../wizard/field-choices.ts";
import { pickerModel } from "./picker-model.ts";
import { PickerPanel } from "./picker-panel.tsx";

/** What opens under the focused field, with its height in rows; undefined when nothing is open there. */
export function panelFor(program: Program, state: AppState, width: number, room: number): { height: number; node: ReactNode } | undefined {
  const overlay = state.overlays.findLast(({ type }) => type === "picker" || type === "choice");
  if (!overlay || state.overlays.at(-1) !== overlay) return undefined;
  if (overlay.type === "picker") {
    const model = pickerModel(program, state, overlay);
    const talk = model.source?.status === "failed" ? 6 : model.blocked ? 4 : 0;
    const height = Math.max(6, Math.min(room, Math.max(model.total, model.count) + 4 + talk));
    return { height, node: <PickerPanel model={model} overlay={overlay} now={state.now} width={width} height={height} /> };
  }
  if (overlay.type !== "choice") return undefined;
  const place = placeAt(program.ports.form, overlay.path);
  const options = state.session && place?.type === "field" ? suggestionsFor(program, state.session, place.field, overlay.path) : [];
  const height = Math.min(room, options.length);
  return { height, node: <ChoicePanel options={options} overlay={overlay} width={width} height={height} /> };
}

/**
 * The options of a choice. SelectInput only draws here: its own keys lose letters that come in one chunk, choose at a
 * digit and run round at the ends, so the highlight is ours and it is drawn anew for each.
 */
function ChoicePanel({
  options,
  overlay,
  width,
  height,
}: {
  options: readonly Choice[];
  overlay: ChoiceOverlay;
  width: number;
  height: number;
}) {
  const offset = scrollTo(options.length, height, overlay.cursor, overlay.cursor);
  const names = options.map(({ label, value }) => (label && label !== String(value) ? `${label}  (${value})` : String(value)));
  const wide = Math.max(0, ...names.map(widthOf));
  const items = options.slice(offset, offset + height).map((option, at) => ({
    key: String(option.value),
    label: option.help ? `${padTo(names[offset + at] ?? "", wide)}\t  ${option.help}` : `${names[offset + at]}\t`,
    value: offset + at,
  }));
  return (
    <Box width={width} height={height} flexDirection="column" overflow="hidden">
      <SelectInput
        key={`${offset} ${overlay.cursor}`}
        items={items}
        initialIndex={overlay.cursor - offset}
        isFocused={false}
        indicatorComponent={Indicator}
        itemComponent={Option}
      />
    </Box>
  );
}

function Option({ label, isSelected = false }: { label: string; isSelected?: boolean }) {
  const [name = "", help = ""] = label.split("\t");
  return (
    <Text wrap="truncate" bold={isSelected}>
      {name}
      <Text dimColor>{help}</Text>
    </Text>
  );
}

function Indicator({ isSelected = false }: { isSelected?: boolean }) {
  const { symbols } = useTheme();
  return (
    <Box width={2} flexShrink={0}>
      <Text>{isSelected ? symbols.point : " "}</Text>
    </Box>
  );
}
