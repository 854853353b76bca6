import { CelEngine, TemplateFile } from "@aws/cloudformation-validate";

const engine = new CelEngine();

/**
 * Advice that the step's contract contradicts, and only where it does: parameters have the profile's role ARNs as defaults, which the
 * validator takes for literals, and the service names the task definition it depends on.
 */
const contradicted = [
  "W9002 AWS::ECS::TaskDefinition Properties.TaskRoleArn",
  "W9002 AWS::ECS::TaskDefinition Properties.ExecutionRoleArn",
  "W3005 AWS::ECS::Service DependsOn",
];

/** A template in memory, where the validator expects a file. */
class TemplateText extends TemplateFile {
  readonly #text: string;
  constructor(text: string) {
    super("template.yaml");
    this.#text = text;
  }
  override readBytes(): Uint8Array {
    return new TextEncoder().encode(this.#text);
  }
}

/** What AWS's offline validator objects to, warnings included, as `rule place: message`. */
export function validatorFaults(text: string): string[] {
  const { diagnostics } = engine.validateStandard(new TemplateText(text), { severityLevel: "WARN" });
  return diagnostics
    .filter(({ ruleId, entity, propertyPath }) => !contradicted.includes(`${ruleId} ${entity?.resourceType} ${propertyPath}`))
    .map(({ ruleId, entity, propertyPath, message }) => `${ruleId} ${entity?.logicalId ?? ""}.${propertyPath ?? ""}: ${message}`);
}
