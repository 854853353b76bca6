import type { Finding } from "../schema.ts";

const allowed = /^[\p{L}\p{N}\p{Zs}+=.:/@_-]*$/u;

function characters(value: string, what: string): Finding | undefined {
  if (allowed.test(value)) return undefined;
  return {
    rule: "tag-characters",
    message: `The tag ${what} "${value}" has characters AWS does not accept.`,
    hint: "Use letters, digits, spaces and + = . : / @ _ - only.",
  };
}

/** The rules of https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html for a key. */
export function tagKey(value: string): Finding | undefined {
  if (value.length > 128) {
    return {
      rule: "tag-length",
      message: `The tag key "${value}" has ${value.length} characters.`,
      hint: "Shorten it to at most 128 characters.",
    };
  }
  if (/^aws:/i.test(value)) {
    return {
      rule: "tag-prefix",
      message: `The tag key "${value}" begins with aws:, which AWS keeps to itself.`,
      hint: "Choose a key with another beginning.",
    };
  }
  return characters(value, "key");
}

/** The rules for a tag's value: at most 256 characters of the accepted ones. */
export function tagValue(value: string): Finding | undefined {
  if (value.length > 256) {
    return { rule: "tag-length", message: `The tag value has ${value.length} characters.`, hint: "Shorten it to at most 256 characters." };
  }
  return characters(value, "value");
}
