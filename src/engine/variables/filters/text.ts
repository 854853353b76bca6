import { toLower, trim, trimEnd, trimStart } from "../characters.ts";
import { exception } from "../errors.ts";
import { parseInt32 } from "../evaluation/numbers.ts";

type Options = readonly string[];

const trims = new Map([
  ["start", trimStart],
  ["end", trimEnd],
]);

/** The filter `Trim`. */
export function trimFilter(input: string, [side]: Options): string | undefined {
  return side === undefined ? trim(input) : trims.get(toLower(side))?.(input);
}

/** The filter `Substring`. Throws when start and length together need more than 32 bits. */
export function substring(input: string, options: Options): string | undefined {
  if (options.length < 1 || options.length > 2) return undefined;
  const [start, length] = options.length === 1 ? [0, parseInt32(options[0] ?? "")] : options.map(parseInt32);
  if (start === undefined || length === undefined || start < 0 || length < 0 || start > input.length) return undefined;
  if (start + length > 2147483647) throw exception("start and length together are larger than 2147483647");
  return input.slice(start, start + length);
}

/** The filter `Truncate`. */
export function truncate(input: string, [lengthText = "", suffix = "..."]: Options): string | undefined {
  const length = parseInt32(lengthText);
  if (length === undefined || length < 0) return undefined;
  return length < input.length ? input.slice(0, length) + suffix : input;
}

const smallSize = /^\d{1,3}$/;
const twoSizes = /^(\d{1,3})?\/(\d{1,3})$/;

function indentSize(digits: string | undefined): string | undefined {
  const size = Number(digits ?? 0);
  return size <= 255 ? " ".repeat(size) : undefined;
}

/** The texts before the first and the following lines that one option of `Indent` stands for. */
function indents(option: string): [string, string] {
  if (smallSize.test(option)) {
    const indent = indentSize(option) ?? option;
    return [indent, indent];
  }
  const sizes = twoSizes.exec(option);
  const first = sizes && indentSize(sizes[1]);
  const following = sizes && indentSize(sizes[2]);
  return typeof first === "string" && typeof following === "string" ? [first, following] : [option, option];
}

/** The filter `Indent`. */
export function indent(input: string, options: Options): string | undefined {
  if (input === "") return "";
  if (options.length > 2) return undefined;
  const [first = "4", second] = options;
  const [before, following] = second === undefined ? indents(first) : [first, second];
  return before + input.replaceAll("\n", () => `\n${following}`);
}
