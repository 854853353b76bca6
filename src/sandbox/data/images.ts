import { createHash } from "node:crypto";
import { configOf, mediaTypes } from "../ecr/manifests.ts";
import type { EcrState, Image } from "../ecr/state.ts";
import { hexOf } from "../ids.ts";
import { accountId, ago } from "./names.ts";

type Age = readonly [count: number, unit: "m" | "h" | "d"];

/** An image in short: its tags, what it runs on, how long ago it was pushed. Several architectures make an index. */
type ImageSpec = readonly [tags: readonly string[], architectures: readonly string[], age: Age, megabytes?: number];

interface RepositorySpec {
  readonly name: string;
  readonly immutable?: boolean;
  readonly images: readonly ImageSpec[];
}

const amd64 = ["amd64"];
const arm64 = ["arm64"];
const both = ["amd64", "arm64"];

const specs: readonly RepositorySpec[] = [
  {
    name: "shop/web",
    images: [
      [["1.4.2", "latest"], amd64, [2, "h"], 148],
      [["1.4.2-arm64"], arm64, [2, "h"], 141],
      [["1.4.1"], amd64, [6, "d"], 147],
      [["1.4.0"], amd64, [20, "d"], 147],
      [["1.3.9"], amd64, [48, "d"], 139],
      [[], amd64, [49, "d"], 139],
    ],
  },
  {
    name: "shop/worker",
    images: [
      [["1.4.1", "latest"], amd64, [6, "d"], 96],
      [["1.4.0"], amd64, [20, "d"], 96],
    ],
  },
  {
    name: "shop/api",
    immutable: true,
    images: [
      [["2.8.0"], both, [1, "d"], 182],
      [["2.7.3"], both, [9, "d"], 180],
    ],
  },
  {
    name: "shop/checkout",
    images: [
      [["5.1.0", "stable"], amd64, [12, "d"], 120],
      [["5.0.4"], amd64, [40, "d"], 118],
    ],
  },
  { name: "shop/search", images: [[["0.9.2"], both, [30, "d"], 210]] },
  {
    name: "analytics/reports",
    images: [
      [["2026.11"], arm64, [3, "d"], 305],
      [["2026.10"], arm64, [33, "d"], 301],
    ],
  },
  { name: "platform/otel-collector", images: [[["0.112.0", "latest"], both, [25, "d"], 88]] },
  { name: "platform/fluent-bit", images: [[["3.2.1"], both, [60, "d"], 62]] },
  { name: "platform/sandbox", images: [] },
];

/** A digest that depends on the name alone. */
const digestOf = (name: string): string => `sha256:${hexOf(name, 64)}`;

/** The image of one architecture, as it is pushed. */
export const imageOf = (name: string, tags: readonly string[], architecture: string, pushedAt: number, megabytes: number): Image => {
  const platform = { os: "linux", architecture };
  return {
    digest: digestOf(name),
    tags: [...tags],
    pushedAt,
    sizeBytes: megabytes * 1_000_000,
    mediaType: mediaTypes.image,
    platform,
    configDigest: `sha256:${createHash("sha256").update(configOf(platform)).digest("hex")}`,
  };
};

const imagesOf = (repository: string, [tags, architectures, [count, unit], megabytes = 100]: ImageSpec, now: number): Image[] => {
  const pushedAt = ago(now, count, unit);
  const name = `${repository}:${tags[0] ?? "untagged"}`;
  const [only = "amd64"] = architectures;
  if (architectures.length === 1) return [imageOf(name, tags, only, pushedAt, megabytes)];
  const members = architectures.map((architecture) => imageOf(`${name} ${architecture}`, [], architecture, pushedAt, megabytes));
  const index: Image = {
    digest: digestOf(name),
    tags: [...tags],
    pushedAt,
    sizeBytes: megabytes * 1_000_000,
    mediaType: mediaTypes.index,
    members: members.map(({ digest, platform }) => ({ digest, platform: platform ?? { os: "linux", architecture: "amd64" } })),
  };
  return [index, ...members];
};

/** Puts the account's repositories with their images into a region's registry. */
export const putRepositories = (ecr: EcrState, region: string, now: number): void => {
  for (const { name, immutable, images } of specs) {
    ecr.repositories[name] = {
      name,
      arn: `arn:aws:ecr:${region}:${accountId}:repository/${name}`,
      uri: `${accountId}.dkr.ecr.${region}.amazonaws.com/${name}`,
      createdAt: ago(now, 300, "d"),
      tagMutability: immutable ? "IMMUTABLE" : "MUTABLE",
      scanOnPush: true,
      encryption: "AES256",
      images: Object.fromEntries(images.flatMap((spec) => imagesOf(name, spec, now)).map((image) => [image.digest, image])),
      tags: {},
    };
  }
};
