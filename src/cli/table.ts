import stringWidth from "string-width";

/** Lays rows out in columns under their titles; the last column of a row may be any length. */
export function table(titles: readonly string[], rows: readonly (readonly string[])[]): string {
  const all = [titles, ...rows];
  const widths = titles.map((_, column) => Math.max(...all.map((row) => (column === row.length - 1 ? 0 : stringWidth(row[column] ?? "")))));
  return all
    .map((row) =>
      row
        .map((cell, column) => (column === row.length - 1 ? cell : cell + " ".repeat((widths[column] ?? 0) - stringWidth(cell) + 2)))
        .join("")
        .trimEnd(),
    )
    .join("\n");
}
