import { expect, test } from "vitest";
import { profileAsDeployed, usedVariables } from "../../../src/engine/deployment/as-deployed.ts";

const profile = {
  name: "shop",
  containers: [{ image: "shop/web:#{version}", environment: [{ name: "DB", value: "#{Db.Host}:#{Port}" }] }],
  variables: { Version: "1.0", Password: { sensitive: true } },
};

test("of the values given, those that a profile uses are kept, directly or through others; never those of sensitive variables", () => {
  const given = {
    VERSION: "1.4.2",
    Db: '{"Host": "#{Region}.db"}',
    Region: "eu",
    Port: "5432",
    Password: "hunter2",
    password: "hunter3",
    "Octopus.Release.Channel.Name": "beta",
    Unused: "x",
    Do: "not a part of Db",
  };
  expect(usedVariables(profile, given, ["Password"])).toEqual({
    VERSION: "1.4.2",
    Db: given.Db,
    Region: "eu",
    Port: "5432",
    "Octopus.Release.Channel.Name": "beta",
  });
});

test("a profile as deployed has those values, over its own of the same name", () => {
  expect(profileAsDeployed({ snapshot: profile, variables: { VERSION: "1.4.2" } })?.["variables"]).toEqual({
    Password: { sensitive: true },
    VERSION: "1.4.2",
  });
  expect(profileAsDeployed({ snapshot: profile })).toBe(profile);
  expect(profileAsDeployed({ variables: { A: "1" } })).toBeUndefined();
});
