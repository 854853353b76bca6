/** Repositories, images and tags of ECR, for the checks. */
import type { PickerItem } from "../../engine/discovery.ts";
import type { Account, ImageFacts, RepositoryFacts, TagFacts } from "../../engine/preflight/account.ts";
import { sanitizeLine } from "../../engine/sanitize.ts";
import { imageArchitectures } from "../image-architectures.ts";
import { cleanItem, mergeItems } from "../items.ts";
import { newestTagged } from "../newest-tags.ts";
import { imageTags } from "../sources/image-tags.ts";
import { collect } from "../support/streams.ts";
import { type Questions, unlessAbsent, within } from "./questions.ts";

type RegistryPart = Pick<Account, "image" | "architectures" | "pullsThrough" | "hasRepository" | "newestTags" | "repositoryNames">;

const addressOf = ({ account, region, repository }: RepositoryFacts): string => `${account}.dkr.ecr.${region}.amazonaws.com/${repository}`;

const architecturesIn = (facts: PickerItem["facts"]): readonly string[] => {
  const found = facts?.["architectures"];
  return Array.isArray(found) ? found : [];
};

/** The registries' part of an account. */
export function registryPart({ once, call, signal }: Questions): RegistryPart {
  const options = within({ signal });
  const idOf = ({ account, repository }: RepositoryFacts) => ({ registryId: account, repositoryName: repository });

  const hasRepository: RegistryPart["hasRepository"] = (of) =>
    once(["repository", of], async () => {
      const found = call(async (clients) => {
        const { DescribeRepositoriesCommand } = await import("@aws-sdk/client-ecr");
        const { account: registryId, repository, region } = of;
        return await (await clients.ecr(region)).send(
          new DescribeRepositoriesCommand({ registryId, repositoryNames: [repository] }),
          options,
        );
      });
      return (await unlessAbsent(found, "RepositoryNotFoundException")) !== undefined;
    });

  return {
    hasRepository,
    image: (of, version) =>
      once(["image", of, version], async (): Promise<ImageFacts> => {
        const imageId = "tag" in version ? { imageTag: version.tag } : { imageDigest: version.digest };
        const described = await unlessAbsent(
          call(async (clients) => {
            const { DescribeImagesCommand } = await import("@aws-sdk/client-ecr");
            const asked = new DescribeImagesCommand({ ...idOf(of), imageIds: [imageId] });
            return await (await clients.ecr(of.region)).send(asked, options);
          }),
          "ImageNotFoundException",
          "RepositoryNotFoundException",
        );
        const digest = described?.imageDetails?.[0]?.imageDigest;
        if (digest === undefined) return { found: (await hasRepository(of)) ? "repository" : "nothing" };
        return { found: "image", digest };
      }),
    architectures: (of, digest) =>
      once(["architectures", of, digest], () =>
        call(async (clients) => {
          for await (const one of imageArchitectures(await clients.ecr(of.region), idOf(of), [digest], signal)) return one.architectures;
          return [];
        }),
      ),
    pullsThrough: (of) =>
      once(["cache rules", of.account, of.region], () =>
        call(async (clients) => {
          const { paginateDescribePullThroughCacheRules } = await import("@aws-sdk/client-ecr");
          const asked = { registryId: of.account };
          const pages = paginateDescribePullThroughCacheRules({ client: await clients.ecr(of.region) }, asked, options);
          const rules = await collect(pages, ({ pullThroughCacheRules }) => pullThroughCacheRules);
          return rules.map(({ ecrRepositoryPrefix }) => ecrRepositoryPrefix);
        }),
      ).then((prefixes) => prefixes.some((prefix) => prefix === "ROOT" || of.repository.startsWith(`${prefix}/`))),
    newestTags: (of, withArchitectures = false) =>
      once(["tags", of, withArchitectures], () =>
        call(async (clients): Promise<readonly TagFacts[]> => {
          let items: readonly PickerItem[] = [];
          for await (const page of imageTags.load(clients, { repository: addressOf(of) }, signal)) {
            // The architectures follow the tags.
            if (!withArchitectures && page.some(({ facts }) => facts?.["architectures"] !== undefined)) break;
            items = mergeItems(items, page.map(cleanItem), imageTags.compare);
          }
          return newestTagged(items).map(({ value, facts }) => ({ tag: value, architectures: architecturesIn(facts) }));
        }),
      ),
    repositoryNames: (region) =>
      once(["repositories", region], () =>
        call(async (clients) => {
          const { paginateDescribeRepositories } = await import("@aws-sdk/client-ecr");
          const pages = paginateDescribeRepositories({ client: await clients.ecr(region), pageSize: 1000 }, {}, options);
          const found = await collect(pages, ({ repositories }) => repositories);
          return found.flatMap(({ repositoryName }) => (repositoryName ? [sanitizeLine(repositoryName)] : []));
        }),
      ),
  };
}
