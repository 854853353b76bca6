/** The types of effective answers, inferred from the fields that ask for them. */
import type { ChoiceField, Expression, Fields, GroupField, ListField, NoteField } from "./schema.ts";

type BindableValue<F> = F extends { kind: "number" }
  ? number | Expression
  : F extends { kind: "toggle" }
    ? boolean | Expression
    : F extends ChoiceField<infer V>
      ? V | Expression
      : F extends { kind: "text" | "secret" | "pick" }
        ? string
        : F extends { kind: "picks" | "texts" }
          ? readonly string[]
          : F extends { kind: "map" }
            ? Readonly<Record<string, string>>
            : F extends GroupField<infer G>
              ? ValuesOf<G>
              : F extends ListField<infer G>
                ? readonly ValuesOf<G>[]
                : never;

type Given<F> = F extends { required: true } | { default: {} } ? true : false;

/** The effective values of fields: typed, defaults applied; a number or toggle stays text while it is an unresolved expression. */
export type ValuesOf<F extends Fields> = {
  readonly [K in keyof F as F[K] extends NoteField ? never : Given<F[K]> extends true ? K : never]: BindableValue<F[K]>;
} & {
  readonly [K in keyof F as F[K] extends NoteField ? never : Given<F[K]> extends true ? never : K]?: BindableValue<F[K]> | undefined;
};
