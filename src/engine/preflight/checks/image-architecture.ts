import { listed } from "../../rules/text.ts";
import { check, moot } from "../check.ts";
import { ecrImagesOf, versionOf } from "../images.ts";
import { fixOf } from "../words.ts";

/** The processor of a task size as image manifests name it. */
const platforms: Readonly<Record<string, string>> = { X86_64: "amd64", ARM64: "arm64" };

/** The images are built for the processor of the tasks. */
export const imageArchitecture = check({
  id: "image-architecture",
  claim: "the images fit the CPU architecture",
  actions: ["ecr:DescribeImages", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
  predicts: ["pull-platform-mismatch", "exec-format-error"],
  about: (subject) => {
    const wanted = platforms[subject.step.taskSize.cpuArchitecture];
    if (wanted === undefined) return [];
    return ecrImagesOf(subject).flatMap(({ path, value }) => {
      const version = versionOf(value.name);
      return version ? [{ path, value: { ...value, version, wanted } }] : [];
    });
  },
  async look({ container, ecr, name, version, wanted }, subject, account) {
    const image = await account.image(ecr, version);
    if (image.found !== "image") return moot;
    const built = await account.architectures(ecr, image.digest);
    if (built.length === 0 || built.includes(wanted)) return [];
    const tags = await account.newestTags(ecr, true).catch(() => []);
    const fit = tags.filter(({ architectures }) => architectures.includes(wanted));
    // A tag that moves says little about what it will be.
    const fitting = fit.find(({ tag }) => tag !== "latest") ?? fit[0];
    const { cpuArchitecture } = subject.step.taskSize;
    const tag = fitting ? `Choose a tag built for it, such as ${fitting.tag}. ` : "";
    return [
      {
        message: `${ecr.repository}${name.tag === undefined ? "" : `:${name.tag}`} is built for ${listed(built)} only, but the task size asks for ${cpuArchitecture} (${wanted}).`,
        hint: `${tag}${fixOf("pull-platform-mismatch", subject, { container }, 2)}`,
      },
    ];
  },
});
