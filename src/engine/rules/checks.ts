/** Checks that fields share, each of one literal value. */
import type { FieldScope, Finding } from "../schema.ts";

/** Tests a text against a pattern. */
export function matching(
  pattern: RegExp,
  rule: string,
  wanted: string,
  hint: string,
): (value: string, scope: FieldScope) => Finding | undefined {
  return (value) => (pattern.test(value) ? undefined : { rule, message: `"${value}" is not ${wanted}.`, hint });
}

/** A task definition family or container name: what ECS accepts. */
export const ecsName = matching(
  /^[A-Za-z0-9_-]{1,255}$/,
  "name-characters",
  "a valid name",
  "Use 1 to 255 letters, digits, hyphens and underscores.",
);

/** `repository[:tag][@digest]`, the form of https://docs.docker.com/reference/cli/docker/image/tag/ */
export const imageReference = matching(
  /^(?:[A-Za-z0-9.-]+(?::\d+)?\/)?[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*)*(?::[\w][\w.-]{0,127})?(?:@sha256:[0-9a-f]{64})?$/,
  "image-reference",
  "an image reference",
  "Write repository, repository:tag or repository@sha256:digest; repository names are lower case, e.g. nginx:1.27.",
);

/** An absolute path inside the container. */
export const absolutePath = matching(/^\//, "absolute-path", "an absolute path", "Begin the path with a slash, e.g. /data.");

/** An id with a fixed prefix, e.g. `subnet-0abc`. */
export function idOf(prefix: string, rule: string): (value: string, scope: FieldScope) => Finding | undefined {
  return matching(
    new RegExp(`^${prefix}-[0-9a-f]{8,17}$`),
    rule,
    `an id of the form ${prefix}-…`,
    `Use the id, such as ${prefix}-0123456789abcdef0, not the name.`,
  );
}

/** Cuts a text to at most `max` characters or finds it too long. */
export function atMost(max: number, rule: string): (value: string) => Finding | undefined {
  return (value) =>
    value.length <= max
      ? undefined
      : { rule, message: `The text has ${value.length} characters; at most ${max} are allowed.`, hint: `Shorten it to ${max} characters.` };
}
