import { coded, type Explanation, either, type Failure, saying } from "../failure.ts";
import { profileInUse } from "../shared-config.ts";
import { awsCommand } from "../support/aws-command.ts";

/** The profile the failing credentials came from: named in the text, the target's or the environment's; undefined when the environment's keys are in use. */
function profileOf({ text, target }: Failure): string | undefined {
  const inText = /\bprofile[= ](?!is\b|with\b|has\b|and\b|requires\b)([^\s.,;:"']+)/i.exec(text)?.[1];
  return inText ?? target.awsProfile ?? process.env["AWS_PROFILE"];
}

const aws = (command: string, failure: Failure): string =>
  awsCommand(command, profileOf(failure) ?? profileInUse(failure.target.awsProfile));

const of = (failure: Failure): string => {
  const profile = profileOf(failure);
  return profile ? ` of the profile ${profile}` : "";
};

const login = (failure: Failure, message: string) => ({
  kind: "credentials" as const,
  message,
  hint: "Sign in again, then retry: everything entered stays.",
  command: aws("sso login", failure),
});

/** Clock, sign-in, keys, roles and region: what fails before AWS looks at the request itself. */
export const credentialExplanations: readonly Explanation[] = [
  {
    when: saying(/Region is missing/i),
    say: (failure) => ({
      kind: "invalid",
      message: "No AWS region is set.",
      hint: "Set the region in the section Target, with --region or in AWS_REGION, or give the AWS profile one.",
      command: aws("configure set region eu-west-1", failure),
    }),
  },
  {
    when: saying(/Region not accepted/i),
    say: ({ text, target }) => ({
      kind: "invalid",
      message: `${/region="([^"]*)"/.exec(text)?.[1] ?? target.region ?? "The region"} is not a valid AWS region.`,
      hint: "Write the region's code, e.g. eu-west-1: without the letter of a zone, in the section Target, --region or AWS_REGION.",
    }),
  },
  {
    when: saying(
      /invalid SSO credentials\. Required parameters|Cannot read properties of undefined \(reading 'sso_|sso.session.*(not found|incomplete) in config/i,
    ),
    say: (failure) => ({
      kind: "credentials",
      message: `The SSO settings${of(failure)} are incomplete.`,
      hint: "sso_account_id, sso_role_name, sso_region and sso_start_url (or an sso_session that has them) belong in the AWS configuration file.",
      command: aws("configure sso", failure),
    }),
  },
  {
    when: saying(/SSO session.*(not found|is invalid)|Session token not found or invalid/i),
    say: (failure) => login(failure, `You are not signed in to AWS SSO${of(failure).replace(" of", " with")}.`),
  },
  {
    when: saying(/^(ForbiddenException: )?No access$/),
    say: (failure) => ({
      kind: "credentials",
      message: `The sign-in${of(failure)} may not take on its role in its account.`,
      hint: "Check sso_account_id and sso_role_name of the profile, or ask who administers AWS access for the assignment.",
      command: aws("configure sso", failure),
    }),
  },
  {
    when: either(saying(/SSO session.*expired|Token is expired.*sso|retrieving token from sso|SSO Token.*(expired|refresh failed)/i)),
    say: (failure) => login(failure, `The AWS SSO sign-in${of(failure)} has expired.`),
  },
  {
    when: saying(/\.aws\/login\/cache|(re-?authenticate|sign in) using .?aws login|Failed to load a token for session/i),
    say: (failure) => ({
      ...login(failure, `There is no valid aws login session${of(failure).replace(" of", " for")}.`),
      command: aws("login", failure),
    }),
  },
  {
    when: saying(/multi-factor authentication|MultiFactorAuthentication|\bMFA\b/i),
    say: (failure) => ({
      kind: "credentials",
      message: `The role${of(failure)} needs an MFA code.`,
      hint: "Get temporary credentials first (the AWS command line asks for the code), put them into the environment and start again.",
      command: aws("configure export-credentials --format env", failure),
    }),
  },
  {
    when: saying(/Could not load credentials from any providers|Could not resolve credentials|Credential is missing/i),
    say: () => ({
      kind: "credentials",
      message: "No AWS credentials were found.",
      hint: "Sign in with aws configure sso (or aws configure), set AWS_PROFILE, or try everything without an account with --sandbox.",
      command: "aws configure sso",
    }),
  },
  {
    when: either(
      coded("RequestTimeTooSkewed", "RequestInTheFuture"),
      saying(/Signature (expired: .*earlier than|not yet current)|difference between the request time and the (current|server's) time/i),
    ),
    say: () => ({
      kind: "credentials",
      message: "The computer's clock differs too much from AWS's.",
      hint: "Turn on time synchronisation and retry; under WSL sudo hwclock -s helps, Docker Desktop needs a restart.",
      command: "sudo timedatectl set-ntp true",
    }),
  },
  {
    when: either(
      coded("ExpiredToken", "ExpiredTokenException", "RequestExpired", "TokenRefreshRequired"),
      saying(/security token included in the request is expired|token (has|is) expired/i),
    ),
    say: (failure) => {
      const { hint, command } = failure.renewal ?? {
        hint: profileOf(failure)
          ? "Renew them where they came from: sign in again, or let the tool that issued the keys write new ones; then retry, everything entered stays."
          : "Name an AWS profile in the section Target or with --aws-profile; or fetch new temporary keys for AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN and start again: drafts are kept.",
      };
      const message = `The temporary credentials${of(failure)} have expired.`;
      return { kind: "credentials", message, hint, ...(command ? { command } : {}) };
    },
  },
  {
    when: either(
      coded("InvalidClientTokenId", "UnrecognizedClientException", "InvalidAccessKeyId", "AuthFailure"),
      saying(/security token included in the request is invalid/i),
    ),
    say: (failure) => ({
      kind: "credentials",
      message: `AWS does not know the access key${of(failure)}.`,
      hint: "It may be deleted, mistyped, without its session token, or the region may not be enabled for the account. Unset AWS_SESSION_TOKEN if the key is a permanent one.",
      command: aws("sts get-caller-identity", failure),
    }),
  },
  {
    when: coded("SignatureDoesNotMatch", "InvalidSignatureException", "IncompleteSignature", "MissingAuthenticationToken"),
    say: (failure) => ({
      kind: "credentials",
      message: `The secret access key${of(failure)} does not fit the access key.`,
      hint: "Enter both keys again, without blanks around them.",
      command: aws("configure", failure),
    }),
  },
  {
    when: coded("OptInRequired", "RegionDisabledException", "SubscriptionRequiredException"),
    say: ({ target }) => ({
      kind: "denied",
      message: `${target.region ?? "This region"} is not enabled for the account, or the account is not ready for this service.`,
      hint: "Enable the region in the account settings, finish signing up, or choose another region.",
    }),
  },
  {
    when: coded("CredentialsProviderError", "TokenProviderError"),
    say: (failure) => ({
      kind: "credentials",
      message: `The AWS credentials${of(failure)} cannot be used${failure.text ? `: ${failure.text}` : "."}`,
      hint: "The AWS command line may say more.",
      command: aws("sts get-caller-identity", failure),
    }),
  },
];
