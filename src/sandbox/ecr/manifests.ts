import { hexOf } from "../ids.ts";
import type { Image, Platform } from "./state.ts";

/** Media types of images and of indexes, Docker's and OCI's. */
export const mediaTypes = {
  image: "application/vnd.docker.distribution.manifest.v2+json",
  index: "application/vnd.docker.distribution.manifest.list.v2+json",
  ociImage: "application/vnd.oci.image.manifest.v1+json",
  ociIndex: "application/vnd.oci.image.index.v1+json",
} as const;

/** Whether a media type is an index of images. */
export const isIndex = (mediaType: string): boolean => mediaType === mediaTypes.index || mediaType === mediaTypes.ociIndex;

/** The configuration of an image, which is where its platform is written. */
export const configOf = (platform: Platform): string =>
  JSON.stringify({
    architecture: platform.architecture,
    os: platform.os,
    config: { Env: ["PATH=/usr/local/bin:/usr/bin:/bin"] },
    rootfs: { type: "layers", diff_ids: [] },
    history: [],
  });

/** The manifest of an image or of an index of images, as a registry keeps it. */
export const manifestOf = (image: Image): string => {
  if (image.members) {
    const manifests = image.members.map(({ digest, platform }) => ({
      mediaType: image.mediaType === mediaTypes.index ? mediaTypes.image : mediaTypes.ociImage,
      digest,
      size: 1571,
      platform: { architecture: platform.architecture, os: platform.os },
    }));
    return JSON.stringify({ schemaVersion: 2, mediaType: image.mediaType, manifests });
  }
  const docker = image.mediaType === mediaTypes.image;
  const config = configOf(image.platform ?? { os: "linux", architecture: "amd64" });
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: image.mediaType,
    config: {
      mediaType: docker ? "application/vnd.docker.container.image.v1+json" : "application/vnd.oci.image.config.v1+json",
      size: config.length,
      digest: image.configDigest,
    },
    layers: [
      {
        mediaType: docker ? "application/vnd.docker.image.rootfs.diff.tar.gzip" : "application/vnd.oci.image.layer.v1.tar+gzip",
        size: image.sizeBytes,
        digest: `sha256:${hexOf(`layer ${image.digest}`, 64)}`,
      },
    ],
  });
};
