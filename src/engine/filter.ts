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

/** The items that fit, best first, as an array of them would be; each is made when it is asked for: of thousands a screen shows a few. */
export interface Matches extends Iterable<FilterMatch> {
  readonly length: number;
  at(index: number): FilterMatch | undefined;
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
  readonly matches: Matches;
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

const hitOf = (text: string, word: string): Hit | undefined => findWhole(text, word) ?? findScattered(text, word);

/** What a row is worth for all the words together; undefined when one is missing. */
function scoreOf({ text }: Row, words: readonly string[]): number | undefined {
  let sum = 0;
  for (const word of words) {
    const hit = hitOf(text, word);
    if (!hit) return undefined;
    sum += hit.score;
  }
  return sum;
}

/** The letters of the words in the columns that are shown. */
function rangesOf({ item, text, starts }: Row, words: readonly string[]): readonly MatchRange[] {
  const ranges: MatchRange[] = [];
  for (const word of words) {
    const hit = hitOf(text, word);
    if (!hit) continue;
    const { begin, whole } = hit;
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

/** Rows in the order of `ranked`, where each number is a row's place. */
class Ranked implements Matches {
  readonly length: number;
  readonly #rows: readonly Row[];
  readonly #ranked: Float64Array;
  readonly #words: readonly string[];
  constructor(rows: readonly Row[], ranked: Float64Array, words: readonly string[]) {
    this.length = rows.length;
    this.#rows = rows;
    this.#ranked = ranked;
    this.#words = words;
  }
  at(index: number): FilterMatch | undefined {
    const row = this.#rows[placeOf(this.#ranked[index] ?? -1)];
    return row && { item: row.item, ranges: rangesOf(row, this.#words) };
  }
  *[Symbol.iterator](): Generator<FilterMatch, void, undefined> {
    for (let index = 0; index < this.length; index++) yield this.at(index) as FilterMatch;
  }
}

/** More than any list has rows. */
const places = 2 ** 24;
/** Score and place in one number, so that thousands are put in order without a comparison of our own: the best score first, then the first place. */
const rankOf = (score: number, place: number): number => -score * places + place;
const placeOf = (rank: number): number => ((rank % places) + places) % places;

/**
 * The items in which every word of `text` occurs, whatever case and accents: as it stands, or else scattered in order from
 * the start of a word, within one column or the value. Best matches first; among equals, and without words, in the
 * order given. Remembers the last answers for a list: the same text gives the same matches again.
 */
export function filterItems(items: readonly PickerItem[], text: string): Matches {
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
  // Without words all rows are made ready: the first letter must not wait for thousands of them.
  const matching: Row[] = [];
  const ranked: number[] = [];
  for (const row of narrowest(known, wanted)?.matching ?? items.map(rowOf)) {
    const score = scoreOf(row, words);
    if (score === undefined) continue;
    ranked.push(rankOf(score, matching.length));
    matching.push(row);
  }
  return { matching, matches: new Ranked(matching, Float64Array.from(ranked).sort(), words) };
}
