import { notSimulated } from "../errors.ts";

/**
 * A filter pattern of plain terms as a test of messages: all terms, `?any ?of ?these`, `-none of this`, `"a phrase"`.
 * JSON and space-delimited patterns are refused.
 */
export const compilePattern = (pattern: string): ((message: string) => boolean) => {
  const trimmed = pattern.trim();
  if (trimmed === "") return () => true;
  if (/^[{[%]/.test(trimmed)) throw notSimulated("filter patterns other than terms");
  const terms = [...trimmed.matchAll(/([?-]?)(?:"((?:[^"\\]|\\.)*)"|(\S+))/g)].map(([, sign = "", phrase, word]) => ({
    sign,
    text: phrase === undefined ? (word ?? "") : phrase.replaceAll('\\"', '"'),
  }));
  const of = (sign: string) => terms.filter((term) => term.sign === sign).map((term) => term.text);
  const [all, any, none] = [of(""), of("?"), of("-")];
  return (message) =>
    all.every((term) => message.includes(term)) &&
    (any.length === 0 || any.some((term) => message.includes(term))) &&
    !none.some((term) => message.includes(term));
};
