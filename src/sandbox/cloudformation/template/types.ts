import type { Json, JsonObject } from "../json.ts";

/** A parameter as a template declares it. */
export interface ParameterDeclaration {
  Type: string;
  Default?: Json;
  Description?: string;
  AllowedValues?: Json[];
  AllowedPattern?: string;
  ConstraintDescription?: string;
  MinLength?: Json;
  MaxLength?: Json;
  MinValue?: Json;
  MaxValue?: Json;
  NoEcho?: Json;
}

/** A resource as a template declares it, its properties not yet evaluated. */
export interface ResourceDeclaration {
  Type: string;
  Properties?: JsonObject;
  DependsOn?: string | string[];
  Condition?: string;
  Metadata?: JsonObject;
  DeletionPolicy?: Json;
  UpdateReplacePolicy?: Json;
  CreationPolicy?: Json;
  UpdatePolicy?: Json;
}

/** An output as a template declares it. */
export interface OutputDeclaration {
  Value: Json;
  Description?: string;
  Condition?: string;
  Export?: { Name: Json };
}

/** A template that parsed and whose structure was checked; absent sections are empty. */
export interface Template {
  description: string | undefined;
  metadata: JsonObject;
  parameters: Record<string, ParameterDeclaration>;
  mappings: Record<string, Record<string, Record<string, Json>>>;
  conditions: Record<string, Json>;
  resources: Record<string, ResourceDeclaration>;
  outputs: Record<string, OutputDeclaration>;
}
