import { deploymentLayer } from "../deployment/keys.ts";
import { historyLayer } from "../history/keys.ts";
import { homeLayer } from "../home/keys.ts";
import { helpContent } from "../overlays/help.ts";
import { choiceLayer, searchLayer, sectionsLayer, vpcLayer } from "../overlays/lists.ts";
import { pickerLayer } from "../overlays/picker-keys.ts";
import { confirmLayer, promptLayer, viewerLayer } from "../overlays/questions.ts";
import { questionLines, viewerLines } from "../overlays/viewer-lines.ts";
import { profilesLayer } from "../profiles/keys.ts";
import { reviewLayer } from "../review/keys.ts";
import type { Layer } from "../ui/bindings.ts";
import { createTheme } from "../ui/theme.tsx";
import { fieldLayer } from "../wizard/field-keys.ts";
import { besideRail } from "../wizard/rail.tsx";
import { formLayer } from "../wizard/screen-keys.ts";
import { leave } from "./leave.ts";
import type { Program } from "./program.ts";
import type { AppState, Overlay } from "./state.ts";

/** The keyboard as it is now: overlay, field, screen, program. */
export function layersOf(program: Program, state: AppState): Layer[] {
  const overlay = state.overlays.at(-1);
  return [...(overlay ? [overlayLayer(program, state, overlay)] : []), ...screenLayers(program, state), programLayer(program)];
}

/** The keyboard under the help. */
export function layersUnder(program: Program, state: AppState): Layer[] {
  return layersOf(program, { ...state, overlays: state.overlays.filter(({ type }) => type !== "help") });
}

const plainTheme = createTheme({ color: false, unicode: true });

function screenLayers(program: Program, state: AppState): Layer[] {
  switch (state.screen) {
    case "home":
      return [homeLayer(program, state)];
    case "profiles":
      return [profilesLayer(program, state)];
    case "history":
      return [historyLayer(program, state)];
    case "deployment":
      return [deploymentLayer(program, state)];
    case "wizard": {
      const { session } = state;
      if (!session) return [];
      if (session.wizard.level.length === 0) return [reviewLayer(program, state, session)];
      return [fieldLayer(program, session), formLayer(program, session)];
    }
  }
}

function overlayLayer(program: Program, state: AppState, overlay: Overlay): Layer {
  switch (overlay.type) {
    case "picker":
      return pickerLayer(program, state, overlay);
    case "choice":
      return withHelp(program, choiceLayer(program, state, overlay));
    case "search":
      return withHelp(program, searchLayer(program, state, overlay));
    case "sections":
      return withHelp(program, sectionsLayer(program, state, overlay));
    case "vpc":
      return withHelp(program, vpcLayer(program, state, overlay));
    case "confirm":
      return confirmLayer(program, overlay, questionLines(overlay, besideRail(state)).length);
    case "prompt":
      return withHelp(program, promptLayer(program, overlay));
    case "help":
      return viewerLayer(program, overlay, helpContent(program, state, layersUnder(program, state), besideRail(state), plainTheme).length);
    case "viewer":
      return withHelp(program, viewerLayer(program, overlay, viewerLines(overlay, besideRail(state)).length));
  }
}

/** An overlay's keys with those for help behind them; where letters are typed, `?` is one of them. */
function withHelp(program: Program, layer: Layer): Layer {
  const help = { keys: layer.text ? ["ctrl+o"] : ["?", "ctrl+o"], label: "help", run: () => program.open({ type: "help", offset: 0 }) };
  return { ...layer, bindings: [...layer.bindings, help] };
}

function programLayer(program: Program): Layer {
  return { name: "program", bindings: [{ keys: ["ctrl+c"], label: "leave", quiet: true, run: () => leave(program) }] };
}
