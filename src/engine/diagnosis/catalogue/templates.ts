import type { Cause } from "./cause.ts";
import { cfn } from "./links.ts";

const trouble = [cfn("troubleshooting")];
const exported =
  "The profile's own template comes from the wizard: `ecs-wizard export {profile}` shows it. After editing an export by hand: `aws cloudformation validate-template --template-body file://template.yaml`, or cfn-lint.";

/** Templates, their properties and parameters. */
export const templates: readonly Cause[] = [
  {
    id: "template-property-invalid",
    title: "A property in the template is not valid for the resource type",
    origins: ["cfn-event", "cfn-api"],
    rootness: "root",
    likelihood: 0.95,
    match: [
      /Properties validation failed for resource (?<resource>[\w<> ]{1,255}) with message:? (?:\[?"?)?(?<path>#[^\s:]{0,200}): extraneous key \[(?<key>\w{1,100})\]/,
      /Properties validation failed for resource (?<resource>[\w<> ]{1,255}) with message:? (?<detail>[^"]{1,200})/,
      /encountered unsupported properties in \{?(?<path>[^}:\s]{0,60})\}?: \[(?<keys>[^\]]{1,300})\]/,
      /encountered unsupported property (?<key>\w{1,100})/,
      /extraneous key \[(?<key>\w{1,100})\] is not permitted/,
      /(?<path>#\/[\w/]{1,200}): (?<rule>(?:expected|required|failed|subject|string|expected type|#: )[^"]{0,160})/,
      /(?:resource template|model|properties|property) validation (?:failed|failure)/,
      /required key \[(?<key>\w{1,100})\] not found/,
      /value of property (?<key>\w{1,100}) must be/,
      /property (?<key>\w{1,100}) cannot be empty/,
      /is not a valid enum value/,
    ],
    cause: "A misspelt property, wrong capitals, a wrong type or value[[ at {path}]][[: {key}]].",
    fix: [
      "[[{key} is the property to correct, in the field that fills it.]]",
      "`ecs-wizard validate {profile}` names fields that are wrong; the help of each field (?) names the property it fills.",
      exported,
    ],
    fields: [],
    docs: trouble,
  },
  {
    id: "template-too-large",
    title: "The template is too large to send directly",
    origins: ["cfn-api"],
    rootness: "root",
    likelihood: 0.97,
    match: [
      /'?templateBody'? failed to satisfy constraint…(?:less than or equal to (?<limit>\d+))/,
      /'templateBody' failed to satisfy/,
      /template may not exceed (?<limit>\d+)/,
      /template(?: body)?…(?:too large|exceeds? the (?:maximum|limit))/,
    ],
    cause: "A template may have 51,200 bytes[[ (limit {limit})]] when sent directly, 1 MB from S3.",
    fix: [
      "Move long environment values to environment files in S3, SSM or Secrets Manager.",
      "Or deploy it by way of S3: `ecs-wizard export {profile} > template.yaml`, then `aws cloudformation deploy --template-file template.yaml --stack-name {stack} --s3-bucket <bucket> --capabilities CAPABILITY_NAMED_IAM[[ --region {region}]]`.",
    ],
    fields: ["containers[].environment", "containers[].environmentFiles"],
    docs: [cfn("cloudformation-limits")],
  },
  {
    id: "template-reference-error",
    title: "The template refers to something that is not there",
    origins: ["cfn-api"],
    rootness: "root",
    likelihood: 0.96,
    match: [
      /references undefined resource (?<name>[\w:.-]{1,255})/,
      /circular dependency between resources/,
      /unable to get mapping for (?<name>[\w:.-]{1,255})/,
      /unresolved (?:resource )?dependencies \[?(?<name>[^\]]{1,255})/,
      /template error:/,
      /unresolved condition dependenc(?:y|ies) (?<name>[\w:.-]{1,255})/,
      /(?:instance of )?Fn::\w{1,20} (?:references|requires|must|cannot)/,
      /(?:attribute|schema)…(?:does not exist|not found)…Fn::GetAtt/,
      /requested attribute (?<name>\w{1,100}) (?:does not exist|must be)/,
    ],
    cause:
      "A reference names a missing resource or parameter[[ ({name})]], resources depend on each other in a circle, or a mapping lacks the region.",
    fix: [
      "Correct the name[[ {name}]] in the edited template; for a circle, take out one of the references (Ref, Fn::GetAtt, DependsOn).",
      exported,
    ],
    fields: [],
    docs: [cfn("intrinsic-function-reference"), ...trouble],
  },
  {
    id: "ssm-reference-invalid",
    title: "A parameter-store reference in the template is not usable",
    origins: ["cfn-api"],
    rootness: "root",
    likelihood: 0.93,
    match: [
      /parameters \[(?<reference>[^\]]{1,300})\] referenced by template have types not supported/,
      /have types not supported by CloudFormation/,
      /SSM (?:secure|parameter)?…reference…(?:not supported|invalid|incorrect|not usable)/,
      /incorrect format is used in the following SSM reference/,
      /unable to fetch parameters \[?(?<reference>[^\]]{1,300})\]? from parameter store/,
      /\{\{resolve:ssm…(?:not supported|invalid|does not exist|not found)/,
    ],
    cause:
      "Labels are not allowed in {{resolve:ssm}}, SecureString cannot be used for plain properties, or the parameter does not exist[[ ({reference})]].",
    fix: [
      "Use the parameter as the value source of an environment variable instead: ECS then reads it when the task starts.",
      "In a template write {{resolve:ssm:name:version}}, without a label; whether it exists here: `aws ssm get-parameter --name <parameter>[[ --region {region}]]`.",
    ],
    fields: ["containers[].environment[].valueFrom"],
    docs: [cfn("dynamic-references")],
  },
  {
    id: "template-format-error",
    title: "The template cannot be read",
    origins: ["cfn-api"],
    rootness: "root",
    likelihood: 0.97,
    match: [
      /template format error: (?<detail>[^"]{1,200})/,
      /invalid template (?:resource )?propert(?:y|ies)(?: or properties)? (?<detail>[^"]{1,200})/,
      /unrecognized resource types/,
      /'null' values are not allowed in templates/,
      /(?:template|JSON|YAML)…not well-formed/,
      /not a supported value for ?AWSTemplateFormatVersion/,
    ],
    cause:
      "Broken YAML or JSON (indentation, tabs, an empty value), a misplaced property, or a type that is not offered in the region[[: {detail}]].",
    fix: [exported],
    fields: [],
    docs: trouble,
  },
  {
    id: "parameter-missing",
    title: "A template parameter has no value",
    origins: ["cfn-api"],
    rootness: "root",
    likelihood: 0.97,
    match: [/parameters: \[<names>\] must have values/, /parameters?…must have values/],
    cause: "The template declares a parameter without default and none was given[[: {names}]].",
    fix: [
      "Give it a value: `aws cloudformation deploy --template-file template.yaml --stack-name {stack} --capabilities CAPABILITY_NAMED_IAM --parameter-overrides Name=value`, or write a Default into the template.",
      "`ecs-wizard deploy {profile}` needs none: the wizard's own templates have defaults for all parameters.",
    ],
    fields: [],
    docs: [cfn("parameters-section-structure")],
  },
  {
    id: "parameter-invalid",
    title: "A template parameter has a value that is not allowed",
    origins: ["cfn-api"],
    rootness: "root",
    likelihood: 0.95,
    match: [
      /parameter '?(?<name>[\w-]{1,255})'? (?<rule>must (?:contain|be one of|match|be (?:a number|at|between|no|greater|less))[^"]{0,160})/,
      /parameter '?(?<name>[\w-]{1,255})'? failed to satisfy constraint:? (?<rule>[^"]{0,160})/,
      /parameter validation failed: parameter value…for parameter name (?<name>[\w-]{1,255}) (?<rule>[^"]{1,120})/,
      /parameter value…for parameter name (?<name>[\w-]{1,255})/,
      /parameters: \[<names>\] do not exist in the template/,
    ],
    cause: "The value of[[ {name}]] a parameter breaks its rule[[: {rule}]].",
    fix: [
      "Pass a value that fits (`--parameter-overrides {name}=…`); AllowedValues, AllowedPattern and the limits stand at the parameter in the template.",
      "In a profile: correct the field that fills it; `ecs-wizard validate {profile}` names fields that are wrong.",
    ],
    fields: [],
    docs: [cfn("parameters-section-structure")],
  },
];
