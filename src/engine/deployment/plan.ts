/** What to deploy and how long to watch it: everything `deploy` needs, made by the caller from a profile. */
import type { Tag } from "./facts.ts";

/** How long a deployment is watched: to its end, to its end but not longer than this, or not at all. */
export type Wait = { readonly kind: "untilCompleted" } | { readonly kind: "timeout"; readonly minutes: number } | { readonly kind: "none" };

/** One deployment, as data. */
export interface DeploymentPlan {
  readonly stackName: string;
  /** The template's body, JSON or YAML. */
  readonly template: string;
  /** The resources of that template, for their order on screen and the diff of a preview. */
  readonly resources: TemplateResources;
  /** Values for parameters whose default in the template is not the one to use. */
  readonly parameters?: Readonly<Record<string, string>>;
  readonly tags: readonly Tag[];
  readonly capabilities: readonly string[];
  readonly region: string;
  /** Name or ARN. */
  readonly cluster: string;
  /** The logical ids of the service and the task definition in the template. */
  readonly serviceId: string;
  readonly taskDefinitionId: string;
  readonly wait: Wait;
  /**
   * The root of the client request tokens of this deployment, unique to it: letters, digits and hyphens, beginning with a
   * letter, at most 100. Each operation's token is this with the operation's name behind it.
   */
  readonly token: string;
  /** Milliseconds a resource usually takes, by logical id or type, from the profile's own history. */
  readonly usual?: Readonly<Record<string, number>>;
  /** The change set that was shown and is to be executed instead of a plain create or update. */
  readonly changeSet?: ChangeSetChoice;
  /**
   * For how many milliseconds without credentials or connection the watching goes on; absent: for ever. Headless runs set
   * it, because nobody is there to log in.
   */
  readonly patience?: number;
}

/** A change set that a person has seen and agreed to. */
export interface ChangeSetChoice {
  readonly id: string;
  /** The stack it is for, when that is known: what may have to go with it. */
  readonly stackId?: string;
  readonly type: "CREATE" | "UPDATE";
}

/** The `Resources` of a CloudFormation template. */
export type TemplateResources = Readonly<Record<string, TemplateResource>>;

/** One resource of a template, as far as the engine looks into it. */
export interface TemplateResource {
  readonly Type: string;
  readonly Properties?: Readonly<Record<string, unknown>>;
  readonly DependsOn?: string | readonly string[];
}

/** The operations a deployment performs on its stack, each with a token of its own. */
export type Operation = "create" | "update" | "delete" | "execute" | "cancel" | "continue";

/** The client request token of one operation of a deployment. */
export function operationToken(plan: Pick<DeploymentPlan, "token">, operation: Operation): string {
  return `${plan.token}-${operation}`;
}

/** All tokens that belong to the deployment of one of them; a token of another make stands for itself. */
export function operationTokens(token: string): readonly string[] {
  const root = /^(.+)-(?:create|update|delete|execute|cancel|continue)(?:-\d+)?$/.exec(token)?.[1];
  if (root === undefined) return [token];
  return [
    token,
    ...(["create", "update", "delete", "execute", "cancel", "continue"] as const).map((one) => operationToken({ token: root }, one)),
  ];
}
