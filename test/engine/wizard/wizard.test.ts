import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatPath, type JsonObject, type Path } from "../../../src/engine/schema.ts";
import { canFocus, entriesOf } from "../../../src/engine/wizard/entries.ts";
import { placeAt } from "../../../src/engine/wizard/form.ts";
import { whereIs } from "../../../src/engine/wizard/position.ts";
import { reduceWizard, type WizardAction } from "../../../src/engine/wizard/reduce.ts";
import { breadcrumb, complaints, searchableFields, sectionStates } from "../../../src/engine/wizard/selectors.ts";
import { currentEntries, focused, startWizard, type WizardState } from "../../../src/engine/wizard/state.ts";
import { rowsAt } from "../../../src/engine/wizard/tree.ts";
import { stepForm } from "../../support/step-form.ts";

const form = stepForm();
const run = (state: WizardState, ...actions: WizardAction[]) => actions.reduce((now, action) => reduceWizard(form, now, action), state);
const insert = (text: string): WizardAction => ({ type: "type", command: { type: "insert", text } });

const service: JsonObject = {
  target: { region: "eu-west-1", cluster: "production" },
  configuration: { name: "shop" },
  containers: [
    { name: "web", image: "web:1", portMappings: [{ containerPort: 80 }], environment: [{ name: "A", value: "1" }] },
    { name: "side", image: "side:1", command: ["run", "me"], dockerLabels: { a: "1" } },
  ],
  volumes: [{ name: "data", type: "bind" }],
};

const levels: Path[] = [
  [],
  ["target"],
  ["network"],
  ["containers"],
  ["containers", 0],
  ["containers", 0, "portMappings"],
  ["containers", 1],
  ["containers", 1, "command"],
  ["volumes", 0],
];
const fields: Path[] = [
  ["containers", 1, "image"],
  ["network", "subnets"],
  ["target", "assumeRole", "externalId"],
  ["containers", 0, "portMappings", 0, "protocol"],
  ["tags", "additional"],
];

const moving: fc.Arbitrary<WizardAction> = fc.oneof(
  fc.record({ type: fc.constant("move" as const), by: fc.integer({ min: -12, max: 12 }) }),
  fc.record({ type: fc.constant("open" as const), level: fc.constantFrom(...levels) }),
  fc.record({ type: fc.constant("jump" as const), path: fc.constantFrom(...fields) }),
  fc.record({ type: fc.constantFrom("next" as const, "back" as const, "reveal" as const) }),
  fc.record({ type: fc.constant("fold" as const), id: fc.constantFrom("advanced:target", "target.assumeRole", "advanced:containers[0]") }),
);

const editing: fc.Arbitrary<WizardAction> = fc.oneof(
  fc.string({ minLength: 1, maxLength: 4 }).map(insert),
  fc.constant<WizardAction>({ type: "type", command: { type: "deleteBack" } }),
  fc.record({
    type: fc.constant("addRow" as const),
    list: fc.constantFrom<Path>(["containers"], ["volumes"], ["containers", 0, "environment"]),
  }),
  fc.record({
    type: fc.constantFrom("duplicateRow" as const, "removeRow" as const),
    path: fc.constantFrom<Path>(["containers", 0], ["containers", 1], ["volumes", 0]),
  }),
  fc.record({
    type: fc.constant("moveRow" as const),
    path: fc.constantFrom<Path>(["containers", 0], ["containers", 1]),
    by: fc.constantFrom(-1, 1),
  }),
  fc.record({ type: fc.constant("set" as const), path: fc.constantFrom(...fields.slice(0, 3)), value: fc.constantFrom(undefined, "x") }),
);

