import type { Progress } from "../../engine/deployment/progress.ts";
import type { Explained, WatchedDeployment } from "../deployment-port.ts";

/** The deployment on the screen. */
export interface DeploymentView {
  readonly watched: WatchedDeployment;
  readonly progress: Progress;
  /** What fills the lower part of the pane. */
  readonly pane: "progress" | "logs" | "events";
  /** Lines scrolled away from the top, or from the end while it follows. */
  readonly offset: number;
  /** Set when it has failed: why. */
  readonly findings: readonly Explained[];
  /** The findings whose evidence is shown. */
  readonly open: ReadonlySet<number>;
  /** The highlighted finding. */
  readonly cursor: number;
}
