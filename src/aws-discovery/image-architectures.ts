import type { ECRClient } from "@aws-sdk/client-ecr";
import { orElse } from "./support/streams.ts";

/** A repository of ECR: its registry's account, its name. */
export interface RepositoryName {
  readonly registryId?: string;
  readonly repositoryName: string;
}

const indexTypes = ["application/vnd.docker.distribution.manifest.list.v2+json", "application/vnd.oci.image.index.v1+json"];
const manifestTypes = ["application/vnd.docker.distribution.manifest.v2+json", "application/vnd.oci.image.manifest.v1+json"];

interface Manifest {
  readonly manifests?: readonly { readonly platform?: { readonly os?: string; readonly architecture?: string } }[];
  readonly config?: { readonly digest?: string };
}

/** The architectures an index of images names, e.g. `["amd64", "arm64"]`; attestations, which run nowhere, are left out. */
export function architecturesOfIndex(manifest: Manifest): readonly string[] {
  const platforms = (manifest.manifests ?? []).map(({ platform }) => platform?.architecture ?? "unknown");
  return [...new Set(platforms)].filter((architecture) => architecture !== "unknown");
}

/** Reads the architecture out of an image's configuration, which ECR serves at an address of its own. */
async function architectureOfConfig(
  client: ECRClient,
  repository: RepositoryName,
  digest: string,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const { GetDownloadUrlForLayerCommand } = await import("@aws-sdk/client-ecr");
  const { downloadUrl } = await client.send(new GetDownloadUrlForLayerCommand({ ...repository, layerDigest: digest }), {
    abortSignal: signal,
  });
  if (!downloadUrl) return [];
  const response = await fetch(downloadUrl, { signal });
  if (!response.ok) return [];
  const { architecture } = (await response.json()) as { architecture?: unknown };
  return typeof architecture === "string" ? [architecture] : [];
}

const parsed = (text: string | undefined): Manifest | undefined => {
  try {
    return JSON.parse(text ?? "") as Manifest;
  } catch {
    return undefined;
  }
};

/** The architectures of images by digest (at most 100), told from their manifests; an image that does not tell is not in the answer. Rejects with SDK errors. */
export async function* imageArchitectures(
  client: ECRClient,
  repository: RepositoryName,
  digests: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<{ readonly digest: string; readonly architectures: readonly string[] }, void, undefined> {
  const { BatchGetImageCommand } = await import("@aws-sdk/client-ecr");
  const imageIds = digests.map((imageDigest) => ({ imageDigest }));
  const asked = new BatchGetImageCommand({ ...repository, imageIds, acceptedMediaTypes: [...indexTypes, ...manifestTypes] });
  const { images = [] } = await client.send(asked, { abortSignal: signal });
  for (const { imageId, imageManifest } of images) {
    const manifest = parsed(imageManifest);
    const digest = imageId?.imageDigest;
    if (!manifest || !digest) continue;
    const config = manifest.config?.digest;
    const architectures = manifest.manifests
      ? architecturesOfIndex(manifest)
      : config
        ? await orElse(architectureOfConfig(client, repository, config, signal), [])
        : [];
    if (architectures.length > 0) yield { digest, architectures };
  }
}
