import { AwsError } from "../errors.ts";
import type { Input, Route } from "../service.ts";
import { readJson, toJson } from "./json.ts";
import type { HttpRequest, HttpResponse, Protocol } from "./protocol.ts";

// A path that is no text in percent-encoding is taken as it stands; it then names nothing.
const decode = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

const match = (route: Route, request: HttpRequest): Input | undefined => {
  if (route.method !== request.method) return undefined;
  const expected = route.path.split("/").filter(Boolean);
  const given = request.path.split("/").filter(Boolean);
  if (expected.length !== given.length) return undefined;
  const input: Input = {};
  for (const [index, part] of expected.entries()) {
    const actual = decode(given[index] ?? "");
    if (part.startsWith("{")) input[part.slice(1, -1)] = actual;
    else if (part !== actual) return undefined;
  }
  return input;
};

const queryOf = (query: URLSearchParams): Input => Object.fromEntries(query);

const answer = (status: number, requestId: string, body: string): HttpResponse => ({
  status,
  headers: { "content-type": "application/json", "x-amzn-requestid": requestId },
  body,
});

/** REST with JSON bodies: the action follows from method and path, members from path, query and body. */
export const restJson: Protocol = {
  read(request, service) {
    for (const route of service.routes ?? []) {
      const members = match(route, request);
      if (!members) continue;
      const inHeaders = Object.entries(route.headers ?? {}).map(([member, header]) => [member, request.headers[header]]);
      const input = { ...readJson(request.body), ...queryOf(request.query), ...Object.fromEntries(inHeaders), ...members };
      return { action: route.action, input };
    }
    throw new AwsError("UnknownOperationException", `${request.method} ${request.path}`, { status: 404 });
  },
  write: (output, { requestId }) => answer(200, requestId, toJson(output)),
  fail(error, { requestId }) {
    const body = toJson({ ErrorCode: error.code, Message: error.message, message: error.message, ...error.members });
    const response = answer(error.status, requestId, body);
    return { ...response, headers: { ...response.headers, "x-amzn-errortype": error.code } };
  },
};
