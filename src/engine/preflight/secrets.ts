/** The secrets and parameters of a step that ECS fetches before its containers start. */
import { parseArn } from "../rules/arn.ts";
import type { Placed } from "./check.ts";
import { type Subject, textAt } from "./subject.ts";

/** A secret of Secrets Manager by its ARN without JSON key and version, or a parameter by its name. */
export interface SecretUse {
  readonly kind: "secret" | "parameter";
  /** The whole ARN. */
  readonly arn: string;
  /** The name for a person. */
  readonly name: string;
  readonly account: string;
}

/** All of them, each at its place. */
export function secretsOf(subject: Subject): readonly Placed<SecretUse>[] {
  return subject.step.containers.flatMap((container, at) => {
    const here = ["containers", at];
    const places = [
      ...textAt(subject, [...here, "repositoryCredentials", "secretArn"], container.repositoryCredentials?.secretArn),
      ...(container.environment ?? []).flatMap(({ valueFrom }, row) =>
        textAt(subject, [...here, "environment", row, "valueFrom"], valueFrom),
      ),
      ...(container.logging.secretOptions ?? []).flatMap(({ valueFrom }, row) =>
        textAt(subject, [...here, "logging", "secretOptions", row, "valueFrom"], valueFrom),
      ),
    ];
    return places.flatMap(({ path, value }) => {
      const use = useOf(value);
      return use ? [{ path, value: use }] : [];
    });
  });
}

function useOf(text: string): SecretUse | undefined {
  const arn = parseArn(text);
  if (arn?.service === "ssm") {
    const name = arn.resource.replace(/^parameter/, "");
    return { kind: "parameter", arn: text, account: arn.account, name: name.lastIndexOf("/") === 0 ? name.slice(1) : name };
  }
  if (arn?.service !== "secretsmanager") return undefined;
  // A JSON key, a stage and a version may follow the name.
  const [, name = ""] = arn.resource.split(":");
  return { kind: "secret", arn: text.split(":").slice(0, 7).join(":"), account: arn.account, name: name.replace(/-[A-Za-z0-9]{6}$/, "") };
}
