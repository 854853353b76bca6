import { AwsError } from "../errors.ts";
import type { Input, Service } from "../service.ts";
import type { HttpRequest, HttpResponse, Protocol } from "./protocol.ts";

/** A value as AWS's JSON: Dates as epoch seconds with milliseconds, absent members left out. */
export const toJson = (value: unknown): string => JSON.stringify(value, withSeconds);

// JSON.stringify hands `toJSON`'s text to the replacer, so the Date itself is looked up in its holder.
function withSeconds(this: Record<string, unknown>, key: string, value: unknown): unknown {
  const original = this[key];
  return original instanceof Date ? original.getTime() / 1000 : value;
}

/** Reads a JSON object; an empty body is an empty object. */
export const readJson = (body: string): Input => {
  if (body.trim() === "") return {};
  try {
    const value: unknown = JSON.parse(body);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return value;
  } catch {
    // Falls through: text that is no JSON is refused like JSON that is no object.
  }
  throw new AwsError("SerializationException", "Start of structure or map found where not expected.", { status: 400 });
};

const actionOf = (request: HttpRequest, service: Service): string => {
  const target = request.headers["x-amz-target"] ?? "";
  const prefix = `${service.targetPrefix}.`;
  if (!target.startsWith(prefix)) throw new AwsError("UnknownOperationException", "", { status: 400 });
  return target.slice(prefix.length);
};

const answer = (status: number, requestId: string, body: string): HttpResponse => ({
  status,
  headers: { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": requestId },
  body,
});

/** AWS JSON 1.1: the action in `X-Amz-Target`, JSON both ways, errors by `__type`. */
export const json: Protocol = {
  read: (request, service) => ({ action: actionOf(request, service), input: readJson(request.body) }),
  write: (output, { requestId }) => answer(200, requestId, toJson(output)),
  fail(error, { requestId }) {
    const response = answer(error.status, requestId, toJson({ __type: error.code, message: error.message, ...error.members }));
    return { ...response, headers: { ...response.headers, "x-amzn-errortype": error.code } };
  },
};
