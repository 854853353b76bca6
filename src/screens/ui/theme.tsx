import { createContext, useContext } from "react";

/** What a colour means here; each also has a word or a sign. */
export type Tone = "good" | "bad" | "warn" | "accent" | "muted" | "plain";

/** How the terminal can be written to. */
export interface Theme {
  readonly color: boolean;
  readonly unicode: boolean;
  /** The background is light: yellow and cyan could not be read on it. */
  readonly light: boolean;
  readonly symbols: Symbols;
}

interface Symbols {
  readonly check: string;
  readonly cross: string;
  readonly point: string;
  readonly down: string;
  readonly dot: string;
  readonly on: string;
  readonly off: string;
  readonly more: string;
  readonly into: string;
  readonly bar: string;
  readonly rule: string;
  /** Top left, top right, bottom left, bottom right. */
  readonly corners: readonly [string, string, string, string];
  readonly none: string;
  readonly spinner: readonly string[];
}

const unicodeSymbols: Symbols = {
  check: "✓",
  cross: "✗",
  point: "▸",
  down: "▾",
  dot: "·",
  on: "◉",
  off: "○",
  more: "…",
  into: "›",
  bar: "│",
  rule: "─",
  corners: ["┌", "┐", "└", "┘"],
  none: "–",
  spinner: ["⠋", "⠙", "⠹", "⠸", "⠼", "⠴", "⠦", "⠧", "⠇", "⠏"],
};

const asciiSymbols: Symbols = {
  check: "v",
  cross: "x",
  point: ">",
  down: "v",
  dot: "-",
  on: "(*)",
  off: "( )",
  more: "...",
  into: ">",
  bar: "|",
  rule: "-",
  corners: ["+", "+", "+", "+"],
  none: "-",
  spinner: ["|", "/", "-", "\\"],
};

/** A theme in the terminal's own 16 colours, or without; in Unicode, or in ASCII; for a dark background, or a light one. */
export function createTheme(options: { color: boolean; unicode: boolean; light?: boolean }): Theme {
  return { light: false, ...options, symbols: options.unicode ? unicodeSymbols : asciiSymbols };
}

const ThemeContext = createContext<Theme>(createTheme({ color: true, unicode: true }));

/** Gives the theme to everything inside. */
export const ThemeProvider = ThemeContext.Provider;

/** The theme of the program. */
export function useTheme(): Theme {
  return useContext(ThemeContext);
}
