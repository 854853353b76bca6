import { coded, type Explanation, either, type Failure, saying } from "../failure.ts";

/** The other end as the operator named it, else as the network does. */
function endpointOf({ text, target }: Failure): string {
  const named = target.endpointUrl ?? process.env["AWS_ENDPOINT_URL"];
  const host = /(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH) (\S+)/.exec(text)?.[1];
  return named ?? host ?? `AWS${target.region ? ` in ${target.region}` : ""}`;
}

const custom = ({ target }: Failure): boolean => (target.endpointUrl ?? process.env["AWS_ENDPOINT_URL"]) !== undefined;

const checkEndpoint = "Check --endpoint-url and AWS_ENDPOINT_URL: is the address right, and is the other end running?";

const tlsCodes = [
  "SELF_SIGNED_CERT_IN_CHAIN",
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "CERT_HAS_EXPIRED",
  "CERT_NOT_YET_VALID",
  "ERR_TLS_CERT_ALTNAME_INVALID",
];

/** What fails between here and AWS. */
export const networkExplanations: readonly Explanation[] = [
  {
    when: coded("ENOTFOUND", "EAI_AGAIN"),
    say: (failure) => ({
      kind: "unreachable",
      message: `The host name of ${endpointOf(failure)} is not known.`,
      hint: custom(failure) ? checkEndpoint : "Check the region in the host's name, the internet connection, DNS and VPN.",
    }),
  },
  {
    when: coded("ERR_PROXY_TUNNEL"),
    say: ({ text }) => ({
      kind: "unreachable",
      message: `The proxy does not let us through to AWS${/HTTP\/\S+ (\d{3}.*)/.exec(text)?.[1]?.replace(/^/, ": ") ?? "."}`,
      hint: "Check the address, user and password in HTTPS_PROXY; NO_PROXY names hosts to reach without it.",
    }),
  },
  {
    when: coded("ECONNREFUSED"),
    say: (failure) => ({
      kind: "unreachable",
      message: `Nothing answers at ${endpointOf(failure)}: the connection was refused.`,
      hint: custom(failure) ? checkEndpoint : "Check proxy, firewall and VPN (HTTPS_PROXY, NO_PROXY), then retry.",
    }),
  },
  {
    when: either(coded(...tlsCodes), saying(/self.signed certificate|unable to (get|verify).*certificate/i)),
    say: (failure) => ({
      kind: "unreachable",
      message: `The certificate of ${endpointOf(failure)} is not trusted here.`,
      hint: "Usually a company proxy brings its own certificate: name its file in NODE_EXTRA_CA_CERTS. Never turn verification off.",
      command: "export NODE_EXTRA_CA_CERTS=/path/to/company-ca.pem",
    }),
  },
  {
    when: either(
      coded("EPROTO", "ERR_SSL_WRONG_VERSION_NUMBER", "ERR_INVALID_URL", "ERR_INVALID_PROTOCOL"),
      saying(/wrong version number|Invalid URL/i),
    ),
    say: (failure) => ({
      kind: "unreachable",
      message: `${endpointOf(failure)} cannot be spoken to: its address or protocol (http or https) is wrong.`,
      hint: checkEndpoint,
    }),
  },
  {
    when: either(
      coded(
        "ECONNRESET",
        "EPIPE",
        "ETIMEDOUT",
        "EHOSTUNREACH",
        "ENETUNREACH",
        "TimeoutError",
        "RequestTimeout",
        "RequestTimeoutException",
        "ECONNABORTED",
      ),
      saying(/socket hang up/i),
    ),
    say: (failure) => ({
      kind: "unreachable",
      message: `${endpointOf(failure)} did not answer: the connection broke or took too long.`,
      hint: custom(failure) ? checkEndpoint : "Check the internet connection, proxy, firewall and VPN (HTTPS_PROXY, NO_PROXY), then retry.",
    }),
  },
  {
    when: ({ text, code, status }) =>
      /Deserialization error|is not valid JSON|Unexpected token|char '.' is not expected/i.test(text) ||
      (code === "SyntaxError" && (status ?? 0) < 500),
    say: (failure) => ({
      kind: "unreachable",
      message: `${endpointOf(failure)} answered with something that AWS would not say.`,
      hint: custom(failure)
        ? checkEndpoint
        : "A proxy or sign-in page of the network may stand in between; open a web page in the browser, then retry.",
    }),
  },
];
