import { describe, expect, it } from "vitest";
import { UserError } from "../../../src/engine/problem.ts";
import type { JsonObject } from "../../../src/engine/schema.ts";
import {
  imageInTemplate,
  imageOfVariable,
  imagesToChoose,
  repositoryOf,
  withImages,
  withVariableImages,
} from "../../../src/engine/template/images.ts";
import { effective } from "../../../src/engine/values.ts";
import { VariableDictionary } from "../../../src/engine/variables/index.ts";
import { webWith } from "../../support/profiles.ts";

const digest = `sha256:${"0a".repeat(32)}`;
const ecr = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web";

describe("images", () => {
  it.each([
    ["nginx", "#{Octopus.Action.Package[nginx].Image}"],
    [ecr, `#{Octopus.Action.Package[${ecr}].Image}`],
    ["localhost:5000/web", "#{Octopus.Action.Package[localhost:5000/web].Image}"],
    ["nginx:1.27", "nginx:1.27"],
    [`nginx@${digest}`, `nginx@${digest}`],
    ["#{Repository}:#{Version}", "#{Repository}:#{Version}"],
  ])("%s stands in the template as %s", (image, expected) => {
    expect(imageInTemplate(image)).toBe(expected);
  });

  it.each([
    ["localhost:5000/web:1", "localhost:5000/web"],
    [`nginx:1@${digest}`, "nginx"],
    ["nginx", "nginx"],
  ])("%s is of the repository %s", (image, repository) => {
    expect(repositoryOf(image)).toBe(repository);
  });

  it("without version are to be chosen, by container", () => {
    const profile = webWith({
      containers: [
        { name: "web", image: ecr },
        { name: "cache", image: "redis:7" },
      ],
    });
    expect(imagesToChoose(effective(profile).step)).toEqual([{ container: "web", index: 0, image: ecr }]);
  });
});

describe("--image", () => {
  const profile = webWith({
    containers: [
      { name: "web", image: `${ecr}:1` },
      { name: "cache", image: "redis" },
    ],
  });
  const images = (name: string, version: string) =>
    (withImages(profile, [{ name, version }])["containers"] as JsonObject[]).map((row) => row["image"]);

  it.each([
    ["web", "2.0", `${ecr}:2.0`],
    ["web", digest, `${ecr}@${digest}`],
    ["web", "nginx:1.27", "nginx:1.27"],
    ["web", "other/repository", "other/repository"],
    ["shop/web", "2.0", `${ecr}:2.0`],
    [ecr, "2.0", `${ecr}:2.0`],
  ])("%s=%s gives %s", (name, version, expected) => {
    expect(images(name, version)).toEqual([expected, "redis"]);
  });

  it("goes by the names that variables give, and by the raw ones", () => {
    const bound = webWith({ containers: [{ name: "#{Name}", image: "nginx" }] });
    for (const name of ["web", "#{Name}"])
      expect(withImages(bound, [{ name, version: "2" }], ["web"])).toMatchObject({ containers: [{ name: "#{Name}", image: "nginx:2" }] });
    expect(() => withImages(bound, [{ name: "api", version: "2" }], ["web"])).toThrow(
      expect.objectContaining({ hint: expect.stringContaining(": web.") }),
    );
  });

  it("is not needed where a variable gives the image, as Octopus does", () => {
    const variables = new VariableDictionary({ "Octopus.Action.Package[redis].Image": "docker.io/redis:7" });
    expect(imageOfVariable("redis", variables)).toBe("docker.io/redis:7");
    expect(imageOfVariable("nginx", variables)).toBeUndefined();
    expect(withVariableImages(effective(profile).step, variables).containers.map(({ image }) => image)).toEqual([
      `${ecr}:1`,
      "docker.io/redis:7",
    ]);
  });

  it("refuses a name that fits nothing, naming the containers", () => {
    try {
      withImages(profile, [{ name: "api", version: "1" }]);
      expect.unreachable();
    } catch (problem) {
      expect(problem).toBeInstanceOf(UserError);
      expect((problem as UserError).hint).toContain("web or cache");
    }
  });
});
