import type { ImageDetail } from "@aws-sdk/client-ecr";
import type { PickerItem } from "../../engine/discovery.ts";
import { ProblemError } from "../../engine/problem.ts";
import { imageArchitectures } from "../image-architectures.ts";
import type { Source } from "../source.ts";
import { formatBytes, formatMoment } from "../support/words.ts";

/** How many images, the newest, have their architecture looked up. */
const architecturesLookedUp = 40;

/** Where a repository's images are listed: `region` absent means the target's. */
export interface RepositoryPlace {
  readonly registryId?: string;
  readonly region?: string;
  readonly repositoryName: string;
}

/** Reads a repository's address (or its plain name, in the account's own registry); undefined when it is not in ECR. Tag and digest are ignored. */
export function repositoryPlace(text: string): RepositoryPlace | undefined {
  const bare = text.replace(/@sha256:.*$/, "").replace(/:[^:/]*$/, "");
  const address = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)\/(.+)$/.exec(bare);
  if (address) return { registryId: address[1] as string, region: address[2] as string, repositoryName: address[3] as string };
  const host = bare.includes("/") ? bare.slice(0, bare.indexOf("/")) : "";
  return /[.:]/.test(host) || host === "localhost" || bare === "" ? undefined : { repositoryName: bare };
}

/** The rows of one image: one for each tag, or one for the digest of an untagged image. */
export function toItems(image: ImageDetail, architectures: readonly string[] = []): readonly PickerItem[] {
  const { imageDigest = "", imageTags = [], imagePushedAt, imageSizeInBytes } = image;
  const pushed = imagePushedAt ? formatMoment(imagePushedAt) : "";
  const facts = { digest: imageDigest, pushedAt: imagePushedAt?.getTime() ?? 0, ...(architectures.length > 0 ? { architectures } : {}) };
  const untagged = { value: imageDigest, name: `untagged ${imageDigest.replace("sha256:", "").slice(0, 12)}` };
  return (imageTags.length > 0 ? imageTags.map((name) => ({ value: name, name })) : [untagged]).map(({ value, name }) => ({
    value,
    columns: [name, pushed, imageSizeInBytes === undefined ? "" : formatBytes(imageSizeInBytes), architectures.join(", ")],
    detail: imageDigest,
    facts,
  }));
}

const pushedAt = (item: PickerItem): number => Number(item.facts?.["pushedAt"] ?? 0);

/** Only these are images; ECR keeps signatures, attestations and charts beside them. */
const isImage = ({ artifactMediaType, imageTags = [] }: ImageDetail): boolean =>
  (artifactMediaType === undefined || /container\.image|image\.config|docker|oci\.image|empty/.test(artifactMediaType)) &&
  !imageTags.some((tag) => /^sha256-[0-9a-f]{64}(\.\w+)?$/.test(tag));

/** The tags of a repository, newest first; architectures of the newest follow. */
export const imageTags: Source = {
  id: "imageTags",
  columns: [
    { title: "Tag", rank: 1 },
    { title: "Pushed (UTC)", rank: 3 },
    { title: "Size", rank: 4 },
    { title: "Architecture", rank: 2 },
  ],
  needs: ["repository"],
  actions: ["ecr:DescribeImages", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
  compare: (a, b) => pushedAt(b) - pushedAt(a),
  async *load(clients, { repository = "" }, signal) {
    const place = repositoryPlace(repository);
    if (!place) {
      throw new ProblemError({
        kind: "invalid",
        message: `The tags of ${repository} cannot be listed: only repositories of Amazon ECR can.`,
        hint: "Type the tag.",
      });
    }
    const { region, ...names } = place;
    const { paginateDescribeImages } = await import("@aws-sdk/client-ecr");
    const client = await clients.ecr(region);
    const images: ImageDetail[] = [];
    for await (const { imageDetails = [] } of paginateDescribeImages({ client, pageSize: 1000 }, names, { abortSignal: signal })) {
      images.push(...imageDetails.filter(isImage));
      yield imageDetails.filter(isImage).flatMap((image) => toItems(image));
    }
    images.sort((a, b) => (b.imagePushedAt?.getTime() ?? 0) - (a.imagePushedAt?.getTime() ?? 0));
    const newest = new Map(images.slice(0, architecturesLookedUp).map((image) => [image.imageDigest ?? "", image]));
    if (newest.size === 0) return;
    try {
      for await (const { digest, architectures } of imageArchitectures(client, names, [...newest.keys()], signal)) {
        const image = newest.get(digest);
        if (image) yield toItems(image, architectures);
      }
    } catch (error) {
      if (signal.aborted) throw error; // otherwise the column stays empty
    }
  },
};
