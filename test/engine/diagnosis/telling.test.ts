import { expect, test } from "vitest";
import { tellingLines } from "../../../src/engine/diagnosis/telling.ts";

test.each([
  [
    "Node.js",
    ["listening", "Error: connect ECONNREFUSED 10.0.3.7:5432", "    at TCPConnectWrap (node:net:1:2)", "  errno: -111", "Node.js v22"],
    ["Error: connect ECONNREFUSED 10.0.3.7:5432", "  errno: -111"],
  ],
  [
    "Python",
    ["Traceback (most recent call last):", '  File "app.py", line 3, in <module>', "    os.environ['X']", "KeyError: 'X'"],
    ["KeyError: 'X'"],
  ],
  [
    "Go",
    ["start", "panic: no database", "", "goroutine 1 [running]:", "main.main()"],
    ["panic: no database", "goroutine 1 [running]:", "main.main()"],
  ],
  [
    "Java",
    ['Exception in thread "main" java.lang.IllegalStateException: no url', "\tat App.main(App.java:3)"],
    ['Exception in thread "main" java.lang.IllegalStateException: no url'],
  ],
  ["no error named", ["one", "two", "three", "four"], ["two", "three", "four"]],
  ["nothing", ["", " "], []],
])("%s: the line that names the error, not its stack trace", (_, log, telling) => {
  expect(tellingLines(log)).toEqual(telling);
});
