import { closeSync, openSync, readSync } from "node:fs";

const headBytes = 64 * 1024;

/** The first line of a file of `size` bytes, and the whole lines within its last `tailBytes`; of a shorter file all lines. Throws when it cannot be read. */
export function readEnds(path: string, size: number, tailBytes: number): string[] {
  const file = openSync(path, "r");
  try {
    const part = (from: number, length: number) => {
      const buffer = Buffer.alloc(length);
      return buffer.subarray(0, readSync(file, buffer, 0, length, from));
    };
    if (size <= tailBytes + headBytes) return part(0, size).toString("utf8").split("\n");
    let length = headBytes;
    let head = part(0, length);
    while (!head.includes(0x0a) && length < size) {
      length = Math.min(size, length * 2);
      head = part(0, length);
    }
    const [first = ""] = head.toString("utf8").split("\n", 1);
    return [
      first,
      ...part(size - tailBytes, tailBytes)
        .toString("utf8")
        .split("\n")
        .slice(1),
    ];
  } finally {
    closeSync(file);
  }
}
