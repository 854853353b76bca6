import { toLower, toUpper } from "../characters.ts";
import { exception, unsupported } from "../errors.ts";
import { limits } from "../limits.ts";
import type { Spend } from "../regex/budget.ts";
import { matches, replace } from "../regex/index.ts";
import { addTicks, fromUnixMilliseconds } from "./date-time.ts";
import { digests, fromBase64, hash, toBase64 } from "./encodings.ts";
import * as escapes from "./escapes.ts";
import { addHours, format } from "./format.ts";
import { formatDate } from "./format-date.ts";
import { indent, substring, trimFilter, truncate } from "./text.ts";
import { uriPart } from "./uri-part.ts";
import { parseVersion, type Version } from "./versions.ts";

/** What filters ask of the world. */
export interface FilterTools {
  /** Milliseconds since 1970, for `NowDate` and `NowDateUtc`. */
  readonly now: () => number;
  /** Minutes from UTC at an instant, for `NowDate`; without it local time is UTC. */
  readonly utcOffset?: ((milliseconds: number) => number) | undefined;
}

type Options = readonly string[];
type Tools = FilterTools & { readonly spend: Spend };
type Filter = (input: string | undefined, options: Options, tools: Tools) => string | undefined;

/** A filter that needs an input. */
function needingInput(run: (input: string, options: Options, tools: Tools) => string | undefined): Filter {
  return (input, options, tools) => (input === undefined ? undefined : run(input, options, tools));
}

/** A filter that needs an input and takes no options. */
function plain(run: (input: string) => string): Filter {
  return needingInput((input, options) => (options.length === 0 ? run(input) : undefined));
}

/** A filter that compares its input with its one option. */
function comparing(holds: (input: string, option: string, spend: Spend) => boolean): Filter {
  return needingInput((input, [option, ...others], { spend }) => {
    return option === undefined || others.length > 0 ? undefined : String(holds(input, option, spend));
  });
}

function joining(join: (input: string, addition: string) => string): Filter {
  return (input = "", options) => (options.length === 0 ? undefined : join(input, options.join("")));
}

function ofVersion(part: (version: Version) => string): Filter {
  return needingInput((input) => part(parseVersion(input)));
}

function adding(hoursEach: number): Filter {
  return needingInput((input, [amount, ...others]) => {
    return amount === undefined || others.length > 0 ? undefined : addHours(input, amount, hoursEach);
  });
}

const defaultNow = "yyyy-MM-ddTHH:mm:ss.fffffff";

function current(local: boolean): Filter {
  return (input, [pattern, ...others], { now, utcOffset }) => {
    if (input !== undefined || others.length > 0) return undefined;
    const milliseconds = now();
    const utc = fromUnixMilliseconds(milliseconds);
    if (!local) return utc && formatDate(utc, pattern ?? `${defaultNow}K`);
    const minutes = utcOffset?.(milliseconds) ?? 0;
    const wallClock = utc && addTicks({ ...utc, zone: minutes }, BigInt(Math.round(minutes)) * 600_000_000n);
    return wallClock && formatDate(wallClock, pattern ?? defaultNow);
  };
}

const markdown: Filter = () => {
  throw unsupported("the filter Markdown");
};

const filters = new Map<string, Filter>([
  ["toupper", plain(toUpper)],
  ["tolower", plain(toLower)],
  ["trim", needingInput(trimFilter)],
  ["substring", needingInput(substring)],
  ["truncate", needingInput(truncate)],
  ["append", joining((input, addition) => input + addition)],
  ["prepend", joining((input, addition) => addition + input)],
  [
    "replace",
    needingInput((input, [pattern, by = ""], { spend }) => (pattern === undefined ? undefined : replace(input, pattern, by, spend))),
  ],
  ["match", comparing(matches)],
  ["startswith", comparing((input, option) => input.startsWith(option))],
  ["endswith", comparing((input, option) => input.endsWith(option))],
  ["contains", comparing((input, option) => input.includes(option))],
  ["indent", needingInput(indent)],
  ["htmlescape", plain(escapes.htmlEscape)],
  ["xmlescape", plain(escapes.xmlEscape)],
  ["jsonescape", plain(escapes.jsonEscape)],
  ["yamlsinglequoteescape", plain(escapes.yamlSingleQuoteEscape)],
  ["yamldoublequoteescape", plain(escapes.yamlDoubleQuoteEscape)],
  ["propertieskeyescape", plain(escapes.propertiesKeyEscape)],
  ["propertiesvalueescape", plain(escapes.propertiesValueEscape)],
  ["uriescape", plain(escapes.uriEscape)],
  ["uridataescape", plain(escapes.uriDataEscape)],
  ["tobase64", needingInput(toBase64)],
  ["frombase64", needingInput(fromBase64)],
  ...Object.entries(digests).map(([name, digest]): [string, Filter] => [
    name,
    needingInput((input, options) => (options.length > 2 ? undefined : hash(digest, input, options))),
  ]),
  ["versionmajor", ofVersion(({ numbers }) => numbers[0])],
  ["versionminor", ofVersion(({ numbers }) => numbers[1])],
  ["versionpatch", ofVersion(({ numbers }) => numbers[2])],
  ["versionrevision", ofVersion(({ numbers }) => numbers[3])],
  ["versionprerelease", ofVersion(({ preRelease }) => preRelease)],
  ["versionprereleaseprefix", ofVersion(({ prefix }) => prefix)],
  ["versionprereleasecounter", ofVersion(({ counter }) => counter)],
  ["versionmetadata", ofVersion(({ metadata }) => metadata)],
  ["nowdate", current(true)],
  ["nowdateutc", current(false)],
  ["addhours", adding(1)],
  ["adddays", adding(24)],
  ["format", needingInput(format)],
  ["uripart", needingInput(uriPart)],
  ["markdown", markdown],
  ["markdowntohtml", markdown],
  ["null", () => undefined],
]);

/** What a filter makes of its input (undefined: none) and options; undefined when it yields no value, as for an unknown filter. Throws where the original fails. */
export function applyFilter(name: string, input: string | undefined, options: Options, tools: Tools): string | undefined {
  const value = filters.get(name.toLowerCase())?.(input, options, tools);
  if (value !== undefined && value.length > limits.outputLength)
    throw exception(`the result grows beyond ${limits.outputLength} characters`);
  return value;
}
