import { createClientPool } from "../../aws-discovery/client-pool.ts";
import { createDiscovery, type LiveDiscovery } from "../../aws-discovery/discovery.ts";
import { openDiscoveryCache } from "../../store/discovery-cache.ts";
import type { Folders } from "../../store/folders.ts";
import { readProfiles } from "../../store/profiles.ts";
import { replaceFile } from "../../store/replace-file.ts";
import { createClock } from "../clock.ts";
import { createDeployer, type DeployerParts } from "../deployment/deployer.ts";
import { version } from "../version.ts";
import { type Deployments, deploymentsPort, type FirstRun } from "./deployments.ts";

/** What the first frame can do without: AWS and deployments. */
export interface World {
  readonly discovery: LiveDiscovery;
  readonly deployments: Deployments;
  close(): Promise<void>;
}

/** Composes it; `realm` tells accounts apart in the cache of last known lists. */
export function createWorld(
  parts: DeployerParts & { readonly places: Folders; readonly realm: string; readonly region?: string; readonly first?: FirstRun },
): World {
  const { places, records, credentials, realm, region, first } = parts;
  const pool = createClientPool({ version, credentials });
  const discovery = createDiscovery({ ...pool, clock: createClock(), cache: openDiscoveryCache(places.cache, replaceFile), realm });
  const deployments = deploymentsPort(createDeployer(parts), records, readProfiles(places.profiles), {
    ...(region ? { region } : {}),
    ...(first ? { first } : {}),
  });
  return {
    discovery,
    deployments,
    close: async () => {
      try {
        await deployments.leave();
      } finally {
        discovery.dispose();
        pool.destroy();
      }
    },
  };
}
