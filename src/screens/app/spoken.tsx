import { Box, Text } from "ink";
import { activeKeys } from "../ui/bindings.ts";
import { layersOf } from "./layers.ts";
import type { Program } from "./program.ts";
import { spokenWords } from "./spoken-words.ts";
import type { AppState } from "./state.ts";

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
  return `Keys: ${keys.map(({ sign, label, disabled }) => `${sign} ${label}${disabled === undefined ? "" : " (not now)"}`).join(", ")}.`;
}
