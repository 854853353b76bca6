import type { Progress } from "../../engine/deployment/progress.ts";
import type { Explained, WatchedDeployment } from "../deployment-port.ts";

/** The deployment on the screen. */
export interface DeploymentView {
  readonly watched: WatchedDeployment;
  readonly progress: Progress;
  /** The list it was opened in, to go back to. */
  readonly from?: "history";
  /** What fills the lower part of the pane. */
  readonly pane: "progress" | "logs" | "events";
  /** Lines scrolled away from where the pane stands by itself: the end of logs and events, else the top. */
  readonly offset: number;
  /** Every resource is shown, however many there are. */
  readonly all: boolean;
  /** Set when it has failed: why. */
  readonly findings: readonly Explained[];
  /** The findings whose evidence is shown. */
  readonly open: ReadonlySet<number>;
  /** The highlighted finding. */
  readonly cursor: number;
}
