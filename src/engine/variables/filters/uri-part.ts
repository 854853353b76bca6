import { uriEscape } from "./escapes.ts";

/** An absolute address taken apart; the port is there when written or known for the scheme. */
interface Address {
  readonly scheme: string;
  readonly userInfo: string;
  readonly host: string;
  readonly port: number;
  readonly path: string;
  readonly query: string;
  readonly fragment: string;
  readonly hasAuthority: boolean;
}

const defaultPorts: ReadonlyMap<string, number> = new Map([
  ["http", 80],
  ["https", 443],
  ["ws", 80],
  ["wss", 443],
  ["ftp", 21],
  ["gopher", 70],
  ["nntp", 119],
  ["telnet", 23],
  ["ldap", 389],
  ["mailto", 25],
]);

const absolute = /^([A-Za-z][A-Za-z0-9+.-]*):(?:\/\/([^/?#\\]*))?([^?#]*)(\?[^#]*)?(#.*)?$/s;
const authority = /^(?:(.*)@)?(\[[0-9A-Fa-f:.]+\]|[^:@[\]]*)(?::(\d*))?$/s;
const ipv4 = /^\d{1,3}(?:\.\d{1,3}){3}$/;

/** The parts of an absolute address; null for a relative one, undefined for a text that is no address. */
function parseAddress(text: string): Address | null | undefined {
  const found = absolute.exec(text.trim());
  if (!found || found[1]?.length === 1) return null;
  const [, schemeText = "", authorityText, pathText = "", query = "", fragment = ""] = found;
  const scheme = schemeText.toLowerCase();
  const parts = authority.exec(authorityText ?? "");
  const needsHost = defaultPorts.has(scheme) && scheme !== "mailto";
  if (!parts || (needsHost && !parts[2])) return undefined;
  const [, userInfo = "", host = "", portText = ""] = parts;
  if (/[\s<>"%^`{|}]/.test(host) || Number(portText) > 65535) return undefined;
  const hasAuthority = authorityText !== undefined;
  return {
    scheme,
    userInfo,
    host: host.toLowerCase(),
    port: portText === "" ? (defaultPorts.get(scheme) ?? -1) : Number(portText),
    path: escaped(hasAuthority ? withoutDots(pathText || "/") : pathText),
    query: escaped(query),
    fragment: escaped(fragment),
    hasAuthority,
  };
}

/** Percent-encodes like the filter `UriEscape`, but leaves what is percent-encoded already. */
function escaped(text: string): string {
  return text.replace(/%[0-9A-Fa-f]{2}|[^%]+|%/g, (piece) => (/^%../.test(piece) ? piece : uriEscape(piece)));
}

function withoutDots(path: string): string {
  const kept: string[] = [];
  const segments = path.split("/");
  for (const [at, segment] of segments.entries()) {
    const last = at === segments.length - 1;
    if (segment === "..") kept.length = Math.max(1, kept.length - 1);
    else if (segment !== ".") kept.push(segment);
    if (last && (segment === "." || segment === "..")) kept.push("");
  }
  return kept.join("/");
}

function percentDecoded(text: string): string {
  return text.replace(/(?:%[0-9A-Fa-f]{2})+/g, (run) => {
    const bytes = run
      .slice(1)
      .split("%")
      .map((digits) => Number.parseInt(digits, 16));
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(bytes));
  });
}

function isDefaultPort({ scheme, port }: Address): boolean {
  return port === (defaultPorts.get(scheme) ?? -1);
}

function hostAndPort(address: Address, always: boolean): string {
  return address.host + (address.port >= 0 && (always || !isDefaultPort(address)) ? `:${address.port}` : "");
}

function hostType({ host }: Address): string {
  if (host.startsWith("[")) return "IPv6";
  if (ipv4.test(host) && host.split(".").every((part) => Number(part) <= 255)) return "IPv4";
  return host === "" ? "Basic" : "Dns";
}

function isLoopback({ host, scheme }: Address): boolean {
  return (
    host === "localhost" || host === "loopback" || host === "[::1]" || /^127(?:\.\d+){3}$/.test(host) || (scheme === "file" && host === "")
  );
}

function schemeAndServer(address: Address): string {
  return address.hasAuthority ? `${address.scheme}://${hostAndPort(address, false)}` : `${address.scheme}:`;
}

function whole(address: Address): string {
  const { scheme, userInfo, hasAuthority, path, query, fragment } = address;
  const server = hasAuthority ? `//${userInfo === "" ? "" : `${userInfo}@`}${hostAndPort(address, false)}` : "";
  return `${scheme}:${server}${path}${query}${fragment}`;
}

const parts: ReadonlyMap<string, (address: Address) => string> = new Map(
  Object.entries({
    absolutepath: ({ path }: Address) => path,
    absoluteuri: whole,
    authority: (address: Address) => hostAndPort(address, false),
    dnssafehost: ({ host }: Address) => host.replace(/^\[|\]$/g, ""),
    fragment: ({ fragment }: Address) => fragment,
    host: ({ host }: Address) => host,
    hostandport: (address: Address) => hostAndPort(address, true),
    hostnametype: hostType,
    isabsoluteuri: () => "true",
    isdefaultport: (address: Address) => String(isDefaultPort(address)),
    isfile: ({ scheme }: Address) => String(scheme === "file"),
    isloopback: (address: Address) => String(isLoopback(address)),
    isunc: ({ scheme, host }: Address) => String(scheme === "file" && host !== ""),
    path: ({ path }: Address) => percentDecoded(path),
    pathandquery: ({ path, query }: Address) => path + query,
    port: ({ port }: Address) => String(port),
    query: ({ query }: Address) => query,
    scheme: ({ scheme }: Address) => scheme,
    schemeandserver: schemeAndServer,
    userinfo: ({ userInfo }: Address) => userInfo,
  }),
);

/** The filter `UriPart`, which reports its problems inside its result. */
export function uriPart(input: string, [name]: readonly string[]): string {
  if (name === undefined) return "[UriPart error: no argument given]";
  const address = parseAddress(input);
  if (address === undefined) return input;
  const read = parts.get(name.toLowerCase());
  if (!read) return `[UriPart ${name} error: argument '${name}' not supported]`;
  if (address) return read(address);
  if (name.toLowerCase() === "isabsoluteuri") return "false";
  return `[UriPart ${name} error: This operation is not supported for a relative URI.]`;
}
