/** Paths of a profile as texts. */
import type { Path } from "./schema.ts";

/** Writes a path as checks and messages show it: `containers[0].portMappings[1].containerPort`; keys with marks in quotes: `dockerLabels["a.b"]`. */
export function formatPath(path: Path): string {
  return path
    .map((step, at) => {
      if (typeof step === "number") return `[${step}]`;
      if (!/^[\w-]+$/.test(step)) return `[${JSON.stringify(step)}]`;
      return at === 0 ? step : `.${step}`;
    })
    .join("");
}

/** Reads what {@link formatPath} writes; undefined when the text is no path. */
export function parsePath(text: string): Path | undefined {
  const path: (string | number)[] = [];
  let rest = text;
  while (rest !== "") {
    const step = /^(?:\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|(\.?)([\w-]+))/.exec(rest);
    if (!step) return undefined;
    const [all, index, quoted, dot, key] = step;
    if (index !== undefined) path.push(Number(index));
    else if (quoted !== undefined) {
      const unquoted = unquote(quoted);
      if (unquoted === undefined) return undefined;
      path.push(unquoted);
    } else if ((dot === "") === (path.length === 0)) path.push(key as string);
    else return undefined;
    rest = rest.slice(all.length);
  }
  return path.length > 0 ? path : undefined;
}

function unquote(text: string): string | undefined {
  try {
    return JSON.parse(text) as string;
  } catch {
    return undefined;
  }
}
