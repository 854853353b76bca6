import { AwsError } from "../errors.ts";
import type { Service } from "../service.ts";
import { readForm } from "./form.ts";
import type { HttpRequest, HttpResponse, Protocol } from "./protocol.ts";
import { escapeXml, membersToXml } from "./xml.ts";

const xml = (status: number, requestId: string, body: string): HttpResponse => ({
  status,
  headers: { "content-type": "text/xml;charset=UTF-8", "x-amzn-requestid": requestId },
  body,
});

const isAction = (service: Service, name: string): boolean => Object.hasOwn(service.actions, name);

/** The action and members of a form; AWS answers unknown ones with InvalidAction. */
export const readQuery = (request: HttpRequest, service: Service) => {
  const params = new URLSearchParams(request.body);
  for (const [name, value] of request.query) params.append(name, value);
  const action = params.get("Action");
  if (!action) throw new AwsError("MissingAction", "The request must contain the parameter Action.", { status: 400 });
  const version = params.get("Version") ?? "";
  if (version !== service.apiVersion && isAction(service, action)) {
    throw new AwsError("InvalidAction", `Could not find operation ${action} for version ${version || "NO_VERSION_SPECIFIED"}`);
  }
  return { action, input: readForm(params) };
};

/** AWS's query protocol: forms in, XML with an `ActionResult` out, lists of `member`. */
export const query: Protocol = {
  read: readQuery,
  write(output, { service, action, requestId }) {
    // Written also when empty: botocore looks for it wherever the model has an output, however empty.
    const result = `<${action}Result>${membersToXml(output, "member")}</${action}Result>`;
    const metadata = `<ResponseMetadata><RequestId>${requestId}</RequestId></ResponseMetadata>`;
    return xml(200, requestId, `<${action}Response xmlns="${service.xmlns ?? ""}">${result}${metadata}</${action}Response>`);
  },
  fail(error, { service, requestId }) {
    const members = `<Type>${error.fault}</Type><Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>`;
    const more = membersToXml({ ...error.members }, "member");
    const body = `<ErrorResponse xmlns="${service?.xmlns ?? ""}"><Error>${members}${more}</Error><RequestId>${requestId}</RequestId></ErrorResponse>`;
    return xml(error.status, requestId, body);
  },
};

/** EC2's own form of it: handlers answer wire names (`vpcSet`), lists are of `item`, errors stand in `Response`. */
export const ec2: Protocol = {
  read: readQuery,
  write(output, { service, action, requestId }) {
    const body = `<requestId>${requestId}</requestId>${membersToXml(output, "item")}`;
    const text = `<?xml version="1.0" encoding="UTF-8"?>\n<${action}Response xmlns="${service.xmlns ?? ""}">${body}</${action}Response>`;
    return xml(200, requestId, text);
  },
  fail(error, { requestId }) {
    const members = `<Code>${escapeXml(error.code)}</Code><Message>${escapeXml(error.message)}</Message>`;
    const errors = `<Errors><Error>${members}</Error></Errors><RequestID>${requestId}</RequestID>`;
    return xml(error.status, requestId, `<?xml version="1.0" encoding="UTF-8"?>\n<Response>${errors}</Response>`);
  },
};
