import { expect, test } from "vitest";
import { form } from "../../src/cli/interactive/form.ts";
import { memoryPorts } from "../support/screen-ports.ts";
import { openApp } from "../support/screens.ts";
import { key } from "../support/terminal.ts";

test("a sensitive variable is asked for with its letters hidden, and never kept in the draft", async () => {
  const ports = memoryPorts({ form });
  const profile = {
    name: "shop",
    target: { region: "eu-west-1", cluster: "production" },
    configuration: { name: "shop" },
    network: { subnets: ["subnet-0aaaaaaaa"], securityGroups: ["sg-0aaaaaaaa"] },
    containers: [{ name: "web", image: "nginx:1.27", environment: [{ name: "TOKEN", value: "#{Token}" }] }],
    variables: { Token: { sensitive: true } },
  };
  const app = openApp({ ports, start: { screen: "new", profile } });
  await app.terminal.until("Deployment target");
  app.terminal.type(key.ctrl("r"));
  await app.terminal.until("Review & deploy");
  app.terminal.type("d");
  await app.terminal.until("Value of Token");
  app.terminal.type("hunter2");
  await app.terminal.until("•••••••");
  expect(app.terminal.screen()).not.toContain("hunter2");
  await app.end();
  expect(JSON.stringify([...ports.kept.values()])).not.toContain("hunter2");
});
