import { closeSync, openSync, readSync } from "node:fs";

const firstBytes = 16 * 1024;
/** Further back nobody looks for the beginning of the end. */
const mostBytes = 1024 * 1024;

/**
 * The first line of a file of `size` bytes, and its whole last lines, from the first one back that `belongs` to its end. Throws
 * when the file cannot be read.
 */
export function readEnds(path: string, size: number, belongs: (line: string) => boolean): string[] {
  const file = openSync(path, "r");
  try {
    const part = (from: number, length: number) => {
      const buffer = Buffer.alloc(length);
      return buffer.subarray(0, readSync(file, buffer, 0, length, from));
    };
    const [first = ""] = headOf(part, size).toString("utf8").split("\n", 1);
    for (let length = firstBytes; ; length *= 4) {
      const whole = length >= size;
      const lines = part(whole ? 0 : size - length, Math.min(size, length))
        .toString("utf8")
        .split("\n")
        .slice(1);
      if (whole || length >= mostBytes || !belongs(lines[0] ?? "")) return [first, ...lines.filter(belongs)];
    }
  } finally {
    closeSync(file);
  }
}

function headOf(part: (from: number, length: number) => Buffer, size: number): Buffer {
  for (let length = firstBytes; ; length *= 4) {
    const head = part(0, Math.min(size, length));
    if (head.includes(0x0a) || length >= size) return head;
  }
}
