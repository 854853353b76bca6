import { Box } from "ink";
import type { Program } from "../app/program.ts";
import type { AppState } from "../app/state.ts";
import { standingWithCause, toneOf } from "../home/past-words.ts";
import { FilterText } from "../ui/filter-text.tsx";
import { Lines } from "../ui/lines.tsx";
import { type Line, padTo, scrollTo, span, widthOf } from "../ui/spans.ts";
import { useTheme } from "../ui/theme.tsx";
import { shownDeployments } from "./keys.ts";

/** All recorded deployments, newest first. */
export function HistoryScreen({ program, state, width, height }: { program: Program; state: AppState; width: number; height: number }) {
  const theme = useTheme();
  const shown = shownDeployments(program, state);
  const cursor = Math.max(0, Math.min(state.historyCursor, shown.length - 1));
  const room = Math.max(1, height - 3);
  const offset = scrollTo(shown.length, room, cursor, cursor);
  const name = Math.min(Math.max(12, Math.floor(width / 3)), Math.max(12, ...shown.map(({ profile }) => widthOf(profile))));
  const now = program.ports.now();
  const rows = shown.slice(offset, offset + room).map((past, at): Line => {
    const on = offset + at === cursor;
    return [
      span(on ? ` ${theme.symbols.point} ` : "   ", "accent"),
      span(`${padTo(past.profile, name, theme.symbols.more)}  `, undefined, { bold: on }),
      ...(width >= 90 ? [span(`${new Date(past.startedAt).toISOString().slice(0, 16).replace("T", " ")} UTC  `, "muted")] : []),
      span(standingWithCause(past, now), toneOf(past)),
      ...(past.region && width >= 110 ? [span(` · ${past.region}`, "muted")] : []),
    ];
  });
  const none = state.historyFilter.text === "" ? "   Nothing has been deployed yet." : "   No deployment matches.";
  return (
    <Box flexDirection="column" width={width} height={height} flexShrink={0}>
      <Lines lines={[[span(" Deployments", "accent", { bold: true }), span(`  ${shown.length}`, "muted")]]} width={width} height={1} />
      <Box paddingLeft={1} height={2} flexShrink={0}>
        <FilterText state={state.historyFilter} placeholder="type to search by name, region or outcome" width={width - 4} />
      </Box>
      <Lines lines={rows.length > 0 ? rows : [[span(none, "muted")]]} width={width} height={room} />
    </Box>
  );
}
