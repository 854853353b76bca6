/** Why it failed: the catalogue of causes, explanations of single messages, the diagnosis of a deployment, and its reports. */
export type { Cause, LookNext, Origin, Rootness } from "./catalogue/cause.ts";
export { catalogue, causeOf, topics } from "./catalogue/index.ts";
export { type Classification, classify } from "./classify.ts";
export type { ExplainContext, ExplainFacts, SubnetFacts } from "./context.ts";
export { diagnose } from "./diagnose.ts";
export type * from "./evidence.ts";
export { type ExplainedLine, type Explanation, explain, explainCall, explainLines, explainPaste, explainText } from "./explain.ts";
export { classifyCall, type FailedCall, kindOfCall } from "./failed-call.ts";
export { knownValues, type Values } from "./fill.ts";
export type { Diagnosis, Finding, FindingKind, Occurrence } from "./finding.ts";
export { logsOf } from "./finding-logs.ts";
export { evidenceFrom, validationEvidence } from "./from-record.ts";
export { maskAll, maskText } from "./mask-text.ts";
export { isWrapped } from "./readings.ts";
export { reportText } from "./report-text.ts";
export { reportJson, reportMarkdown } from "./reports.ts";
export { excerpt, tellingLines } from "./telling.ts";
