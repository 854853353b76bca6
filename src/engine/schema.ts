/**
 * The vocabulary in which the step is described. A field is described once, as data; the form, the visibility, the
 * validation, the file format and its JSON Schema, `--set path=value`, the review and the reference page derive from it.
 */

export type { ValuesOf } from "./answers.ts";
export { formatPath, parsePath } from "./path.ts";

/** Anything a profile file can hold. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** An object of a profile file. */
export type JsonObject = { [key: string]: Json };

/** Where a value stands in a profile: keys and row numbers, e.g. `["containers", 0, "image"]`. */
export type Path = readonly (string | number)[];

/** A text with `#{…}` left in it: what a bound field holds until its variables have values. */
export type Expression = string;

/** The sources that fill pickers, one file each in `src/aws-discovery/sources`. */
export type SourceId =
  | "awsProfiles"
  | "regions"
  | "clusters"
  | "vpcs"
  | "subnets"
  | "securityGroups"
  | "ecsRoles"
  | "targetGroups"
  | "repositories"
  | "imageTags"
  | "secrets"
  | "registrySecrets"
  | "fileSystems"
  | "accessPoints"
  | "logGroups";

/** What the rules of a field may look at: its value's place, its siblings, and the whole step. */
export interface FieldScope {
  /** The effective values beside this field (of the section, or of the list item or group it stands in). */
  readonly siblings: Readonly<Record<string, unknown>>;
  /** The effective values of the whole step. */
  readonly step: Readonly<Record<string, unknown>>;
  readonly path: Path;
}

/** How bad an issue is: errors stop a deployment, warnings do not. */
export type Severity = "error" | "warning";

/** Something wrong with a profile, as data: never thrown. */
export interface Issue {
  readonly path: Path;
  readonly severity: Severity;
  /** The rule's stable name in kebab-case, e.g. `cpu-memory-pair`. */
  readonly rule: string;
  readonly message: string;
  /** What to do about it. */
  readonly hint: string;
}

/** What a field's own check found; the field's path is added by the validator. */
export interface Finding {
  readonly rule: string;
  readonly message: string;
  readonly hint: string;
  readonly severity?: Severity;
}

/** What every field has, whatever its kind. */
export interface FieldCommon {
  readonly label: string;
  /** One to three sentences in plain language, always visible in the form. */
  readonly help: string;
  /** The longer text shown under `?`. */
  readonly moreHelp?: string;
  /** The AWS documentation page. */
  readonly docs?: string;
  /** The CloudFormation property it lands in, e.g. `AWS::ECS::TaskDefinition.Cpu`. */
  readonly property?: string;
  /** Hidden, and its value not effective, when false. Synchronous. */
  readonly when?: (scope: FieldScope) => boolean;
  /** The reason why Fargate rejects it; set means the field is an error when it has a value. */
  readonly fargate?: string;
  /** Rarely used: folded away in the form until set. */
  readonly advanced?: boolean;
  /** Fields of one object that share a heading fold together in the form, e.g. `Storage and logging`; absent: always open. */
  readonly heading?: string;
  /** Shown, never edited by the form. */
  readonly readOnly?: boolean;
}

/** Options of a choice, the value as it stands in the file. */
export interface Choice<V extends string | number = string | number> {
  readonly value: V;
  readonly label?: string;
  readonly help?: string;
}

interface Scalar<V> extends FieldCommon {
  readonly required?: boolean;
  readonly default?: V;
  /** What AWS assumes while the field is absent: shown, never written to the template. */
  readonly assumed?: V;
  /** A dimmed example shown while the field is empty. */
  readonly placeholder?: string;
  /** Checks a literal value that has been read already; not called for unresolved expressions. */
  readonly check?: (value: V, scope: FieldScope) => Finding | undefined;
}

