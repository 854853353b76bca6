import { Box, useApp, useInput, useIsScreenReaderEnabled, usePaste, useWindowSize } from "ink";
import { useEffect, useSyncExternalStore } from "react";
import { DeploymentScreen } from "../deployment/view.tsx";
import { HistoryScreen } from "../history/view.tsx";
import { HomeScreen } from "../home/view.tsx";
import { OverlayView } from "../overlays/overlay-view.tsx";
import { ProfilesScreen } from "../profiles/view.tsx";
import { ReviewScreen } from "../review/view.tsx";
import { feed } from "../ui/bindings.ts";
import { strokesOf } from "../ui/keys.ts";
import { Lines } from "../ui/lines.tsx";
import { span, wrap } from "../ui/spans.ts";
import { useTheme } from "../ui/theme.tsx";
import { FormScreen } from "../wizard/form-view.tsx";
import { besideRail, hasRail, Rail } from "../wizard/rail.tsx";
import { footerLine } from "./footer.ts";
import { headerLine } from "./header.ts";
import { layersOf } from "./layers.ts";
import { type Program, withoutToast } from "./program.ts";
import { SpokenScreen } from "./spoken.tsx";
import type { AppState } from "./state.ts";

const tooSmall = "ecs-wizard needs a larger window: 60 columns and 16 rows. Nothing is lost; make it larger, or press Ctrl+C.";

/** The whole program on the screen: the only place where keys are heard. */
export function App({
  program,
  onSuspend,
}: {
  program: Program;
  onSuspend?: (suspend: (work: () => Promise<void>) => Promise<void>) => void;
}) {
  const known = useSyncExternalStore(program.store.subscribe, program.state);
  const { columns, rows } = useWindowSize();
  // The state hears of a new size only after the frame that is drawn for it.
  const resized = known.size.columns !== columns || known.size.rows !== rows;
  const state = resized ? { ...known, size: { columns, rows } } : known;
  const spoken = useIsScreenReaderEnabled();
  useEffect(() => program.update((present) => ({ ...present, size: { columns, rows } })), [program, columns, rows]);
  const { suspendTerminal } = useApp();
  useEffect(() => onSuspend?.((work) => suspendTerminal(work)), [onSuspend, suspendTerminal]);
  const layers = () => layersOf(program, program.state());
  const safely = (work: () => void) => {
    try {
      work();
    } catch (error) {
      program.terminal.fail(error);
    }
  };
  useInput((input, key) =>
    safely(() => {
      program.update((present) => ({ ...withoutToast(present), now: program.ports.now() }));
      feed(strokesOf(input, key), layers, (reason) => program.say(reason, "warn"));
    }),
  );
  usePaste((text) =>
    safely(() => {
      program.update(withoutToast);
      const taker = layers().find(({ paste, closed }) => closed || paste);
      if (taker?.paste) taker.paste(text);
      else program.say("Nothing here takes a pasted text; go to a field that is typed into.", "warn");
    }),
  );
  if (spoken) return <SpokenScreen program={program} state={state} />;
  if (columns < 40 || rows < 10)
    return <Lines lines={wrap(tooSmall, columns).map((text) => [span(text)])} width={columns} height={Math.max(1, rows - 1)} />;
  return <Frame program={program} state={state} columns={columns} rows={rows} />;
}

/** Header, screen and footer, never higher than the terminal. */
function Frame({ program, state, columns, rows }: { program: Program; state: AppState; columns: number; rows: number }) {
  const theme = useTheme();
  const { toast } = state;
  const said = toast
    ? wrap(toast.text, columns - 2)
        .slice(0, 2)
        .map((text) => [span(` ${text}`, toast.tone)])
    : [];
  const footer = [...said, footerLine(program, state, columns, theme)];
  const height = rows - 1 - footer.length;
  return (
    <Box flexDirection="column" width={columns} height={rows} overflowY="hidden">
      <Lines lines={[headerLine(program, state, columns, theme)]} width={columns} height={1} />
      <Body program={program} state={state} columns={columns} height={height} />
      <Lines lines={footer} width={columns} height={footer.length} />
    </Box>
  );
}

function Body({ program, state, columns, height }: { program: Program; state: AppState; columns: number; height: number }) {
  const { session } = state;
  const overlay = state.overlays.at(-1);
  const rail = hasRail(state) && session;
  const width = rail ? besideRail(state) : columns;
  const inPlace = !overlay || overlay.type === "picker" || overlay.type === "choice" || (overlay.type === "sections" && rail);
  return (
    <Box width={columns} height={height} flexShrink={0}>
      {rail ? <Rail program={program} state={state} session={rail} height={height} /> : null}
      {inPlace ? (
        <Screen program={program} state={state} width={width} height={height} />
      ) : (
        <OverlayView program={program} state={state} overlay={overlay} width={width} height={height} />
      )}
    </Box>
  );
}

function Screen({ program, state, width, height }: { program: Program; state: AppState; width: number; height: number }) {
  const { session } = state;
  if (state.screen === "profiles") return <ProfilesScreen program={program} state={state} width={width} height={height} />;
  if (state.screen === "history") return <HistoryScreen program={program} state={state} width={width} height={height} />;
  if (state.screen === "deployment") return <DeploymentScreen program={program} state={state} width={width} height={height} />;
  if (state.screen === "wizard" && session) {
    if (session.wizard.level.length === 0)
      return <ReviewScreen program={program} state={state} session={session} width={width} height={height} />;
    return <FormScreen program={program} state={state} session={session} width={width} height={height} />;
  }
  return <HomeScreen program={program} state={state} width={width} height={height} />;
}
