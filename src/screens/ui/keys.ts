import type { Key } from "ink";
import { graphemesOf } from "../../engine/text-editing.ts";

/** One key as bindings name it: `a`, `return`, `ctrl+p`, `alt+up`; printable keys carry their text. */
export interface Stroke {
  readonly name: string;
  readonly text?: string;
}

const named: Readonly<Record<string, string>> = {
  "\r": "return",
  "\n": "return",
  "\t": "tab",
  "\u007f": "backspace",
  "\b": "backspace",
  "\u001b": "escape",
};

/** What Ink heard, as single keys: a chunk of many letters, returns and tabs comes apart, nothing is lost. */
export function strokesOf(input: string, key: Key): Stroke[] {
  if (key.eventType === "release") return [];
  // Two of them in one chunk are told as one with Alt.
  if (key.escape && key.meta) return [{ name: "escape" }, { name: "escape" }];
  const special = specialName(key);
  if (special !== undefined) return [{ name: withModifiers(special, key, special === "tab" || isArrow(special)) }];
  if (key.ctrl && input !== "") return [{ name: `${key.meta ? "alt+" : ""}ctrl+${input.toLowerCase()}` }];
  if (key.meta && input !== "") return strokeOf(input).map(({ name }) => ({ name: `alt+${name}` }));
  return graphemesOf(input).flatMap(strokeOf);
}

function strokeOf(grapheme: string): Stroke[] {
  if (grapheme === "\r\n") return [{ name: "return" }];
  const name = named[grapheme];
  if (name) return [{ name }];
  const code = grapheme.codePointAt(0) ?? 0;
  if (code < 27) return [{ name: `ctrl+${String.fromCharCode(code + 96)}` }];
  if (code < 32) return [{ name: `ctrl+${String.fromCharCode(code + 64).toLowerCase()}` }];
  return [{ name: grapheme === " " ? "space" : grapheme, text: grapheme }];
}

function specialName(key: Key): string | undefined {
  if (key.return) return "return";
  if (key.escape) return "escape";
  if (key.tab) return "tab";
  if (key.backspace) return "backspace";
  if (key.delete) return "delete";
  if (key.upArrow) return "up";
  if (key.downArrow) return "down";
  if (key.leftArrow) return "left";
  if (key.rightArrow) return "right";
  if (key.pageUp) return "pageup";
  if (key.pageDown) return "pagedown";
  if (key.home) return "home";
  if (key.end) return "end";
  return undefined;
}

const isArrow = (name: string) => ["up", "down", "left", "right"].includes(name);

function withModifiers(name: string, key: Key, shift: boolean): string {
  return `${key.ctrl ? "ctrl+" : ""}${key.meta && name !== "escape" ? "alt+" : ""}${shift && key.shift ? "shift+" : ""}${name}`;
}

const signs: Readonly<Record<string, [string, string]>> = {
  return: ["⏎", "Enter"],
  escape: ["esc", "esc"],
  up: ["↑", "Up"],
  down: ["↓", "Down"],
  left: ["←", "Left"],
  right: ["→", "Right"],
  pageup: ["PgUp", "PgUp"],
  pagedown: ["PgDn", "PgDn"],
  home: ["Home", "Home"],
  end: ["End", "End"],
  delete: ["Del", "Del"],
  backspace: ["⌫", "Backspace"],
  tab: ["Tab", "Tab"],
};

/** A key as the footer writes it: `^p`, `⌥↑`, `⏎`. */
export function keySign(name: string, unicode: boolean): string {
  const parts = name.split("+");
  const last = parts.at(-1) || "+";
  const base = signs[last]?.[unicode ? 0 : 1] ?? last;
  const modifiers = parts
    .slice(0, -1)
    .map((part) => (part === "ctrl" ? "^" : part === "alt" ? (unicode ? "⌥" : "Alt-") : unicode ? "⇧" : "Shift-"));
  return modifiers.join("") + base;
}
