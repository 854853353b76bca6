import { nearest } from "../../values/scalar.ts";
import type { Account, RepositoryFacts } from "../account.ts";
import { CannotTell, check, type Fault } from "../check.ts";
import { imagesOf, versionOf } from "../images.ts";
import { fixOf, some } from "../words.ts";

/** The images are in their repositories, as far as these are Amazon ECR's. */
export const imageExists = check({
  id: "image-exists",
  claim: "the images exist",
  actions: ["ecr:DescribeImages", "ecr:DescribeRepositories", "ecr:DescribePullThroughCacheRules"],
  predicts: ["pull-image-not-found", "pull-access-denied"],
  about: imagesOf,
  async look({ container, image, name, ecr }, subject, account) {
    if (!ecr) throw new CannotTell(`${image} is not in Amazon ECR`);
    const version = versionOf(name);
    const place = `${ecr.repository} in ${ecr.region}`;
    const untilPulled = new CannotTell(`${image} is fetched by a rule of ECR when it is first pulled`);
    const pullsThrough = () => account.pullsThrough(ecr).catch(() => false);
    if (!version) {
      // Its tag comes with the deployment: all there is to see is whether there can be one.
      if (await account.hasRepository(ecr)) return [];
      if (await pullsThrough()) throw untilPulled;
      return [await noRepository(ecr, account, image)];
    }
    const { found } = await account.image(ecr, version);
    if (found === "image") return [];
    if (await pullsThrough()) throw untilPulled;
    if (found === "nothing") return [await noRepository(ecr, account, image)];
    const tags = (await account.newestTags(ecr).catch(() => [])).map(({ tag }) => tag);
    const facts = { newestTags: { [ecr.repository]: tags } };
    const which = "tag" in version ? `tag ${version.tag}` : `image ${version.digest.slice(0, 19)}…`;
    const others = tags.length > 0 ? `; its newest tags are ${some(tags)}` : "; it has no tags at all";
    return [
      {
        message: `The repository ${place} has no ${which}${others}.`,
        hint: fixOf("pull-image-not-found", subject, { container, facts }),
      },
    ];
  },
});

async function noRepository(ecr: RepositoryFacts, account: Account, image: string): Promise<Fault> {
  const own = await account.id().catch(() => undefined);
  const names = own === undefined || own === ecr.account ? await account.repositoryNames(ecr.region).catch(() => []) : [];
  const close = nearest(ecr.repository, names);
  const foreign = own !== undefined && own !== ecr.account ? ` It belongs to account ${ecr.account}, and you deploy in ${own}.` : "";
  return {
    message: `There is no repository ${ecr.repository} in ECR in ${ecr.region}, so ${image} cannot be pulled.${foreign}`,
    hint: close
      ? `The nearest is ${close}: correct the image, or make the repository: aws ecr create-repository --repository-name ${ecr.repository}`
      : `Correct account, region and repository of the image, or make it: aws ecr create-repository --repository-name ${ecr.repository} --region ${ecr.region}`,
  };
}
