import type { World } from "../world.ts";
import { imageOf } from "./images.ts";

const home = (world: World) => world.regions["eu-west-1"];

const imagesOf = (world: World, repository: string) => home(world)?.ecr.repositories[repository]?.images ?? {};

/** Takes a tag away from a repository's images, as a registry's clean-up does. */
export const untag = (world: World, repository: string, tag: string): void => {
  for (const image of Object.values(imagesOf(world, repository))) image.tags = image.tags.filter((each) => each !== tag);
};

/** Pushes a tag again, built for arm64 only. */
export const onlyArm = (world: World, repository: string, tag: string): void => {
  const images = imagesOf(world, repository);
  const pushedAt = Object.values(images).find((image) => image.tags.includes(tag))?.pushedAt ?? world.savedAt;
  untag(world, repository, tag);
  const image = imageOf(`${repository}:${tag} arm64 only`, [tag], "arm64", pushedAt, 141);
  images[image.digest] = image;
};

/** Takes the permission to read secrets and parameters away from the execution role. */
export const forgetSecrets = (world: World): void => {
  const role = world.iam.roles["ecsTaskExecutionRole"];
  if (role) delete role.inlinePolicies["read-shop-secrets"];
};

/** Deletes the NAT gateways; the routes to them stay behind as black holes. */
export const cutNat = (world: World): void => {
  const { natGateways, routeTables } = home(world)?.ec2 ?? { natGateways: {}, routeTables: {} };
  for (const nat of Object.values(natGateways)) nat.state = "deleted";
  for (const route of Object.values(routeTables).flatMap((table) => table.routes)) if (route.natGatewayId) route.state = "blackhole";
};
