/** The output values of a deployment, as files for the steps after it. */

type Outputs = Readonly<Record<string, string>>;

/** JSON, with a line feed at its end. */
export function outputsJson(outputs: Outputs): string {
  return `${JSON.stringify(outputs, undefined, 2)}\n`;
}

/** `NAME="value"` lines. Names become plain ones: `AwsOutputs[StackId]` is `AwsOutputs_StackId`. */
export function outputsDotenv(outputs: Outputs): string {
  return Object.entries(outputs)
    .map(([name, value]) => `${plainName(name)}=${quote(value)}\n`)
    .join("");
}

/** The text to append to the file `GITHUB_OUTPUT` names; values of several lines stand between delimiters that do not occur in them. */
export function outputsForGitHub(outputs: Outputs): string {
  return Object.entries(outputs)
    .map(([name, value]) => {
      if (!/[\r\n]/.test(value)) return `${plainName(name)}=${value}\n`;
      const delimiter = delimiterFor(value);
      return `${plainName(name)}<<${delimiter}\n${value}\n${delimiter}\n`;
    })
    .join("");
}

/** By the file's name: `.json` is JSON, everything else dotenv. */
export function outputsFor(file: string, outputs: Outputs): string {
  return file.toLowerCase().endsWith(".json") ? outputsJson(outputs) : outputsDotenv(outputs);
}

function plainName(name: string): string {
  return name.replace(/\[(.*)\]$/, "_$1").replace(/[^A-Za-z0-9_]/g, "_");
}

/** Single quotes keep everything but themselves and line feeds; double quotes read `\n`, `\r`, `"` as dotenv files do. */
function quote(value: string): string {
  if (/^[\w./:@+-]*$/.test(value)) return value;
  if (!/['\r\n]/.test(value)) return `'${value}'`;
  return `"${value.replaceAll("\r", "\\r").replaceAll("\n", "\\n").replaceAll('"', '\\"')}"`;
}

function delimiterFor(value: string): string {
  let delimiter = "ecs_wizard_end";
  while (value.includes(delimiter)) delimiter += "_";
  return delimiter;
}
