import { afterEach, expect, test } from "vitest";
import { looksLikeProduction, whoOf } from "../../src/screens/app/header.ts";
import { memoryPorts } from "../support/screen-ports.ts";
import { openApp, type RunningApp } from "../support/screens.ts";

let app: RunningApp | undefined;
afterEach(() => app?.end());

test.each([
  ["production", true],
  ["acme-prod", true],
  ["PRD_eu", true],
  ["live", true],
  ["non-prod", false],
  ["product-search", false],
  ["delivery", false],
])("%s looks like production: %s", (name, looks) => {
  expect(looksLikeProduction(name)).toBe(looks);
});

test("an identity is known by its role and session, by its user, or as root", () => {
  expect(whoOf("arn:aws:sts::123456789012:assumed-role/deployer/ann", true)).toBe("deployer/ann");
  expect(whoOf("arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_Developer_0123456789abcdef/ann@acme.example", false)).toBe(
    "Developer",
  );
  expect(whoOf("arn:aws:iam::123456789012:user/teams/ann", true)).toBe("ann");
  expect(whoOf("arn:aws:iam::123456789012:root", true)).toBe("root");
});

test.each([
  [140, / ecs-wizard shop-web .* SANDBOX · 123456789012 \(acme-prod\) · dev\/ann · eu-west-1 · production · PRODUCTION$/m],
  [100, /^ shop-web +SANDBOX · 123456789012 \(acme-prod\) · eu-west-1 · production · PRODUCTION$/m],
  [60, /^ shop-web? ?…? +PROD! · SANDBOX · acme-prod · eu-west-1 · product/m],
  [80, /^ shop-web +SANDBOX · 123456789012 \(acme-prod\) · eu-west-1 · production · PROD!$/m],
])("in %i columns the header says what is open, who and where, and warns of production in words", async (columns, line) => {
  const profile = { target: { region: "eu-west-1", cluster: "production" }, configuration: { name: "shop-web" } };
  app = openApp({ ports: memoryPorts(), start: { screen: "new", profile }, columns, about: { sandbox: "default" } });
  await app.terminal.until(line);
});
