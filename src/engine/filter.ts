/** The filter of the pickers: words found in any column of a row, best rows first, fast enough for every keystroke. */
import type { PickerItem } from "./discovery.ts";

/** A part of a column that made an item match: UTF-16 positions, the end exclusive. */
export interface MatchRange {
  readonly column: number;
  readonly start: number;
  readonly end: number;
}

/** An item that fits the filter, with what to highlight: disjoint ranges, in order. */
export interface FilterMatch {
  readonly item: PickerItem;
  readonly ranges: readonly MatchRange[];
}

/** An item made ready: its columns and its value folded, a line each, so that no match spans two. */
interface Row {
  readonly item: PickerItem;
  readonly text: string;
  /** Where each line begins in the text. */
  readonly starts: readonly number[];
}

/** Where a word was found in a row's text: the higher the score, the better. Scattered letters follow their first one greedily. */
interface Hit {
  readonly score: number;
  readonly begin: number;
  readonly whole: boolean;
}

const rows = new WeakMap<PickerItem, Row>();

/** What was found in a list for a text. */
interface Answer {
  /** In the list's own order. */
  readonly matching: readonly Row[];
  readonly matches: readonly FilterMatch[];
}

/** The last answers by text, the latest last: a text that grows is looked for among the matches of its beginning, one that shrinks is there already. */
const answers = new WeakMap<readonly PickerItem[], Map<string, Answer>>();
const answersKept = 32;

/** The answer for the longest beginning of a text that is still known. */
function narrowest(known: ReadonlyMap<string, Answer>, text: string): Answer | undefined {
  for (let length = text.length; length > 0; length--) {
    const answer = known.get(text.slice(0, length));
    if (answer) return answer;
  }
  return undefined;
}

/** A letter without case and accent, as long as before. */
const foldLetter = (letter: string): string => {
  const plain = (letter.normalize("NFD")[0] ?? letter).toLowerCase();
  return plain.length === 1 ? plain : letter;
};

/** Folds a text to lower case without accents, position by position. */
const fold = (text: string): string =>
  text.replace(/[A-Z]+/g, (run) => run.toLowerCase()).replace(/[\u0080-\ud7ff\ue000-\uffff]/g, foldLetter);

function rowOf(item: PickerItem): Row {
  const known = rows.get(item);
  if (known) return known;
  const lines = item.columns.includes(item.value) ? item.columns : [...item.columns, item.value];
  const starts: number[] = [];
  let length = 0;
  for (const line of lines) {
    starts.push(length);
    length += line.length + 1;
  }
  const row = { item, text: fold(lines.join("\n")), starts };
  rows.set(item, row);
  return row;
}

const isWord = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 48 && code <= 57) || code >= 128;
const isWordStart = (text: string, at: number): boolean => at === 0 || !isWord(text.charCodeAt(at - 1));

/** How much a place is worth: a whole line, the start of a line, of a word, anywhere; more where a word ends with it. */
function worth(text: string, begin: number, end: number): number {
  const starts = begin === 0 || text.charCodeAt(begin - 1) === 10;
  if (starts && (end === text.length || text.charCodeAt(end) === 10)) return 1200;
  const place = starts ? 1000 : isWordStart(text, begin) ? 900 : 800;
  return end < text.length && isWord(text.charCodeAt(end)) ? place : place + 50;
}

/** The word as it stands in the text, at its best place. */
function findWhole(text: string, word: string): Hit | undefined {
  let best: Hit | undefined;
  for (let begin = text.indexOf(word), tries = 0; begin >= 0 && tries < 4; begin = text.indexOf(word, begin + 1), tries++) {
    const score = worth(text, begin, begin + word.length) - Math.min(begin, 99);
    if (!best || score > best.score) best = { score, begin, whole: true };
  }
  return best;
}

/** Where the letters of a word end that follow each other from `begin`, which holds the first; negative when one does not come any more. */
function endOfLetters(text: string, word: string, begin: number): number {
  let at = begin;
  for (let letter = 1; letter < word.length && at >= 0; letter++) at = text.indexOf(word[letter] as string, at + 1);
  return at < 0 ? at : at + 1;
}

