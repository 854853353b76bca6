import { describe, expect, it } from "vitest";
import { UserError } from "../../src/engine/problem.ts";
import { setPath } from "../../src/engine/set-path.ts";
import { validate } from "../../src/engine/values.ts";
import { webProfile } from "../support/profiles.ts";

describe("setting a value by its path", () => {
  it.each([
    ["taskSize.cpu", "512", { taskSize: { cpu: 512 } }],
    ["taskSize.memory", "#{Memory}", { taskSize: { memory: "#{Memory}" } }],
    ["deployment.desiredCount", "3", { deployment: { desiredCount: 3 } }],
    ["network.assignPublicIp", "true", { network: { assignPublicIp: true } }],
    ["network.subnets", "subnet-a, subnet-b", { network: { subnets: ["subnet-a", "subnet-b"] } }],
    ["network.subnets[1]", "subnet-b", { network: { subnets: ["subnet-0123456789abcdef0", "subnet-b"] } }],
    ["containers[0].image", "nginx:2", { containers: [{ image: "nginx:2" }] }],
    ["containers[1].name", "worker", { containers: [{ name: "web" }, { name: "worker" }] }],
    ["containers[0].portMappings", '[{"containerPort": 81}]', { containers: [{ portMappings: [{ containerPort: 81 }] }] }],
    ["containers[0].healthCheck.command", "curl localhost", { containers: [{ healthCheck: { command: "curl localhost" } }] }],
    ['containers[0].dockerLabels["com.acme.team"]', "shop", { containers: [{ dockerLabels: { "com.acme.team": "shop" } }] }],
    ["variables.Version", "2", { variables: { Version: "2" } }],
    ["variables.Package[web].Tag", "2", { variables: { "Package[web].Tag": "2" } }],
    ["containers[0].dockerLabels.com.acme.team", "shop", { containers: [{ dockerLabels: { "com.acme.team": "shop" } }] }],
    ["network.subnets", "#{Subnets}", { network: { subnets: "#{Subnets}" } }],
    ["containers[0].repositoryCredentials", "default", { containers: [{ repositoryCredentials: "default" }] }],
    ["containers[0].repositoryCredentials", "#{Credentials}", { containers: [{ repositoryCredentials: "#{Credentials}" }] }],
    ["version", "1", { version: 1 }],
    ["name", "other", { name: "other" }],
  ])("%s=%s", (path, value, expected) => {
    const before = structuredClone(webProfile);
    expect(setPath(webProfile, path, value)).toMatchObject(expected);
    expect(webProfile).toEqual(before);
  });

  it("removes a value that is set to nothing", () => {
    expect(setPath(webProfile, "target.cluster", "")["target"]).toEqual({ region: "eu-west-1" });
    expect(setPath(webProfile, "containers[0]", "")["containers"]).toEqual([]);
  });

  it("keeps a text in a numeric place, so that checks can say what is wrong with it", () => {
    const profile = setPath(webProfile, "taskSize.cpu", "lots");
    expect(validate(profile).map(({ rule }) => rule)).toEqual(["not-a-number"]);
  });

  it.each([
    ["containrs[0].image", "x", /containrs/, /nearest known path is containers/],
    ["containers[0].imag", "x", /containers\[0\]\.imag/, /containers\[0\]\.image/],
    ["containers.image", "x", /list/, /containers\[0\]\.image/],
    ["containers[5].image", "x", /1 row,/, /containers\[1\]/],
    ["target[0]", "x", /no list/, /row number/],
    ["target.region.name", "x", /no parts/, /target\.region/],
    ["containers", "web", /JSON/, /one by one, e\.g\. containers\[0\]\.name=/],
    ["deployment.circuitBreaker", "on", /JSON/, /deployment\.circuitBreaker\.enable=/],
    ["containers[0].dockerLabels", "x", /JSON/, /dockerLabels\.NAME=/],
    ["a..b", "x", /no path/, /containers\[0\]/],
    ["", "x", /no path/, /containers\[0\]/],
    ["__proto__.x", "x", /__proto__/, /nearest/],
  ])("refuses %s=%s in plain words", (path, value, message, hint) => {
    const attempt = () => setPath(webProfile, path, value);
    expect(attempt).toThrow(UserError);
    expect(attempt).toThrow(message);
    try {
      attempt();
    } catch (problem) {
      expect((problem as UserError).hint).toMatch(hint);
    }
  });
});

it("says how a row number is written when it was written as a key", () => {
  const profile = { containers: [{ name: "web", image: "a" }] };
  expect(() => setPath(profile, "containers.0.image", "b")).toThrow(expect.objectContaining({ hint: "Write containers[0]." }));
});
