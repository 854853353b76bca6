import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatPath, parsePath } from "../../src/engine/schema.ts";

const step = fc.oneof(fc.nat(), fc.string({ minLength: 1 }), fc.constantFrom("containers", "image", "awslogs-group"));
const path = fc.tuple(fc.string({ minLength: 1 }), fc.array(step)).map(([first, rest]) => [first, ...rest]);

describe("paths", () => {
  it("are written as checks show them", () => {
    expect(formatPath(["containers", 0, "portMappings", 1, "containerPort"])).toBe("containers[0].portMappings[1].containerPort");
    expect(formatPath(["containers", 0, "dockerLabels", "a.b"])).toBe('containers[0].dockerLabels["a.b"]');
  });

  it("are read back as they were", () => {
    fc.assert(
      fc.property(path, (steps) => {
        expect(parsePath(formatPath(steps))).toEqual(steps);
      }),
    );
  });

  it.each(["", ".", "a..b", "a.", "[x]", "a[", "a b", '["\\q"]'])("%j is none", (text) => {
    expect(parsePath(text)).toBeUndefined();
  });
});
