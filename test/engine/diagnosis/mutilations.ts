/** The ways in which messages reach us: wrapped, prefixed, escaped. */

const hard = (width: number) => (text: string) =>
  text
    .split("\n")
    .flatMap((line) => line.match(new RegExp(`.{1,${width}}`, "gs")) ?? [""])
    .join("\n");

const soft = (width: number) => (text: string) => {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line].join("\n");
};

const each = (change: (line: string) => string) => (text: string) => text.split("\n").map(change).join("\n");

/** Each name with what it does to a text. */
export const mutilations: Readonly<Record<string, (text: string) => string>> = {
  "as it is": (text) => text,
  "wrapped at 80 columns inside words": hard(80),
  "wrapped at 72 columns inside words": hard(72),
  "wrapped at 40 columns inside words": hard(40),
  "wrapped at 72 columns between words": soft(72),
  "wrapped inside words, breaks turned into blanks": (text) => hard(72)(text).replaceAll("\n", " "),
  "with CRLF": (text) => hard(80)(text).replaceAll("\n", "\r\n"),
  "with continuation lines indented": (text) => hard(100)(text).split("\n").join("\n      "),
  "prefixed by bars": (text) => each((line) => `  | ${line}`)(hard(76)(text)),
  "prefixed by #": (text) => each((line) => `# ${line}`)(hard(78)(text)),
  "prefixed by *": (text) => each((line) => ` * ${line}`)(soft(70)(text)),
  "prefixed by //": (text) => each((line) => `// ${line}`)(soft(70)(text)),
  "prefixed by >": (text) => each((line) => `> ${line}`)(soft(70)(text)),
  "in a table": (text) => each((line) => `| ${line.padEnd(60)} |`)(soft(60)(text)),
  "with an ISO timestamp": (text) => `2026-11-23T05:28:31.123Z ${text}`,
  "with a log timestamp and level": (text) => `2026-11-23 05:28:31,123 ERROR ${text}`,
  "with a timestamp in brackets": (text) => `[2026-11-23T05:28:31Z] ${text}`,
  "with a timestamp on each line": (text) => each((line) => `2026-11-23T05:28:31+00:00 ${line}`)(soft(90)(text)),
  "with a time of day": (text) => `10:22:13 AM | ${text}`,
  "as a JSON string": (text) => JSON.stringify(text),
  "as JSON in JSON": (text) => JSON.stringify(JSON.stringify({ message: text })),
  "in a JSON document": (text) => JSON.stringify({ tasks: [{ containers: [{ reason: text }] }] }, null, 2),
  "in a wrapped JSON document": (text) => hard(80)(JSON.stringify({ stoppedReason: text })),
  "in colour": (text) => `\u001b[31m${text.replaceAll(" ", "\u001b[0m \u001b[1;31m")}\u001b[0m`,
  "with typographic quotes": (text) => text.replaceAll("'", "’").replaceAll('"', "”"),
  "with Error: before it": (text) => `Error: ${text}`,
  "in capitals": (text) => text.toUpperCase(),
  "in quotes": (text) => `'${text}'`,
  "with no-break spaces": (text) => text.replaceAll(" ", "\u00a0"),
};
