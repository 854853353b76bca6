import { type Line, type Span, span } from "../ui/spans.ts";

/** YAML with colours: keys, texts, numbers and the like, comments. */
export function yamlLines(text: string): Line[] {
  return text.trimEnd().split("\n").map(yamlLine);
}

function yamlLine(line: string): Line {
  const comment = /^\s*#/.test(line);
  if (comment) return [span(` ${line}`, "muted")];
  const [, indent = "", key, rest = ""] = /^(\s*(?:- )*)(?:((?:"[^"]*"|'[^']*'|[^\s'"#{[][^:#]*?)):(?=\s|$))?(.*)$/.exec(line) ?? [];
  return [span(` ${indent}`), ...(key === undefined ? [] : [span(key, "accent"), span(":")]), ...valueSpans(rest)];
}

function valueSpans(text: string): Span[] {
  const value = text.trim();
  if (value === "") return [];
  if (/^(-?\d+(\.\d+)?|true|false|null|~)$/.test(value)) return [span(text, "warn")];
  if (/^[|>][+-]?$|^!/.test(value) || value === "{}" || value === "[]") return [span(text)];
  return [span(text, "good")];
}
