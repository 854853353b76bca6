import { Box } from "ink";
import type { Program } from "../app/program.ts";
import type { AppState } from "../app/state.ts";
import { profileDetail } from "../home/items.ts";
import { FilterText } from "../ui/filter-text.tsx";
import { Lines } from "../ui/lines.tsx";
import { type Line, padTo, scrollTo, span, widthOf } from "../ui/spans.ts";
import { useTheme } from "../ui/theme.tsx";
import { shownProfiles } from "./keys.ts";

/** The saved profiles with their targets and their last deployments. */
export function ProfilesScreen({ program, state, width, height }: { program: Program; state: AppState; width: number; height: number }) {
  const theme = useTheme();
  const profiles = shownProfiles(program, state);
  const cursor = Math.max(0, Math.min(state.profilesCursor, profiles.length - 1));
  const past = program.ports.history.list();
  const name = Math.min(Math.max(16, Math.floor(width / 3)), Math.max(12, ...profiles.map((saved) => widthOf(saved.name))));
  const lines = profiles.map((saved, at): Line => {
    const { text, tone } = profileDetail(program, saved, past, program.ports.now());
    return [
      span(at === cursor ? ` ${theme.symbols.point} ` : "   ", "accent"),
      span(`${padTo(saved.name, name, theme.symbols.more)}  `, undefined, { bold: at === cursor }),
      span(text, tone),
    ];
  });
  const shown: Line[] =
    lines.length > 0
      ? lines
      : [
          [
            span(
              state.profilesFilter.text === "" ? "   No profile is saved yet. A form is saved with ^s." : "   No profile matches.",
              "muted",
            ),
          ],
        ];
  const room = Math.max(1, height - 3);
  const offset = scrollTo(shown.length, room, cursor, cursor);
  return (
    <Box flexDirection="column" width={width} height={height} flexShrink={0}>
      <Lines
        lines={[[span(" Saved profiles", "accent", { bold: true }), span(`  ${profiles.length}`, "muted")]]}
        width={width}
        height={1}
      />
      <Box paddingLeft={1} height={2} flexShrink={0}>
        <FilterText state={state.profilesFilter} placeholder="type to search by name, cluster or region" width={width - 4} />
      </Box>
      <Lines lines={shown.slice(offset, offset + room)} width={width} height={room} />
    </Box>
  );
}
