import { AwsError } from "../errors.ts";
import { structures, text, texts, whole } from "../input.ts";
import { paginate } from "../paging.ts";
import type { Context, Handler, Input, Output } from "../service.ts";
import type { Tags } from "../tags.ts";
import { matches } from "../wildcard.ts";

/** What EC2 has one Describe action for: where the things are, how they are filtered and how they are written. */
export interface Collection<T> {
  /** Member of the answer that holds the list, on the wire. */
  readonly result: string;
  /** Member of the call that holds the ids, on the wire. */
  readonly idsMember: string;
  /** The name EC2 gives that member in its messages. */
  readonly idsName: string;
  readonly all: (ctx: Context) => readonly T[];
  readonly id: (thing: T) => string;
  readonly notFound: (id: string) => AwsError;
  readonly tags?: (thing: T) => Tags;
  /** Filter name → the values of a thing; absent ones do not match. */
  readonly filters: Readonly<Record<string, (thing: T, ctx: Context) => readonly (string | undefined)[]>>;
  readonly wire: (thing: T, ctx: Context) => Output;
  /** Smallest MaxResults, 5 unless said otherwise. */
  readonly smallest?: number;
}

/** How many things an answer holds unless the call says otherwise, and at most. */
export const largestPage = 1000;

/** Tags as EC2 writes them. */
export const tagSet = (tags: Tags): Output[] => Object.entries(tags).map(([key, value]) => ({ key, value }));

const invalidFilter = (name: string): AwsError => new AwsError("InvalidParameterValue", `The filter '${name}' is invalid`);

const tagValues = (tags: Tags, name: string): string[] | undefined => {
  if (name === "tag-key") return Object.keys(tags);
  if (name === "tag-value") return Object.values(tags);
  if (!name.startsWith("tag:")) return undefined;
  const value = tags[name.slice(4)];
  return value === undefined ? [] : [value];
};

const valuesOf = <T>(collection: Collection<T>, thing: T, name: string, ctx: Context): readonly (string | undefined)[] => {
  const tagged = collection.tags && tagValues(collection.tags(thing), name);
  if (tagged) return tagged;
  const filter = collection.filters[name];
  if (!filter) throw invalidFilter(name);
  return filter(thing, ctx);
};

const isFilter = <T>(collection: Collection<T>, name: string): boolean =>
  Object.hasOwn(collection.filters, name) || (collection.tags !== undefined && /^tag:|^tag-(key|value)$/.test(name));

/** The things that pass every filter of the call: any value of a filter, all filters. */
export const applyFilters = <T>(collection: Collection<T>, things: readonly T[], input: Input, ctx: Context): readonly T[] => {
  const filters = structures(input["Filter"]).map((filter) => ({ name: String(filter["Name"] ?? ""), values: texts(filter["Value"]) }));
  for (const { name } of filters) if (!isFilter(collection, name)) throw invalidFilter(name);
  return things.filter((thing) =>
    filters.every(({ name, values }) =>
      valuesOf(collection, thing, name, ctx).some((actual) => actual !== undefined && values.some((value) => matches(value, actual))),
    ),
  );
};

const selected = <T>(collection: Collection<T>, ids: readonly string[], ctx: Context): readonly T[] => {
  const all = collection.all(ctx);
  if (ids.length === 0) return all;
  const wanted = new Set(ids);
  const found = all.filter((thing) => wanted.has(collection.id(thing)));
  const known = new Set(found.map(collection.id));
  const missing = ids.find((id) => !known.has(id));
  if (missing !== undefined) throw collection.notFound(missing);
  return found;
};

const limitOf = (collection: { readonly smallest?: number; readonly idsName: string }, input: Input, hasIds: boolean): number => {
  const limit = whole(input["MaxResults"]);
  if (limit === undefined) return largestPage;
  const smallest = collection.smallest ?? 5;
  if (hasIds) {
    throw new AwsError("InvalidParameterCombination", `The parameter ${collection.idsName} cannot be used with the parameter maxResults`);
  }
  if (!(limit >= smallest && limit <= largestPage)) {
    const expected = limit < smallest ? `greater than ${smallest}` : `less than ${largestPage}`;
    throw new AwsError(
      "InvalidParameterValue",
      `Value ( ${input["MaxResults"]} ) for parameter maxResults is invalid. Expecting a value ${expected}.`,
    );
  }
  return limit;
};

/** The Describe action of a collection: ids, filters, MaxResults and NextToken. */
export const describe =
  <T>(collection: Collection<T>): Handler =>
  (input, ctx) => {
    if (input["DryRun"] === "true")
      throw new AwsError("DryRunOperation", "Request would have succeeded, but DryRun flag is set.", { status: 412 });
    const ids = texts(input[collection.idsMember]);
    const limit = limitOf(collection, input, ids.length > 0);
    const things = applyFilters(collection, selected(collection, ids, ctx), input, ctx);
    const { items, next } = paginate(
      things,
      text(input["NextToken"]),
      limit,
      () => new AwsError("InvalidNextToken", `The token '${input["NextToken"]}' is invalid`),
    );
    return { [collection.result]: items.map((thing) => collection.wire(thing, ctx)), nextToken: next };
  };

/** EC2's error for an id nothing has. */
export const missing =
  (code: string, what: string) =>
  (id: string): AwsError =>
    new AwsError(code, `The ${what} '${id}' does not exist`);
