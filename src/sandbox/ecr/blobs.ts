import { own } from "../input.ts";
import type { World } from "../world.ts";
import { configOf } from "./manifests.ts";

/** The configuration behind a download URL's path `REGION/REPOSITORY/DIGEST`; undefined when there is none. */
export const blobAt = (world: World, path: string): string | undefined => {
  const [region = "", ...rest] = path.split("/");
  const digest = rest.pop() ?? "";
  const repository = own(own(world.regions, region)?.ecr.repositories ?? {}, rest.join("/"));
  const image = Object.values(repository?.images ?? {}).find((each) => each.configDigest === digest);
  return image?.platform && configOf(image.platform);
};
