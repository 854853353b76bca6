/** A change set, and what comes with it, as CloudFormation describes it. */
import type { Tag } from "./facts.ts";

/** One property (or other attribute) that a change set alters. */
export interface ChangeDetail {
  /** `Properties`, `Metadata`, `Tags`, `CreationPolicy`, … */
  readonly attribute: string;
  /** The property's name, or its whole path where AWS gives one: `/Properties/DesiredCount`. */
  readonly path?: string;
  readonly name?: string;
  readonly before?: string;
  readonly after?: string;
  /** `Never`, `Conditionally` or `Always`. */
  readonly recreation?: string;
  /** `Static`: certain; `Dynamic`: known only while it executes. */
  readonly evaluation?: string;
  readonly source?: string;
  readonly cause?: string;
}

/** One resource that a change set touches. */
export interface ResourceChange {
  /** `Add`, `Modify`, `Remove`, `Import` or `Dynamic`. */
  readonly action: string;
  readonly logicalId: string;
  readonly physicalId?: string;
  readonly type: string;
  /** `True`, `False` or `Conditional`. */
  readonly replacement?: string;
  readonly details: readonly ChangeDetail[];
  /** The resource's definition as JSON, before and after, when AWS gives property values. */
  readonly before?: string;
  readonly after?: string;
}

/** A change set; `changes` over all pages. */
export interface ChangeSet {
  readonly id: string;
  readonly name: string;
  readonly stackId: string;
  /** `CREATE_PENDING`, `CREATE_IN_PROGRESS`, `CREATE_COMPLETE`, `FAILED`, `DELETE_…`. */
  readonly status: string;
  readonly reason?: string;
  /** `AVAILABLE` when it can be executed. */
  readonly execution?: string;
  readonly changes: readonly ResourceChange[];
}

/** Something the early validation of a change set found. */
export interface ValidationFinding {
  readonly logicalId?: string;
  readonly resourceType?: string;
  /** e.g. `PROPERTY_VALIDATION`, `NAME_CONFLICT_VALIDATION`. */
  readonly name?: string;
  /** Where in the template, e.g. `/Resources/ServiceWeb/Properties/LaunchType`. */
  readonly path?: string;
  readonly message: string;
  /** Whether it stops the operation or only warns. */
  readonly severity: "error" | "warning";
}

/** What a stack is created or updated from. */
export interface StackInput {
  readonly stackName: string;
  readonly template: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly capabilities: readonly string[];
  readonly tags: readonly Tag[];
  /** CloudFormation's `ClientRequestToken`: echoed in every event, and makes a repeated call harmless. */
  readonly token: string;
}

/** A change set to be made. */
export interface ChangeSetInput extends StackInput {
  readonly name: string;
  readonly type: "CREATE" | "UPDATE";
}
