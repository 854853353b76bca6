import { Text } from "ink";
import TextInput from "ink-text-input";
import type { TextState } from "../../engine/text-editing.ts";
import { LineView } from "./lines.tsx";
import { widthOf } from "./spans.ts";
import { textView } from "./text-view.ts";
import { useTheme } from "./theme.tsx";

/**
 * A line to filter by. TextInput draws it while the cursor stands at its end; keys and cursor are ours, because its own
 * keys lose letters that come in one chunk and cut characters in half.
 */
export function FilterText({ state, placeholder, width }: { state: TextState; placeholder: string; width: number }) {
  const theme = useTheme();
  if (state.cursor < state.text.length || widthOf(state.text) >= width - 1)
    return <LineView line={textView(state, width, theme)} width={width} />;
  return (
    <Text wrap="truncate">
      {state.text === "" ? <Cursor cursor={theme.color} unicode={theme.unicode} /> : null}
      <TextInput value={state.text} placeholder={placeholder} focus={false} showCursor={false} onChange={ignore} />
      {state.text === "" ? null : <Cursor cursor={theme.color} unicode={theme.unicode} />}
    </Text>
  );
}

function Cursor({ cursor, unicode }: { cursor: boolean; unicode: boolean }) {
  return cursor ? <Text inverse> </Text> : <Text>{unicode ? "▏" : "|"}</Text>;
}

const ignore = () => {};