/** The word's letters in order within one line, the first one at the start of a word: the tightest such place. */
function findScattered(text: string, word: string): Hit | undefined {
  const first = word[0] ?? "";
  let best: Hit | undefined;
  for (let begin = text.indexOf(first); begin >= 0; begin = text.indexOf(first, begin + 1)) {
    if (!isWordStart(text, begin)) continue;
    const end = endOfLetters(text, word, begin);
    if (end < 0) break; // nor will it from a later start
    const line = text.indexOf("\n", begin);
    if (line >= 0 && end > line) continue;
    const score = 500 - Math.min(400, (end - begin - word.length) * 8) - Math.min(begin, 99);
    if (!best || score > best.score) best = { score, begin, whole: false };
  }
  return best;
}

function hitsOf({ text }: Row, words: readonly string[]): readonly Hit[] | undefined {
  const hits: Hit[] = [];
  for (const word of words) {
    const hit = findWhole(text, word) ?? findScattered(text, word);
    if (!hit) return undefined;
    hits.push(hit);
  }
  return hits;
}

/** The letters of the words in the columns that are shown. */
function rangesOf({ item, text, starts }: Row, words: readonly string[], hits: readonly Hit[]): readonly MatchRange[] {
  const ranges: MatchRange[] = [];
  for (const [index, { begin, whole }] of hits.entries()) {
    const word = words[index] ?? "";
    const column = starts.findLastIndex((start) => start <= begin);
    if (column >= item.columns.length) continue;
    const offset = starts[column] ?? 0;
    const add = (start: number, length: number) => ranges.push({ column, start: start - offset, end: start - offset + length });
    if (whole) add(begin, word.length);
    for (let letter = 0, at = begin; !whole && letter < word.length; letter++, at++) {
      at = letter === 0 ? at : text.indexOf(word[letter] as string, at);
      add(at, 1);
    }
  }
  return disjoint(ranges);
}

/** The ranges in the order of the columns, those that touch joined. */
function disjoint(ranges: MatchRange[]): readonly MatchRange[] {
  const joined: MatchRange[] = [];
  for (const range of ranges.sort((a, b) => a.column - b.column || a.start - b.start)) {
    const last = joined.at(-1);
    if (last && last.column === range.column && range.start <= last.end)
      joined[joined.length - 1] = { ...last, end: Math.max(last.end, range.end) };
    else joined.push(range);
  }
  return joined;
}

/** A match that finds its ranges when they are asked for: of thousands a screen shows a few. */
class Match implements FilterMatch {
  readonly item: PickerItem;
  readonly #row: Row;
  readonly #words: readonly string[];
  readonly #hits: readonly Hit[];
  constructor(row: Row, words: readonly string[], hits: readonly Hit[]) {
    this.item = row.item;
    this.#row = row;
    this.#words = words;
    this.#hits = hits;
  }
  get ranges(): readonly MatchRange[] {
    return rangesOf(this.#row, this.#words, this.#hits);
  }
}

/**
 * The items in which every word of `text` occurs, whatever case and accents: as it stands, or else scattered in order from
 * the start of a word, within one column or the value. Best matches first; among equals, and without words, in the
 * order given. Remembers the last answers for a list: the same text gives the same array again.
 */
export function filterItems(items: readonly PickerItem[], text: string): readonly FilterMatch[] {
  const wanted = fold(text).trim();
  const known = answers.get(items) ?? new Map<string, Answer>();
  answers.set(items, known);
  const answer = known.get(wanted) ?? answerTo(items, wanted, known);
  known.delete(wanted);
  known.set(wanted, answer);
  const [oldest] = known.keys();
  if (known.size > answersKept && oldest !== undefined) known.delete(oldest);
  return answer.matches;
}

function answerTo(items: readonly PickerItem[], wanted: string, known: ReadonlyMap<string, Answer>): Answer {
  const words = wanted.split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    // Ready before the first letter comes: that one must not wait for thousands of rows.
    for (const item of items) rowOf(item);
    return { matching: [], matches: items.map((item) => ({ item, ranges: [] })) };
  }
  const found: { readonly row: Row; readonly hits: readonly Hit[]; readonly score: number }[] = [];
  for (const row of narrowest(known, wanted)?.matching ?? items.map(rowOf)) {
    const hits = hitsOf(row, words);
    if (hits) found.push({ row, hits, score: hits.reduce((sum, hit) => sum + hit.score, 0) });
  }
  const matching = found.map(({ row }) => row);
  return { matching, matches: found.sort((a, b) => b.score - a.score).map(({ row, hits }) => new Match(row, words, hits)) };
}
