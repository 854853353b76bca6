import fc from "fast-check";
import { expect, test } from "vitest";
import { still } from "../cloudformation/support.ts";
import { definition, look, privateA, registry, service } from "./support.ts";

const step = fc.record({
  act: fc.constantFrom("update", "scale", "stop task", "stop deployment", "force"),
  tag: fc.constantFrom("1.4.0", "1.4.1", "1.4.2", "9.9.9"),
  count: fc.nat(4),
  wait: fc.constantFrom(0, 3_000, 11_000, 40_000, 300_000),
});
const setting = fc.record({
  breaker: fc.boolean(),
  percents: fc.constantFrom([100, 200], [50, 100], [0, 100], [50, 150]),
  steps: fc.array(step, { maxLength: 8 }),
});

test("whatever is asked of a service, it ends with the tasks it should have and nothing left over", async () => {
  await fc.assert(
    fc.asyncProperty(setting, async ({ breaker, percents: [minimumHealthyPercent = 100, maximumPercent = 200], steps }) => {
      const world = await still();
      const region = world.sandbox.world.regions["eu-west-1"];
      const interfaces = () => Object.values(region?.ec2.networkInterfaces ?? {}).filter((one) => one.subnetId === privateA).length;
      const before = interfaces();
      for (const tag of ["1.4.0", "1.4.1", "1.4.2", "9.9.9"]) {
        world.ecs(
          "RegisterTaskDefinition",
          definition({ family: `web-${tag.replaceAll(".", "-")}` }, { image: `${registry}/shop/web:${tag}` }),
        );
      }
      const deploymentConfiguration = {
        minimumHealthyPercent,
        maximumPercent,
        deploymentCircuitBreaker: { enable: breaker, rollback: breaker },
      };
      world.ecs("CreateService", service({ taskDefinition: "web-1-4-0", deploymentConfiguration }));
      world.sandbox.advance(300_000);
      const update = (input: object) => world.ecs("UpdateService", { cluster: "production", service: "web", ...input });
      for (const { act, tag, count, wait } of steps) {
        if (act === "update") update({ taskDefinition: `web-${tag.replaceAll(".", "-")}` });
        if (act === "scale") update({ desiredCount: count });
        if (act === "force") update({ forceNewDeployment: true });
        const [task] = world.ecs("ListTasks", { cluster: "production", serviceName: "web" }).taskArns;
        if (act === "stop task" && task) world.ecs("StopTask", { cluster: "production", task });
        const serviceDeploymentArn = look(world).currentServiceDeployment;
        if (act === "stop deployment" && serviceDeploymentArn && look(world).deployments[0].rolloutState === "IN_PROGRESS") {
          try {
            world.ecs("StopServiceDeployment", { serviceDeploymentArn });
          } catch (error) {
            expect((error as Error).message).toMatch(/cannot be stopped/);
          }
        }
        world.sandbox.advance(wait);
      }
      // The last word is a good image: the service must get there, whatever went before.
      update({ taskDefinition: "web-1-4-1", desiredCount: 2 });
      world.sandbox.advance(3_600_000);
      expect(look(world)).toMatchObject({ runningCount: 2, pendingCount: 0, deployments: [{ rolloutState: "COMPLETED" }] });
      expect(look(world).deployments).toHaveLength(1);
      expect(interfaces()).toBe(before + 2);
      world.ecs("DeleteService", { cluster: "production", service: "web", force: true });
      world.sandbox.advance(3_700_000);
      expect(look(world).status).toBe("INACTIVE");
      expect(interfaces()).toBe(before);
      expect(Object.values(region?.ecs.tasks ?? {}).filter((task) => task.service === "web")).toEqual([]);
      await world.sandbox.close();
    }),
    { numRuns: 40 },
  );
}, 60_000);
