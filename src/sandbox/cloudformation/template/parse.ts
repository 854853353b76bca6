import { LineCounter, Pair, parseDocument, Scalar, type Tags, YAMLMap, type YAMLSeq } from "yaml";
import { badFormat } from "../invalid.ts";
import { isObject, type Json, type JsonObject } from "../json.ts";

const SHORT_FORMS = [
  "Base64",
  "Cidr",
  "FindInMap",
  "GetAZs",
  "If",
  "ImportValue",
  "Join",
  "Select",
  "Split",
  "Sub",
  "Transform",
  "And",
  "Equals",
  "Not",
  "Or",
] as const;

/** The YAML tags of one function: `!Sub text`, `!Sub [text, map]` and `!Transform {…}` all become `{"Fn::Sub": …}`. */
function functionTags(tag: string, key: string, scalar: (text: string) => Json = (text) => text): Tags {
  const wrap = (node: YAMLMap | YAMLSeq) => {
    const map = new YAMLMap();
    map.items.push(new Pair(new Scalar(key), node));
    return map;
  };
  return [
    { tag, resolve: (text: string) => ({ [key]: scalar(text) }) },
    { tag, collection: "seq", resolve: (node) => wrap(node) },
    { tag, collection: "map", resolve: (node) => wrap(node) },
  ];
}

function attributePath(text: string): Json {
  const dot = text.indexOf(".");
  return dot < 0 ? [text] : [text.slice(0, dot), text.slice(dot + 1)];
}

const FUNCTION_TAGS: Tags = [
  ...functionTags("!Ref", "Ref"),
  ...functionTags("!Condition", "Condition"),
  ...functionTags("!GetAtt", "Fn::GetAtt", attributePath),
  ...SHORT_FORMS.flatMap((name) => functionTags(`!${name}`, `Fn::${name}`)),
];

function parseJson(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    throw badFormat("JSON not well-formed.");
  }
}

function parseYaml(text: string): Json {
  const lines = new LineCounter();
  const document = parseDocument(text, { customTags: FUNCTION_TAGS, lineCounter: lines, uniqueKeys: true, prettyErrors: false });
  const failure = document.errors[0] ?? document.warnings.find((warning) => warning.code === "TAG_RESOLVE_FAILED");
  if (failure) {
    const { line, col } = lines.linePos(failure.pos[0]);
    throw badFormat(`YAML not well-formed. (line ${line}, column ${col})`);
  }
  try {
    return document.toJS({ maxAliasCount: 0 }) as Json;
  } catch {
    throw badFormat("YAML aliases are not allowed in CloudFormation templates");
  }
}

/**
 * The content of a template text, JSON or YAML with the short forms of the functions turned into their long ones.
 * Throws the ValidationError CloudFormation answers for text that is neither.
 */
export function parseTemplateText(text: string): JsonObject {
  const value = text.trimStart().startsWith("{") ? parseJson(text) : parseYaml(text);
  if (!isObject(value)) throw badFormat("unsupported structure.");
  return value;
}
