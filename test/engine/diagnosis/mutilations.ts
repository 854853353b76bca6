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
  "in small letters": (text) => text.toLowerCase(),
  "wrapped at 60 columns inside words, behind bars": (text) => each((line) => `│ ${line}`)(hard(60)(text)),
  "wrapped at 100 columns inside words": hard(100),
  "of another partition": (text) =>
    text
      .replaceAll("arn:aws:", "arn:aws-cn:")
      .replace(/amazonaws\.com(?!\.cn)/g, "amazonaws.com.cn")
      .replace(/\b(?:us|eu|ap|sa|ca)-(?:north|south)?(?:east|west|central)?-\d\b/g, "cn-north-1"),
  "of another account": (text) => text.replace(/\b\d{12}\b/g, "987654321098"),
};

/** What tools put before a message or around it; a message that is one word says nothing in such company. */
export const surroundings: Readonly<Record<string, (text: string) => string>> = {
  "as JSON, three times": (text) => JSON.stringify(JSON.stringify(JSON.stringify({ message: text }))),
  "in a CSV file": (text) => `2026-11-28,shop-web,"${text.replaceAll('"', '""')}"`,
  "in a Markdown fence": (text) => `\`\`\`\n${text}\n\`\`\``,
  "in a line of the CDK": (text) =>
    `shop-web | 3/7 | 4:20:01 PM | CREATE_FAILED        | AWS::ECS::Service | Service (Service9571FDD8) ${text}`,
  "in a stack event": (text) => `CREATE_FAILED  AWS::ECS::Service  ServiceshopWeb  ${text}`,
  "from a resource handler": (text) =>
    `Resource handler returned message: "${text}" (RequestToken: 4f1c2b7a-0000-1111-2222-333344445555, HandlerErrorCode: InvalidRequest)`,
  "from Terraform": (text) =>
    `╷\n│ Error: ${text}\n│ \n│   with aws_ecs_service.web,\n│   on main.tf line 3, in resource "aws_ecs_service" "web":\n╵`,
  "in a Python traceback": (text) => `Traceback (most recent call last):\n  File "deploy.py", line 3, in <module>\nClientError: ${text}`,
  "with a stack trace": (text) => `${text}\n    at async Object.send (/app/node_modules/client/index.js:10:5)`,
  "from syslog": (text) => `Nov 28 16:00:00 ip-10-0-0-1 ecs-agent[123]: ${text}`,
  "from logfmt": (text) => `time="2026-11-28T16:00:00Z" level=error msg=${JSON.stringify(text)} module=ecs`,
  "from GitHub Actions": (text) => `2026-11-28T16:00:00.1234567Z ##[error]${text}`,
  "in YAML": (text) => `- message: >-\n    ${text.replaceAll("\n", "\n    ")}\n  level: error`,
  "with a name and a level": (text) => `[2026-11-28 16:00:00] ERROR deploy: ${text}`,
};
