/** The template as a text, the way a person would write it. */
import { Document, isMap, isScalar, type Pair, Scalar, type Tags, visit, type YAMLMap } from "yaml";
import { sections } from "../sections/index.ts";
import type { TemplateObject } from "./values.ts";

/** The section a parameter or property belongs to; its title stands above the first of each group. */
const sectionOf: Readonly<Record<string, string>> = {
  ClusterName: "target",
  TaskDefinitionName: "configuration",
  TaskRole: "configuration",
  TaskExecutionRole: "taskExecutionRole",
  AmazonECSTaskExecutionRolePolicyArn: "taskExecutionRole",
  TaskDefinitionCPU: "taskSize",
  TaskDefinitionMemory: "taskSize",
  LogGroupName: "containers",
  DesiredCount: "deployment",
  MinimumHealthPercent: "deployment",
  MaximumHealthPercent: "deployment",
  Family: "configuration",
  ExecutionRoleArn: "taskExecutionRole",
  Cpu: "taskSize",
  ContainerDefinitions: "containers",
  Volumes: "volumes",
  Tags: "tags",
  Cluster: "target",
  NetworkConfiguration: "network",
  EnableECSManagedTags: "tags",
  LoadBalancers: "loadBalancerMappings",
};

/** What each kind of resource is for, above it. */
const purposeOf: Readonly<Record<string, string>> = {
  "AWS::IAM::Role": "Task execution role: ECS pulls images and writes logs with it",
  "AWS::Logs::LogGroup": "Containers: the log group of those that log automatically",
  "AWS::ECS::TaskDefinition": "Task definition: what runs",
  "AWS::ECS::Service": "Service: how many run, where, and behind which load balancer",
};

/** A text `<<` is a text here: nothing is merged. */
function withoutMerge(tags: Tags): Tags {
  return tags.filter((tag) => (typeof tag === "string" ? tag !== "merge" : tag.tag !== "tag:yaml.org,2002:merge"));
}

/** Prints the template; the same template always gives the same bytes. */
export function printTemplate(template: TemplateObject, format: "yaml" | "json" = "yaml"): string {
  if (format === "json") return `${JSON.stringify(template, null, 2)}\n`;
  const document = new Document(template, { version: "1.1", customTags: withoutMerge, aliasDuplicateObjects: false });
  visit(document, { Scalar: (_, scalar) => quoteWhereReadersDiffer(scalar) });
  for (const pair of pairsAt(document, "Parameters")) head(pair, titleOf(keyOf(pair)), false);
  nameGroups(pairsAt(document, "Parameters"));
  for (const resource of pairsAt(document, "Resources")) {
    const type = document.getIn(["Resources", keyOf(resource), "Type"]);
    head(resource, purposeOf[String(type)], resource !== pairsAt(document, "Resources")[0]);
    if (String(type).startsWith("AWS::ECS::")) nameGroups(pairsAt(document, "Resources", keyOf(resource), "Properties"));
  }
  for (const part of ["Parameters", "Resources"]) {
    const pair = (document.contents as unknown as YAMLMap).items.find((item) => keyOf(item) === part);
    if (pair) head(pair, undefined, true);
  }
  return document.toString({ lineWidth: 0, indentSeq: true }).replace(unprintables, escaped);
}

function pairsAt(document: Document, ...path: string[]): Pair[] {
  const node = document.getIn(path);
  return isMap(node) ? node.items : [];
}

const keyOf = (pair: Pair): string => String(isScalar(pair.key) ? pair.key.value : pair.key);

function titleOf(key: string): string | undefined {
  return sections.find((section) => section.key === sectionOf[key])?.title;
}

/** Puts the section's title above the first of the pairs that belong to it. */
function nameGroups(pairs: readonly Pair[]): void {
  let current: string | undefined;
  for (const pair of pairs) {
    const title = titleOf(keyOf(pair));
    head(pair, title === current ? undefined : title, false);
    current = title ?? current;
  }
}

function head(pair: Pair, comment: string | undefined, space: boolean): void {
  if (!isScalar(pair.key)) return;
  pair.key.commentBefore = comment === undefined ? null : ` ${comment}`;
  pair.key.spaceBefore = space;
}

/** Characters that YAML does not take as they are, or that YAML 1.1 takes for line breaks. */
const unprintable = /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/;
const unprintables = new RegExp(unprintable, "g");
const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/**
 * Quotes keep a text a text for every reader: octal numbers are written differently in YAML 1.1 and 1.2, `=` and `<<` have a meaning in
 * 1.1, some readers take no tab without quotes, and escapes are read inside double quotes only.
 */
function quoteWhereReadersDiffer(scalar: Scalar): void {
  const { value } = scalar;
  if (typeof value !== "string") return;
  const differs = /^([-+]?0o?[0-7]+|=|<<)$/.test(value) || (value.includes("\t") && !value.includes("\n"));
  if (differs || unprintable.test(value)) scalar.type = Scalar.QUOTE_DOUBLE;
}
