import { coded, type Explanation, either, type Failure, saying } from "../failure.ts";

/** The action AWS names in its refusal, else that of the call. */
export function deniedAction({ text, action }: Pick<Failure, "text" | "action">): string | undefined {
  return /not authorized to perform:? ?([\w-]+:\w+)/i.exec(text)?.[1] ?? action;
}

/** Who is refused, as AWS names it. */
const principalOf = (text: string): string | undefined => /User: (arn:\S+)/.exec(text)?.[1];

/** What the policies have to do with it. */
function why({ text }: Failure, action: string | undefined): string {
  const forbidding = /explicit deny in an? ([\w -]+?policy|permissions boundary)/i.exec(text)?.[1];
  if (forbidding) return `A ${forbidding.toLowerCase()} forbids it explicitly; whoever administers the account can tell why.`;
  if (/permissions boundary/i.test(text)) return "The identity's permissions boundary does not allow it.";
  return `Ask for ${action ?? "the permission"} to be allowed.`;
}

const subject = ({ action }: Failure) => action ?? "the call";

const serverSide = ({ status }: Failure): boolean => status !== undefined && status >= 500;

/** What AWS has against the request itself. */
export const requestExplanations: readonly Explanation[] = [
  {
    when: either(
      coded(
        "Throttling",
        "ThrottlingException",
        "ThrottledException",
        "RequestLimitExceeded",
        "TooManyRequestsException",
        "RequestThrottled",
        "RequestThrottledException",
        "SlowDown",
        "EC2ThrottledException",
      ),
      saying(/Rate exceeded|Request limit exceeded/i),
      ({ status }) => status === 429,
    ),
    say: (failure) => ({
      kind: "throttled",
      message: `AWS limits how often ${subject(failure)} may be called, and the account is over the limit now.`,
      hint: "Wait a moment and retry; other programs in the account may be calling a lot.",
    }),
  },
  {
    when: ({ text, action }) =>
      deniedAction({ text, action })?.toLowerCase() === "sts:assumerole" && /not authorized|access ?denied/i.test(text),
    say: (failure) => {
      const role = failure.target.assumeRole?.roleArn ?? /on resource: (arn:\S+)/.exec(failure.text)?.[1];
      const who = principalOf(failure.text);
      return {
        kind: "denied",
        action: "sts:AssumeRole",
        message: `${who ?? "The present identity"} may not assume ${role ? `the role ${role}` : "the role"}.`,
        hint: "The role's trust policy must name this identity (and its external id, if it asks for one), and the identity needs sts:AssumeRole on the role. If the trust policy demands MFA, leave the role empty here and choose an AWS profile with role_arn, source_profile and mfa_serial instead: ecs-wizard then asks for the code.",
      };
    },
  },
  {
    when: either(
      coded(
        "AccessDenied",
        "AccessDeniedException",
        "UnauthorizedOperation",
        "AuthorizationError",
        "AuthorizationErrorException",
        "NotAuthorized",
        "UnauthorizedException",
      ),
      saying(/not authorized to perform|explicit deny/i),
      ({ status, code }) => status === 403 && code !== "ExpiredToken",
    ),
    say: (failure) => {
      const action = deniedAction(failure);
      return {
        kind: "denied",
        ...(action ? { action } : {}),
        message: `The permission ${action ?? "for this call"} is missing${principalOf(failure.text) ? ` for ${principalOf(failure.text)}` : ""}.`,
        hint: why(failure, action),
      };
    },
  },
  {
    when: either(
      serverSide,
      coded(
        "ServiceUnavailable",
        "ServiceUnavailableException",
        "InternalFailure",
        "InternalError",
        "ServerException",
        "InternalServerError",
      ),
    ),
    say: (failure) => ({
      kind: "service",
      message: `AWS (or a proxy in between) answered ${subject(failure)} with a server error${failure.status ? `, HTTP ${failure.status}` : ""}.`,
      hint: "Retry in a moment; the AWS Health Dashboard shows whether the service has trouble.",
    }),
  },
  {
    when: either(
      ({ code }) => /NotFound|NoSuchEntity|DoesNotExist|ParameterNotFound|NoSuch[A-Z]/.test(code),
      saying(/^(Stack|ChangeSet|Stack with id|Stack \[).* does ?n.t exist|does not exist/i),
    ),
    say: (failure) => ({
      kind: "notFound",
      message: `${subject(failure)} found nothing by that name${failure.text ? `: ${failure.text}` : "."}`,
      hint: "Check the name, the region and the account.",
    }),
  },
  {
    when: either(
      ({ code }) =>
        /AlreadyExists|InUse|Conflict|OperationInProgress|DependencyViolation|EntityAlreadyExists|DeleteConflict|ConcurrentModification/.test(
          code,
        ),
      saying(/is in [A-Z_]+ state and can ?not be|already exists/i),
    ),
    say: (failure) => ({
      kind: "conflict",
      message: `${subject(failure)} does not fit what is there already${failure.text ? `: ${failure.text}` : "."}`,
      hint: "Wait for the other operation to end, or choose another name.",
    }),
  },
  {
    when: ({ code }) => /LimitExceeded/.test(code),
    say: (failure) => ({
      kind: "invalid",
      message: `A limit of the account is reached${failure.text ? `: ${failure.text}` : "."}`,
      hint: "Remove what is no longer needed, or ask for more in Service Quotas.",
    }),
  },
  {
    when: either(
      ({ code }) => /^(Validation|Invalid|Malformed|Missing|Client|Unsupported)|Exception$/.test(code),
      ({ status }) => status !== undefined && status >= 400,
    ),
    say: (failure) => ({
      kind: "invalid",
      message: `AWS refuses ${subject(failure)}${failure.text ? `: ${failure.text}` : "."}`,
      hint: "Correct the value AWS names and retry.",
    }),
  },
];
