/** Reading a profile's text. */
import { type Document, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument } from "yaml";
import type { Issue, Json, JsonObject, Path } from "../schema.ts";
import { isObject, nameOfType } from "../values/reading.ts";
import { AliasProblem, keyText, toJson } from "./to-json.ts";

/** A place in a text, both counted from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** An issue of a file, with its place where that is known. */
export interface FileIssue extends Issue, Partial<Place> {}

/** A text read as a profile. */
export interface ParsedProfile {
  /** Absent when the text is no profile; the issues say why. */
  readonly profile?: JsonObject;
  readonly issues: readonly FileIssue[];
  /** Where a value stands in the text; for a path that is not there, where its nearest parent stands. */
  readonly locate: (path: Path) => Place | undefined;
}

const nowhere = () => undefined;
const tooDeep = "The text is nested too deeply to be a profile.";

/** Reads a profile; see {@link ParsedProfile}. */
export function readDocument(text: string, { format = "yaml" }: { readonly format?: "yaml" | "json" } = {}): ParsedProfile {
  const clean = text.replace(/^\uFEFF/, "");
  const jsonIssue = format === "json" ? jsonSyntax(clean) : undefined;
  if (jsonIssue) return { issues: [jsonIssue], locate: nowhere };
  try {
    return readYaml(format === "json" ? clean.replaceAll("\t", " ") : clean);
  } catch (problem) {
    if (problem instanceof RangeError) return { issues: [syntax(tooDeep)], locate: nowhere };
    throw problem;
  }
}

function readYaml(text: string): ParsedProfile {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false, version: "1.2", merge: false });
  const locate = (path: Path) => placeOf(document, path, lines);
  const faults = [...document.errors, ...document.warnings].map(({ code, message, pos }) => {
    const { line, col } = lines.linePos(pos[0]);
    return syntax(plainly(code, message), { line, column: col });
  });
  const deep = faults.find(({ message }) => message.endsWith(tooDeep));
  if (deep) return { issues: [deep], locate };
  if (faults.length > 0) return { issues: faults, locate };
  try {
    const profile = toJson(document);
    return isObject(profile) ? { profile, issues: [], locate } : { issues: [noProfile(profile)], locate };
  } catch (problem) {
    if (!(problem instanceof AliasProblem)) throw problem;
    return { issues: [syntax(problem.message)], locate };
  }
}

function syntax(message: string, place?: Place): FileIssue {
  const where = place ? `Line ${place.line}, column ${place.column}: ` : "";
  return {
    path: [],
    severity: "error",
    rule: "syntax",
    message: `${where}${message}`,
    hint: "Correct the file; docs/reference.md shows the format.",
    ...place,
  };
}

/** What YAML's error codes mean to somebody who just wants to write a profile. */
function plainly(code: string, message: string): string {
  if (/call stack/i.test(message)) return tooDeep;
  if (code === "DUPLICATE_KEY") return "This key stands here twice; keep one.";
  if (/nested mappings/i.test(message)) return "A text that holds a colon with a space behind it, or ends with one, needs quotes.";
  if (code === "TAB_AS_INDENT") return "A tab is used to indent; YAML wants spaces.";
  if (code === "MULTIPLE_DOCS") return "The file holds several documents (---); a profile is one.";
  if (code === "TAG_RESOLVE_FAILED") return `${message.split("\n")[0]}: a profile has no YAML tags. Put the text in quotes.`;
  const first = message.split("\n")[0] ?? "";
  return `This is not valid YAML: ${first.slice(0, 1).toLowerCase()}${first.slice(1)}.`.replace(/\.\.$/, ".");
}

function noProfile(value: Json): FileIssue {
  const what = value === null ? "The file is empty" : `The file holds ${nameOfType(value)}`;
  return {
    path: [],
    severity: "error",
    rule: "no-profile",
    message: `${what}; a profile has keys such as target and containers.`,
    hint: "Begin with one of the examples, or with ecs-wizard new.",
  };
}

/** What is wrong with a JSON text, if anything; V8 tells the position in the message. */
function jsonSyntax(text: string): FileIssue | undefined {
  try {
    JSON.parse(text);
    return undefined;
  } catch (problem) {
    const message = (problem as SyntaxError).message;
    const position = /position (\d+)/.exec(message)?.[1];
    const what = `This is not valid JSON: ${message.replace(/ in JSON at position.*$| \(line.*$/s, "")}.`;
    if (position === undefined) return syntax(text.trim() === "" ? "The file is empty." : what);
    const before = text.slice(0, Number(position)).split("\n");
    return syntax(what, { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 });
  }
}

function placeOf(document: Document.Parsed, path: Path, lines: LineCounter): Place | undefined {
  let node: unknown = document.contents;
  let offset = isNode(node) ? node.range?.[0] : undefined;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find((item) => keyText(item.key) === String(step));
      if (!pair) break;
      offset = (isScalar(pair.key) ? pair.key.range?.[0] : undefined) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      offset = (isNode(node) ? node.range?.[0] : undefined) ?? offset;
    } else break;
  }
  if (offset === undefined) return undefined;
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}