describe("properties", () => {
  test("moving never changes an answer, and the focus is always on something that can have it", () => {
    fc.assert(
      fc.property(fc.array(moving, { maxLength: 30 }), (actions) => {
        const end = run(startWizard(form, service), ...actions);
        expect(end.profile).toBe(service);
        const ids = currentEntries(form, end)
          .filter(canFocus)
          .map(({ id }) => id);
        const at = focused(form, end)?.id;
        expect(at === undefined ? ids : ids.includes(at)).toEqual(at === undefined ? [] : true);
      }),
    );
  });

  test("undoing everything gives the profile of the beginning, and redoing everything that of the end", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(moving, editing), { maxLength: 25 }), (actions) => {
        const end = run(startWizard(form, service), ...actions);
        let before = end;
        while (before.past.length > 0) before = run(before, { type: "undo" });
        expect(before.profile).toEqual(service);
        let after = before;
        while (after.future.length > 0) after = run(after, { type: "redo" });
        expect(after.profile).toEqual(end.profile);
      }),
    );
  });

  test("what is chosen from a list is jumped to in its field, an item of a list of texts in the level of its own", () => {
    const chosen = run(startWizard(form, { network: { subnets: ["subnet-1", "subnet-2"] } }), {
      type: "jump",
      path: ["network", "subnets", 1],
    });
    expect([chosen.level, focused(form, chosen)?.id]).toEqual([["network"], "network.subnets"]);
    const texts = run(startWizard(form, { containers: [{ name: "web", command: ["a", "b"] }] }), {
      type: "jump",
      path: ["containers", 0, "command", 1],
    });
    expect([texts.level, focused(form, texts)?.id]).toEqual([["containers", 0, "command"], "containers[0].command[1]"]);
  });

  test("what was found elsewhere complains until its section is changed", () => {
    const issue = {
      path: ["network", "subnets", 1],
      severity: "error",
      rule: "subnet-way-out",
      message: "No way.",
      hint: "Make one.",
    } as const;
    const start = run(startWizard(form, { network: { subnets: ["subnet-1", "subnet-2"] } }), { type: "found", issues: [issue] });
    const says = (state: WizardState) => complaints(form, state).filter(({ rule }) => rule === "subnet-way-out");
    expect(says(start)).toEqual([issue]);
    expect(sectionStates(form, start).find(({ key }) => key === "network")).toMatchObject({ errors: 1 });
    expect(says(run(start, { type: "set", path: ["configuration", "name"], value: "shop" }))).toEqual([issue]);
    const mended = run(start, { type: "set", path: ["network", "assignPublicIp"], value: true });
    expect(says(mended)).toEqual([]);
    expect(says(run(mended, { type: "undo" }))).toEqual([issue]);
  });

  test("every searchable field can be jumped to and has the focus then", () => {
    for (const { path } of searchableFields(form, service)) {
      const there = run(startWizard(form, service), { type: "jump", path });
      const { level, open } = whereIs(form, path);
      expect(there.level, formatPath(path)).toEqual(level);
      if (path.length > 1) expect(focused(form, there)?.id, formatPath(path)).toBe(formatPath(path));
      expect(open.every((id) => there.open.has(id))).toBe(true);
    }
  });
});

test("what no section has is shown on the review", () => {
  for (const path of [[], ["descripton"], ["variables", "Key"]])
    expect(run(startWizard(form, service), { type: "jump", path }).level).toEqual([]);
});

describe("leaving the review", () => {
  const from = (level: Path, focus: string) => run(startWizard(form, service), { type: "open", level }, { type: "focus", id: focus });

  test("goes back to the line it was opened from, at any depth", () => {
    const port = from(["containers", 0, "portMappings"], "containers[0].portMappings[0]");
    const back = run(port, { type: "open", level: [] }, { type: "back" });
    expect([back.level, back.focus]).toEqual([port.level, port.focus]);
  });

  test("goes to the last section where that line is gone, or there was none", () => {
    const gone = run(from(["containers", 1], "containers[1].name"), { type: "open", level: [] }, { type: "replace", profile: {} });
    expect(run(gone, { type: "back" }).level).toEqual(["volumes"]);
    expect(run({ ...startWizard(form, service), level: [] }, { type: "back" }).level).toEqual(["volumes"]);
  });
});

describe("rows", () => {
  test("an added row is open and empty; left as it began it is gone again, with its step of undo", () => {
    const added = run(startWizard(form, {}), { type: "addRow", list: ["containers"] });
    expect(added.level).toEqual(["containers", 0]);
    const left = run(added, { type: "back" });
    expect(left.profile).toEqual({});
    expect(left.past).toEqual([]);
    expect(run(added, insert("web"), { type: "back" }).profile).toEqual({ containers: [{ name: "web", image: "" }] });
  });

  test("a copy gets a free name, and what was seen goes with its row", () => {
    const seen = run(
      startWizard(form, {
        containers: [
          { name: "a", image: "bad image" },
          { name: "b", image: "b:1" },
        ],
      }),
      { type: "open", level: ["containers", 0] },
      { type: "back" },
    );
    expect(seen.visited.has("containers[0].image")).toBe(true);
    const moved = run(seen, { type: "moveRow", path: ["containers", 0], by: 1 });
    expect(moved.visited.has("containers[1].image")).toBe(true);
    expect(moved.visited.has("containers[0].image")).toBe(false);
    const copied = run(moved, { type: "duplicateRow", path: ["containers", 1] });
    expect(rowsAt(copied.profile, ["containers"]).map((row) => (row as JsonObject)["name"])).toEqual(["b", "a", "a-2"]);
    expect(focused(form, copied)?.id).toBe("containers[2]");
  });
});

