import { CelEngine, TemplateFile } from "@aws/cloudformation-validate";

const engine = new CelEngine();

/** Advice that the step's contract contradicts: the profile's own ARNs stand in the template, and the service names what it depends on. */
const contradicted = ["W9002", "W3005"];

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
  const { diagnostics } = engine.validateStandard(new TemplateText(text), { severityLevel: "WARN", exclude: { ids: contradicted } });
  return diagnostics.map(
    ({ ruleId, entity, propertyPath, message }) => `${ruleId} ${entity?.logicalId ?? ""}.${propertyPath ?? ""}: ${message}`,
  );
}
