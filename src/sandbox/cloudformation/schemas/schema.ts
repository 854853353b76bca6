/**
 * The shape of a property: a primitive (`string`, `integer`, `number`, `boolean`), `json` (anything), `map` (texts by name),
 * the words it may be (`FARGATE|EC2`), a list (`[shape]`) or an object. A key that ends in `!` is required.
 */
export type Shape = string | [Shape] | { [key: string]: Shape };

/** What CloudFormation knows of a resource type, after the public resource schemas. */
export interface ResourceSchema {
  type: string;
  /** What `Fn::GetAtt` may ask for. */
  attributes: string[];
  /** Properties whose change makes a new physical resource. */
  replacedBy: string[];
  /** Properties whose change may or may not, depending on the value. */
  perhapsReplacedBy?: string[];
  /** The property that names the resource, when the user may choose the name. */
  nameProperty?: string;
  /** Older types answer an unknown property with "Encountered unsupported property". */
  legacy?: boolean;
  /** Capability the template needs because of this resource. */
  needsIamCapability?: boolean;
  properties: Record<string, Shape>;
}

/** The list-of-tags shape nearly every type has. */
export const TAGS: Shape = [{ "Key!": "string", "Value!": "string" }];
