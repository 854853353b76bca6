/** Small readings of values shared by checks and rules. */

/** Whether a text still holds `#{…}`: its value is not known yet. */
export function isExpression(value: unknown): value is string {
  return typeof value === "string" && value.includes("#{");
}

/** The text when it is one, not empty and holds no expression. */
export function knownText(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" && !isExpression(value) ? value : undefined;
}

/** The number when it is one; unresolved expressions and unreadable texts are not. */
export function knownNumber(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

/** Whether a value equals `wanted`, or may still turn out to: an unresolved expression. */
export function maybe(value: unknown, wanted: unknown): boolean {
  return value === wanted || isExpression(value);
}

/** `a, b and c`. */
export function listed(items: readonly (string | number)[], last = "and"): string {
  if (items.length < 2) return items.join("");
  return `${items.slice(0, -1).join(", ")} ${last} ${items.at(-1)}`;
}

/** `1 task`, `2 tasks`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

/** The texts that occur more than once, each with the places where they do. */
export function repeated<T>(items: readonly T[], key: (item: T) => string | undefined): Map<string, number[]> {
  const places = new Map<string, number[]>();
  items.forEach((item, at) => {
    const text = key(item);
    if (text === undefined) return;
    const known = places.get(text);
    if (known) known.push(at);
    else places.set(text, [at]);
  });
  return new Map([...places].filter(([, at]) => at.length > 1));
}
