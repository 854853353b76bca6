import type { Program } from "../app/program.ts";
import { createTheme } from "../ui/theme.tsx";
import type { DeploymentView } from "./state.ts";

/** The theme by which keys count lines: as they are drawn, without colours. */
export const plain = createTheme({ color: false, unicode: true });
/** The lines around the pane's body: header, title, a blank one, the keys. */
export const chrome = 4;

/** Changes how the pane is shown; nothing where it has been left. */
export const set = (program: Program, patch: Partial<DeploymentView>): void =>
  program.update((state) => (state.deployment ? { ...state, deployment: { ...state.deployment, ...patch } } : state));
