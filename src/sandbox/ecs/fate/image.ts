import { imageOf, platformsOf } from "../../ecr/find.ts";
import type { Image } from "../../ecr/state.ts";
import type { Context } from "../../service.ts";
import type { ContainerDefinition, Fate } from "../state.ts";
import { isStruck, type Question } from "./question.ts";

/** An image reference taken apart; host, account and region only where they are ECR's. */
export interface ImageName {
  host: string;
  repository: string;
  tag: string | undefined;
  digest: string | undefined;
  account: string | undefined;
  region: string | undefined;
}

/** Takes an image reference apart, with Docker's defaults. */
export function parseImage(image: string): ImageName {
  const [beforeDigest = "", digest] = image.split("@");
  const slash = beforeDigest.indexOf("/");
  const first = slash < 0 ? "" : beforeDigest.slice(0, slash);
  const hasHost = first.includes(".") || first.includes(":") || first === "localhost";
  const path = hasHost ? beforeDigest.slice(slash + 1) : beforeDigest;
  const colon = path.lastIndexOf(":");
  const ecr = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com/.exec(first);
  return {
    host: hasHost ? first : "registry-1.docker.io",
    repository: colon < 0 ? path : path.slice(0, colon),
    tag: colon < 0 ? (digest === undefined ? "latest" : undefined) : path.slice(colon + 1),
    digest,
    account: ecr?.[1],
    region: ecr?.[2],
  };
}

/** The image of this account's ECR a reference means: null when there is none, undefined for registries that are not simulated. */
export function ecrImage(ctx: Context, reference: string): Image | null | undefined {
  const name = parseImage(reference);
  if (name.account === undefined || name.account !== ctx.accountId) return undefined;
  const repository = ctx.world.regions[name.region ?? ""]?.ecr.repositories[name.repository];
  return repository ? (imageOf(repository, { imageTag: name.tag, imageDigest: name.digest }) ?? null) : null;
}

function failed(container: ContainerDefinition, reason: string): Fate {
  const text = `CannotPullContainerError: ${reason}`;
  return { kind: "start-failure", afterMs: 15_000, stoppedReason: text, containerReason: text, container: container.name, pulled: false };
}

const notFound = (image: string) => `pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: ${image}: not found`;

function architecture(definition: Question["definition"]): "amd64" | "arm64" {
  return definition.runtimePlatform?.cpuArchitecture === "ARM64" ? "arm64" : "amd64";
}

function fateOfImage(question: Question, container: ContainerDefinition): Fate | undefined {
  const { ctx, definition, main } = question;
  const { image } = container;
  const struck = container.name === main.name;
  if (struck && isStruck(ctx, "image-not-found", image)) return failed(container, notFound(image));
  const wanted = architecture(definition);
  const mismatch = `pull image manifest has been retried 7 time(s): image Manifest does not contain descriptor matching platform 'linux/${wanted}'`;
  if (struck && isStruck(ctx, "wrong-architecture", `${image} ${wanted}`)) return failed(container, mismatch);
  const found = ecrImage(ctx, image);
  if (found === undefined) return undefined;
  if (found === null) return failed(container, notFound(image));
  const platforms = platformsOf(found);
  return platforms.length > 0 && !platforms.some((one) => one.architecture === wanted) ? failed(container, mismatch) : undefined;
}

/** The failure of a task one of whose images does not exist or does not fit its architecture, or undefined. */
export function imageFate(question: Question): Fate | undefined {
  for (const container of question.definition.containerDefinitions) {
    const fate = fateOfImage(question, container);
    if (fate) return fate;
  }
  return undefined;
}