export interface TextField extends Scalar<string> {
  readonly kind: "text";
  readonly multiline?: boolean;
  /** The empty text is a value of its own; otherwise it counts as absent. */
  readonly allowEmpty?: boolean;
  /** Suggested values for the form, e.g. the names of the other containers; others stay possible. */
  readonly choices?: (scope: FieldScope) => readonly Choice<string>[];
}
/** A text never shown, logged or saved in clear. */
export interface SecretField extends Scalar<string> {
  readonly kind: "secret";
}
/** An integer, written as a number or as text in the file. */
export interface NumberField extends Scalar<number> {
  readonly kind: "number";
  readonly min?: number;
  readonly max?: number;
  /** Shown behind the value: `MiB`, `seconds`. */
  readonly unit?: string;
  /** Suggested values for the form, e.g. memory sizes valid for the chosen CPU. */
  readonly choices?: (scope: FieldScope) => readonly Choice<number>[];
}
export interface ToggleField extends Scalar<boolean> {
  readonly kind: "toggle";
}
/** One of a fixed set; numeric sets are read as numbers. */
export interface ChoiceField<V extends string | number = string | number> extends Scalar<V> {
  readonly kind: "choice";
  readonly options: readonly Choice<V>[];
  /** Values the format holds, e.g. in an imported step, although Fargate rejects them: never offered, and an error with the reason. */
  readonly rejected?: { readonly values: readonly V[]; readonly reason: string };
  /** A word that may stand in the file for none of them, e.g. `none`, read as absent: what an expression gives to choose nothing. */
  readonly absentWord?: string;
}
/** The values a file may name for a choice: its options, and its word for none of them. */
export function namedChoices({ options, absentWord }: ChoiceField<string> | ChoiceField<number>): readonly (string | number)[] {
  const values: readonly (string | number)[] = options.map(({ value }) => value);
  return absentWord === undefined ? values : [...values, absentWord];
}
/** One value picked live from AWS; typing it stays possible. */
export interface PickField extends Scalar<string> {
  readonly kind: "pick";
  readonly source: SourceId;
}
/** Several values picked live from AWS. */
export interface PicksField extends FieldCommon {
  readonly kind: "picks";
  readonly source: SourceId;
  readonly required?: boolean;
  readonly min?: number;
  readonly max?: number;
  readonly check?: (value: string, scope: FieldScope) => Finding | undefined;
}
/** A list of texts: commands, entry points, file ARNs. */
export interface TextsField extends FieldCommon {
  readonly kind: "texts";
  readonly required?: boolean;
  readonly min?: number;
  readonly max?: number;
  /** How a single text in the file is read: as the items of `wrap(text)`. Absent: a single text is an error. */
  readonly wrap?: (text: string) => readonly string[];
  readonly placeholder?: string;
  readonly check?: (value: string, scope: FieldScope) => Finding | undefined;
  readonly checkAll?: (values: readonly string[], scope: FieldScope) => Finding | undefined;
}
/** Names with text values: Docker labels, log options. */
export interface MapField extends FieldCommon {
  readonly kind: "map";
  readonly required?: boolean;
  readonly secretValues?: boolean;
  /** Keys whose values a picker offers. */
  readonly picks?: Readonly<Record<string, SourceId>>;
  readonly check?: (key: string, value: string, scope: FieldScope) => Finding | undefined;
}
/** An object of further fields, folded with a summary in the form: `healthCheck`, `logging`. */
export interface GroupField<F extends Fields = Fields> extends FieldCommon {
  readonly kind: "group";
  readonly fields: F;
  /** Always effective: its fields' defaults apply even where the file has no such key. */
  readonly required?: boolean;
  /** One line of what is set inside; absent: derived from the fields. */
  readonly summary?: (value: Readonly<Record<string, unknown>>) => string;
  /** A text that may stand in the file instead of the object, e.g. `default`, read as absent. */
  readonly absentWord?: string;
}
/** Rows of further fields: containers, ports, environment, mounts, tags. The one recursive kind. */
export interface ListField<F extends Fields = Fields> extends FieldCommon {
  readonly kind: "list";
  readonly fields: F;
  /** Singular, for buttons and messages: `container`, `port mapping`. */
  readonly item: string;
  readonly required?: boolean;
  readonly min?: number;
  readonly max?: number;
  /** The keys whose values together name a row in summaries, breadcrumbs and duplicate checks. */
  readonly summary: (value: Readonly<Record<string, unknown>>) => string;
  /** The combination of values that must not occur twice; message and hint are derived. */
  readonly unique?: {
    readonly rule: string;
    readonly key: (value: Readonly<Record<string, unknown>>) => string | undefined;
    readonly what: string;
    /** The field of the row that the issue points at; absent: the row. */
    readonly at?: string;
  };
  /** The row that `a add` begins with. */
  readonly blank?: JsonObject;
}
/** A text in the form that holds no value. Its key never stands in a file. */
export interface NoteField extends FieldCommon {
  readonly kind: "note";
  readonly text: (scope: FieldScope) => string;
}

export type Field =
  | TextField
  | SecretField
  | NumberField
  | ToggleField
  | ChoiceField<string>
  | ChoiceField<number>
  | PickField
  | PicksField
  | TextsField
  | MapField
  | GroupField
  | ListField
  | NoteField;

/** The kinds whose value is one literal or one expression. */
export type ScalarField = Extract<Field, { kind: "text" | "secret" | "number" | "toggle" | "choice" | "pick" }>;

/** Fields by their key in the file, in the order of the form. */
export type Fields = { readonly [key: string]: Field };

/** A rule over several fields; `issue` paths are whole paths from the profile's root. */
export type Rule<S> = (step: S) => Iterable<Issue>;

/** One section of the step: a key of the file, a screen of the form. A section is either an object or a list of rows. */
export interface Section<F extends Field = Field> {
  readonly key: string;
  /** In full, as the heading of its screen. */
  readonly title: string;
  /** In short, for the rail. */
  readonly short: string;
  readonly field: F;
}
