import type { Context } from "../../service.ts";
import { invalid } from "../invalid.ts";
import type { Json } from "../json.ts";
import { hasAttribute } from "../schemas/index.ts";
import type { Desired, Stack, StackResource } from "../state.ts";
import { evaluateConditions, type Scope } from "../template/evaluate.ts";
import { parameterValue } from "../template/parameters.ts";
import { parseTemplateText } from "../template/parse.ts";
import { structured } from "../template/structure.ts";
import type { Template } from "../template/types.ts";

/** What AWS shows for a value that is only known once a change set has run. */
export const KNOWN_AFTER_APPLY = "{{changeSet:KNOWN_AFTER_APPLY}}";

const REMEMBERED = 50;
const remembered = new Map<string, Template>();

/** The template in a text, checked; the last ones asked for are remembered, as an operation asks for its own at every step. */
export function templateOf(text: string): Template {
  const known = remembered.get(text);
  if (known) return known;
  const template = structured(parseTemplateText(text));
  const [oldest] = remembered.keys();
  if (remembered.size >= REMEMBERED && oldest !== undefined) remembered.delete(oldest);
  remembered.set(text, template);
  return template;
}

function pseudo(stack: Pick<Stack, "id" | "name" | "notificationArns">, ctx: Context): Record<string, Json> {
  return {
    "AWS::AccountId": ctx.accountId,
    "AWS::NotificationARNs": stack.notificationArns,
    "AWS::Partition": "aws",
    "AWS::Region": ctx.region,
    "AWS::StackId": stack.id,
    "AWS::StackName": stack.name,
    "AWS::URLSuffix": "amazonaws.com",
  };
}

function attributeOf(resource: StackResource | undefined, attribute: string): Json | undefined {
  if (!resource) return undefined;
  if (resource.attributes[attribute] !== undefined) return resource.attributes[attribute];
  return hasAttribute(resource.type, attribute) ? KNOWN_AFTER_APPLY : undefined;
}

function exported(ctx: Context, name: string): Json | undefined {
  const { stacks, names } = ctx.state.cloudformation;
  for (const id of Object.values(names)) {
    const found = stacks[id]?.outputs.find((output) => output.ExportName === name);
    if (found) return found.OutputValue;
  }
  return undefined;
}

function ssmParameter(ctx: Context, name: string): string | undefined {
  const found = ctx.call("ssm", "GetParameters", { Names: [name] })["Parameters"] as { Value?: string }[] | undefined;
  return found?.[0]?.Value;
}

function values(desired: Desired, template: Template, ctx: Context): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(desired.parameters).flatMap(([name, text]) => {
      const declared = template.parameters[name];
      if (!declared) return [];
      if (!declared.Type.startsWith("AWS::SSM::Parameter::Value")) return [[name, parameterValue(declared, text)]];
      const resolved = ssmParameter(ctx, text);
      if (resolved === undefined) throw invalid(`Unable to fetch parameters [${text}] from parameter store for this account.`);
      return [[name, parameterValue(declared, resolved)]];
    }),
  );
}

/** What the functions of a stack's desired template are evaluated against; resources are looked up in `resources`. */
export function scopeOf(
  stack: Pick<Stack, "id" | "name" | "notificationArns">,
  desired: Desired,
  resources: Record<string, StackResource>,
  ctx: Context,
): Scope {
  const template = templateOf(desired.template);
  const scope: Scope = {
    template,
    values: { ...values(desired, template, ctx), ...pseudo(stack, ctx) },
    conditions: {},
    physicalId: (id) => resources[id]?.physicalId,
    attribute: (id, attribute) => attributeOf(resources[id], attribute),
    zones: (region) => (region === ctx.region ? Object.keys(ctx.state.ec2.zones).sort() : []),
    exported: (name) => exported(ctx, name),
    ssmParameter: (name) => ssmParameter(ctx, name),
  };
  return { ...scope, conditions: evaluateConditions(scope) };
}
