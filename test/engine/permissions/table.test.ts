import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { sources } from "../../../src/aws-discovery/sources/index.ts";
import { grants } from "../../../src/engine/permissions/grants.ts";

const root = new URL("../../../src/", import.meta.url).pathname;

const prefixes: Readonly<Record<string, string>> = {
  "cloudwatch-logs": "logs",
  efs: "elasticfilesystem",
  "elastic-load-balancing-v2": "elasticloadbalancing",
  "secrets-manager": "secretsmanager",
  "service-quotas": "servicequotas",
};

/** Every call of the SDK in a source text, as IAM names it. */
function callsIn(text: string): string[] {
  const imports = [
    ...text.matchAll(/import (?:type )?\{([^}]*)\} from "@aws-sdk\/client-([\w-]+)"/g),
    ...text.matchAll(/const \{([^}]*)\} = await import\("@aws-sdk\/client-([\w-]+)"\)/g),
  ];
  return imports.flatMap(([, names = "", client = ""]) =>
    names.split(",").flatMap((name) => {
      const [, paginated, command] = /^(?:paginate(\w+)|(\w+)Command)$/.exec(name.trim()) ?? [];
      const action = paginated ?? command;
      return action ? [`${prefixes[client] ?? client}:${action}`] : [];
    }),
  );
}

const files = readdirSync(root, { recursive: true, encoding: "utf8" }).filter((name) => /\.tsx?$/.test(name));
const called = new Set(files.flatMap((name) => callsIn(readFileSync(join(root, name), "utf8"))));

test("the table has every call the program makes, and no other", () => {
  expect(called.size).toBeGreaterThan(40);
  // Everybody may ask who they are.
  called.delete("sts:GetCallerIdentity");
  const listed = new Set(grants.flatMap(({ calls = [] }) => calls));
  expect(
    [...called].filter((action) => !listed.has(action)).sort(),
    "called, but in no grant: add it to src/engine/permissions/grants.ts",
  ).toEqual([]);
  expect([...listed].filter((action) => !called.has(action)).sort(), "in a grant, but never called").toEqual([]);
});

test("the pickers' permissions are what the sources say they call", () => {
  const pickers = grants.find(({ sid }) => sid === "OptionalPickers");
  const wanted = new Set(Object.values(sources).flatMap(({ actions }) => actions));
  const beside = ["ecs:DescribeTaskDefinition", "iam:ListAccountAliases"];
  expect([...(pickers?.calls ?? [])].sort()).toEqual([...wanted, ...beside].sort());
});