describe("typing", () => {
  test("numbers are numbers in the file, the first digit replaces what was there, and what is no number stays as typed", () => {
    const at = run(startWizard(form, { deployment: { desiredCount: 2 } }), { type: "jump", path: ["deployment", "desiredCount"] });
    expect(run(at, insert("1"), insert("2")).profile).toEqual({ deployment: { desiredCount: 12 } });
    expect(run(at, insert("x")).profile).toEqual({ deployment: { desiredCount: "x" } });
    expect(run(at, { type: "type", command: { type: "deleteBack" } }).profile).toEqual({});
  });

  test("letters typed one after the other are one step of undo", () => {
    const typed = run(startWizard(form, {}), { type: "jump", path: ["configuration", "name"] }, insert("s"), insert("h"), insert("op"));
    expect(typed.profile).toEqual({ configuration: { name: "shop" } });
    expect(run(typed, { type: "undo" }).profile).toEqual({});
  });

  test("a name that is a number goes before the others, and the pair stays its own", () => {
    const labels: Path = ["containers", 1, "dockerLabels"];
    const state = run(
      startWizard(form, service),
      { type: "open", level: labels },
      { type: "addItem", owner: labels, kind: "map" },
      ...[..."1x=2"].map(insert),
    );
    expect((state.profile["containers"] as JsonObject[])[1]?.["dockerLabels"]).toEqual({ a: "1", "1x": "2" });
    const undone = run(state, { type: "undo" }, { type: "undo" });
    expect((undone.profile["containers"] as JsonObject[])[1]?.["dockerLabels"]).toEqual({ a: "1" });
  });

  test("the items of a command change places, and stop at the ends", () => {
    const command: Path = ["containers", 1, "command"];
    const items = (state: WizardState) => (state.profile["containers"] as JsonObject[])[1]?.["command"];
    const state = run(startWizard(form, service), { type: "open", level: command }, { type: "moveItem", by: 1 });
    expect(items(state)).toEqual(["me", "run"]);
    expect(state.focus).toBe("containers[1].command[1]");
    expect(items(run(state, { type: "moveItem", by: 1 }))).toEqual(["me", "run"]);
    expect(items(run(state, { type: "undo" }))).toEqual(["run", "me"]);
  });

  test("a map holds what is typed as name=value, and never two pairs under one name", () => {
    const labels: Path = ["containers", 0, "dockerLabels"];
    const start = run(
      startWizard(form, { containers: [{ name: "web", image: "w:1", dockerLabels: { a: "1" } }] }),
      { type: "open", level: labels },
      { type: "addItem", owner: labels, kind: "map" },
    );
    const typed = run(start, insert("a"), insert("b=2=3"));
    expect(typed.profile).toEqual({ containers: [{ name: "web", image: "w:1", dockerLabels: { a: "1", ab: "2=3" } }] });
  });
});

describe("what is shown", () => {
  test("complaints wait for a field to be left, and the review shows all", () => {
    const start = startWizard(form, {});
    expect(complaints(form, start)).toEqual([]);
    const left = run(start, { type: "next" });
    expect(new Set(complaints(form, left).map(({ path }) => path[0]))).toEqual(new Set(["target"]));
    const reviewed = run(start, { type: "open", level: [] });
    expect(complaints(form, reviewed)).toEqual(form.evaluate({}).issues);
  });

  test("a row added to a saved profile complains of a field only after it was left", () => {
    const added = run(startWizard(form, service, true), { type: "addRow", list: ["loadBalancerMappings"] });
    const about = (state: WizardState) =>
      complaints(form, state)
        .filter(({ path }) => path[0] === "loadBalancerMappings")
        .map(({ path }) => formatPath(path));
    expect(about(added)).toEqual([]);
    expect(breadcrumb(form, added)).toEqual(["Load balancer mappings", "new load balancer mapping"]);
    expect(about(run(added, { type: "move", by: 1 }))).toEqual(["loadBalancerMappings[0].containerName"]);
    expect(about(run(added, insert("web"), { type: "back" }))).toContain("loadBalancerMappings[0].targetGroupArn");
  });

  test("the rail counts rows and problems, and the breadcrumb names the open rows", () => {
    const state = run(startWizard(form, service, true), { type: "open", level: ["containers", 0, "portMappings", 0] });
    expect(breadcrumb(form, state)).toEqual(["Containers", "web", "Ports", "80/tcp"]);
    const rail = sectionStates(form, state);
    expect(rail.find(({ key }) => key === "containers")).toMatchObject({ rows: 2, current: true });
    expect(rail.find(({ key }) => key === "network")?.errors).toBeGreaterThan(0);
  });

  test("what Fargate rejects is folded away with the reason, and what is rare with a count of what is set", () => {
    const lines = entriesOf(form, { containers: [{ name: "web", image: "w", gpus: 1 }] }, ["containers", 0], new Set());
    const folds = lines.filter((entry) => entry.type === "fold");
    expect(folds.map(({ label, set }) => [label, set])).toEqual([
      ["Advanced", 0],
      ["Not available on Fargate", 1],
    ]);
    expect(folds[1]?.why).toMatch(/GPU|Fargate/i);
    for (const entry of lines) expect(placeAt(form, entry.path)).toBeDefined();
  });
});
