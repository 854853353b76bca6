/** What a failed call to AWS is: its kind, and its class in the catalogue. */
import type { ProblemKind } from "../problem.ts";
import { causeOf } from "./catalogue/index.ts";
import { type Classification, classify } from "./classify.ts";

/** A failed call; texts are sanitised. */
export interface FailedCall {
  /** AWS's error code or the network's, e.g. `ExpiredToken`, `ECONNREFUSED`; empty when there is none. */
  readonly code: string;
  readonly text: string;
  /** The HTTP status; undefined when no answer came. */
  readonly status?: number | undefined;
  /** The IAM action of the call, e.g. `ecs:ListClusters`. */
  readonly action?: string | undefined;
}

/** The kinds by error code; the first that fits is meant. */
const kinds: readonly (readonly [RegExp, ProblemKind])[] = [
  [
    /^(?:Expired|Signature|Invalid(?:Client|Access|Signature)|UnrecognizedClient|Request(?:Expired|TimeTooSkewed|InTheFuture))/,
    "credentials",
  ],
  [
    /^(?:TokenRefreshRequired|AuthFailure|IncompleteSignature|MissingAuthenticationToken|(?:Credentials|Token)ProviderError)$/,
    "credentials",
  ],
  [/Throttl|TooManyRequests|^RequestLimitExceeded$|^SlowDown$/, "throttled"],
  [/^(?:AccessDenied|Unauthorized|AuthorizationError|NotAuthorized|OptInRequired|RegionDisabled|SubscriptionRequired)/, "denied"],
  [/^E[A-Z_]{3,}$|_CERT|^CERT_|^ERR_(?:TLS|SSL|PROXY|INVALID_URL|INVALID_PROTOCOL)|^(?:Request)?Timeout/, "unreachable"],
  [/ServiceUnavailable|^Internal|^ServerException$/, "service"],
  [/NotFound|DoesNotExist|NoSuch[A-Z]/, "notFound"],
  [/AlreadyExists|InUse|Conflict|OperationInProgress|DependencyViolation|ConcurrentModification/, "conflict"],
];

/** What a failed call has met, as its code, its status and at last its text tell. */
export function kindOfCall({ code, text, status }: FailedCall): ProblemKind {
  const byCode = kinds.find(([codes]) => codes.test(code))?.[1];
  if (byCode) return byCode;
  if (status === 429) return "throttled";
  if (status === 403) return "denied";
  if (status !== undefined && status >= 500) return "service";
  if (/does not exist/i.test(text)) return "notFound";
  if (/already exists/i.test(text)) return "conflict";
  return (status ?? 0) >= 400 || /^(?:Validation|Invalid|Malformed|Missing|Client|Unsupported)|Exception$|LimitExceeded/.test(code)
    ? "invalid"
    : "unexpected";
}

/** Codes that tell more than the text beside them. */
const byCode: readonly (readonly [RegExp, string])[] = [
  [/^ERR_PROXY_TUNNEL$/, "proxy-refused"],
  [/^(?:EPROTO|ERR_SSL_WRONG_VERSION_NUMBER|ERR_INVALID_URL|ERR_INVALID_PROTOCOL)$/, "endpoint-address-wrong"],
  [/^RequestInTheFuture$/, "clock-skew"],
];

/** The class of a call of which only the kind is known. */
const byKind: Readonly<Partial<Record<ProblemKind, string>>> = {
  credentials: "credentials-unusable",
  throttled: "throttling",
  denied: "access-denied-generic",
  unreachable: "network-connection",
  service: "service-unavailable",
};

const known = (id: string | undefined, captures: Classification["captures"] = {}): Classification | undefined => {
  const entry = id === undefined ? undefined : causeOf(id);
  return entry && { id: entry.id, entry, captures };
};

/** Recognises a failed call: by its text where that tells, else by code and status; undefined when it is not known. */
export function classifyCall(call: FailedCall): Classification | undefined {
  const { action, status } = call;
  const found = recognise(call);
  return (
    found && { ...found, captures: { ...(action && { action }), ...(status !== undefined && { status: `${status}` }), ...found.captures } }
  );
}

function recognise(call: FailedCall): Classification | undefined {
  const { code, text } = call;
  const told = known(byCode.find(([codes]) => codes.test(code))?.[1]);
  if (told) return { ...told, captures: told.id === "proxy-refused" ? answerOf(text) : {} };
  const kind = kindOfCall(call);
  const spoken = classify(text);
  const found = spoken ?? (code ? classify(`${code}: ${text}`) : undefined) ?? known(byKind[kind]);
  // A provider that fails for a reason of its own has found something.
  if (!spoken && kind === "credentials" && found?.id === "creds-none" && text) return known(byKind[kind], { said: text });
  if (found?.id === "network-connection" && code) return { ...found, captures: { code, ...found.captures } };
  const action = found?.captures["action"] ?? call.action;
  if (action === undefined || !found || !refusals.has(found.id)) return found;
  if (action.toLowerCase() === "sts:assumerole") return known("assume-role-denied", assumed(found.captures));
  return known("iam-not-authorized", { ...found.captures, action });
}

/** The classes of refusals of which the action tells more. */
const refusals: ReadonlySet<string> = new Set(["iam-not-authorized", "access-denied-generic"]);

const answerOf = (text: string): Record<string, string> => {
  const answer = /HTTP\/\S+ (\d{3}.*)/.exec(text)?.[1];
  return answer ? { answer } : {};
};

/** What the role is refused on is the role. */
const assumed = (captures: Classification["captures"]): Classification["captures"] =>
  captures["resource"] ? { ...captures, role: captures["resource"] } : captures;
