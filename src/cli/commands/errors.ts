import type { RecordedEvent } from "../../engine/deployment/events.ts";
import { beganNothing } from "../../engine/deployment/outcome.ts";
import { type DeploymentRecord, incompleteness } from "../../engine/deployment/record.ts";
import { reportJson, reportMarkdown, reportText } from "../../engine/diagnosis/index.ts";
import { exitCode, ProblemError, UserError } from "../../engine/problem.ts";
import { sanitize } from "../../engine/sanitize.ts";
import { folders } from "../../store/folders.ts";
import { openRecords, type Records } from "../../store/records.ts";
import type { CommandCall } from "../command.ts";
import { diagnosisOf } from "../diagnosis.ts";
import { fitted } from "../fitted.ts";
import type { GlobalOptions } from "../options.ts";

/** Ends of a watching that are no end of the deployment. */
const openEnds: ReadonlySet<string> = new Set(["notWaited", "timedOut"]);
const unwatched = "This deployment was not watched to its end: how it ended is not in its record.";

interface ErrorsOptions extends GlobalOptions {
  readonly refresh?: boolean;
  readonly all?: boolean;
}

/** Says why a deployment failed, from its record – with `--refresh` also from what AWS still knows: the named one, the last of the named profile, or the last that failed. */
export async function errors({ args, options, io }: CommandCall<ErrorsOptions>): Promise<number> {
  const records = openRecords(folders().deployments);
  const record = find(records, args[0] as string | undefined);
  const { header } = record;
  const recorded = { events: record.events, code: exitCode.done, asked: false };
  const { events, code, asked } = options.refresh ? await askedAgain(record, records, { options, io }) : recorded;
  const profile = header.profile ?? header.stackName;
  const diagnosis = diagnosisOf(events, header.snapshot, profile);
  const outcome = events.findLast((event) => event.type === "outcome");
  const open = outcome?.type === "outcome" && openEnds.has(outcome.status) && !asked;
  const missing = incompleteness(record) ?? (open ? unwatched : undefined);
  const advice = options.refresh ? "" : ` What AWS still knows: ecs-wizard errors ${header.id} --refresh`;
  const about = {
    profile,
    deployment: header.id,
    stackName: header.stackName,
    region: header.region,
    cluster: header.cluster,
    ...(header.sandbox === undefined ? {} : { sandbox: header.sandbox }),
    startedAt: header.startedAt,
    ...(missing ? { incomplete: `${missing}${advice}` } : {}),
    ...(outcome?.type === "outcome" ? { outcome: outcome.message } : {}),
  };
  if (options.json) io.data(reportJson(diagnosis, about));
  else if (options.all) io.data(reportMarkdown(diagnosis, about));
  else io.data(fitted(reportText(diagnosis, about), process.stdout));
  const failed = diagnosis.root
    ? undefined
    : records.list(header.profile).find((one) => one.status === "failed" && one.id !== header.id && !beganNothing(one));
  if (failed) io.say(`The last that failed: ecs-wizard errors ${failed.id}`);
  return code;
}

interface Asked {
  readonly events: readonly RecordedEvent[];
  readonly code: number;
  /** Whether AWS has answered. */
  readonly asked: boolean;
}

/** The facts of a record with those that AWS adds to them now; where it can't be asked, or no longer knows the stack, that is said. */
async function askedAgain(
  record: DeploymentRecord,
  records: Records,
  { options, io }: Pick<CommandCall<GlobalOptions>, "options" | "io">,
): Promise<Asked> {
  const [{ enterSandbox }, { createDeployer }, { watchedProfile }] = await Promise.all([
    import("../sandbox.ts"),
    import("../deployment/deployer.ts"),
    import("../watched-profile.ts"),
  ]);
  const reach = await enterSandbox(options, io);
  try {
    const events = await createDeployer({ ...reach, records }).refresh(watchedProfile(record.header.id, options, reach), record);
    return { events, code: exitCode.done, asked: true };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    const { kind, message, hint } = error.problem;
    const gone = kind === "notFound";
    io.say(
      sanitize(
        gone ? "! AWS has forgotten this stack; what follows is from the record." : `! AWS can't be asked again: ${message} ${hint}`,
      ),
    );
    return { events: record.events, code: gone ? exitCode.done : exitCode.access, asked: false };
  } finally {
    await reach.close();
  }
}

function find(records: Records, wanted: string | undefined): DeploymentRecord {
  if (wanted !== undefined) {
    const named = records.read(wanted) ?? records.all(wanted).next().value;
    if (named) return named;
    throw new UserError(`no deployment of ${wanted} is recorded`, { hint: "ecs-wizard history lists the deployments." });
  }
  const all = records.list().filter((one) => !beganNothing(one));
  const failed =
    all.find(({ status, reason }) => status === "failed" || status === "timedOut" || (status === "notWaited" && reason === "access")) ??
    all.find(({ status }) => status === "unfinished");
  const last = failed && records.read(failed.id);
  if (last) return last;
  throw new UserError("no failed deployment is recorded", { hint: "ecs-wizard history lists the deployments." });
}
