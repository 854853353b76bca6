import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Answer, type Still, still, template, topic } from "./support.ts";

let world: Still;
beforeAll(async () => {
  world = await still("empty");
});
afterAll(() => world.sandbox.close());

/** A topic: the earlier ones it depends on, whether it is wrong, kept, and which name it has (a change replaces it). */
const resource = fc.record({
  after: fc.array(fc.nat(4), { maxLength: 2 }),
  wrong: fc.boolean(),
  keep: fc.boolean(),
  name: fc.nat(2),
  text: fc.nat(3),
});
const resources = fc.array(fc.option(resource, { freq: 4 }), { minLength: 1, maxLength: 6 });
const step = fc.record({
  act: fc.constantFrom("create", "update", "update", "update", "cancel", "delete", "continue", "roll back", "change set"),
  resources,
  rarelyWrong: fc.nat(4),
  wait: fc.constantFrom(0, 1_500, 4_000, 9_000, 600_000),
  disableRollback: fc.boolean(),
});

type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

let run = 0;
function body(given: Step): string {
  const all = given.resources.flatMap((one, index) => {
    if (!one) return [];
    const DependsOn = one.after.filter((other) => other < index && given.resources[other]).map((other) => `T${other}`);
    const properties = {
      TopicName: `t${index}-${one.name}-${run}`,
      DisplayName: String(one.text),
      ...(one.wrong && given.rarelyWrong === 0 ? { Nonsense: 1 } : {}),
    };
    return [[`T${index}`, topic(properties, { DependsOn, ...(one.keep ? { DeletionPolicy: "Retain" } : {}) })]];
  });
  return template({ Always: topic(), ...Object.fromEntries(all) });
}

function attempt(name: string, given: Step): void {
  const input = { StackName: name, TemplateBody: body(given), ...(given.disableRollback ? { DisableRollback: "true" } : {}) };
  if (given.act === "create") world.cfn("CreateStack", input);
  if (given.act === "update") world.cfn("UpdateStack", input);
  if (given.act === "cancel") world.cfn("CancelUpdateStack", { StackName: name });
  if (given.act === "delete") world.cfn("DeleteStack", { StackName: name });
  if (given.act === "roll back") world.cfn("RollbackStack", { StackName: name });
  if (given.act === "continue") world.cfn("ContinueUpdateRollback", { StackName: name });
  if (given.act === "change set") {
    const ChangeSetName = `c${world.sandbox.world.sequence}`;
    world.cfn("CreateChangeSet", { StackName: name, ChangeSetName, TemplateBody: body(given) });
    world.sandbox.advance(5_000);
    world.cfn("ExecuteChangeSet", { StackName: name, ChangeSetName });
  }
}

test("whatever is asked, and whenever, a stack comes to rest, with what its status says", () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), (steps) => {
      run += 1;
      const name = `random${run}`;
      for (const given of steps) {
        try {
          attempt(name, given);
        } catch (error) {
          // Only what AWS would refuse: every refusal has a code of CloudFormation's.
          expect((error as { code?: string }).code).toMatch(/^(ValidationError|AlreadyExistsException|InvalidChangeSetStatus)$/);
        }
        world.sandbox.advance(given.wait);
      }
      world.sandbox.advance(24 * 3_600_000);
      const stacks = Object.values(world.sandbox.world.regions["eu-west-1"]?.cloudformation.stacks ?? {}).filter(
        (one) => one.name === name,
      );
      for (const stack of stacks) {
        expect(stack.status).toMatch(/(_COMPLETE|_FAILED)$/);
        const alive = Object.values(stack.resources).filter((one) => !one.status.startsWith("DELETE_"));
        const wasLeftHalfway = stack.events.some((event) => event.physicalId === stack.id && event.status === "UPDATE_FAILED");
        if (!wasLeftHalfway && /^(CREATE_COMPLETE|UPDATE_COMPLETE|UPDATE_ROLLBACK_COMPLETE)$/.test(stack.status)) {
          const wanted = Object.keys(JSON.parse(stack.desired.template).Resources).sort();
          expect(alive.map((one) => one.logicalId).sort()).toEqual(wanted);
          expect(alive.every((one) => /^(CREATE|UPDATE)_COMPLETE$/.test(one.status) && one.physicalId !== undefined)).toBe(true);
        }
        if (/^(ROLLBACK_COMPLETE|DELETE_COMPLETE)$/.test(stack.status))
          expect(alive.filter((one) => one.physicalId !== undefined)).toEqual([]);
        expect(new Set(stack.events.map((event: Answer) => event.id)).size).toBe(stack.events.length);
      }
    }),
    { numRuns: 200 },
  );
});
