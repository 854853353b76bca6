import { describe, expect, it } from "vitest";
import { UserError } from "../../../src/engine/problem.ts";
import type { JsonObject } from "../../../src/engine/schema.ts";
import { imageInTemplate, imagesToChoose, repositoryOf, withImages } from "../../../src/engine/template/images.ts";
import { effective } from "../../../src/engine/values.ts";
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
