import type { SourceQuery } from "../../engine/discovery.ts";
import type { SourceId } from "../../engine/schema.ts";

/** What an empty list means, and the way on; `{where}` is the VPC or the region. */
const words: Readonly<Record<SourceId, string>> = {
  awsProfiles: "Your AWS configuration files hold no profiles. Leave it empty to use the credentials of the environment.",
  regions: "The account has no regions enabled. Type the region's code.",
  clusters:
    "There are no ECS clusters in {where}. Choose another region, type a name, or create one: aws ecs create-cluster --cluster-name NAME",
  vpcs: "There are no VPCs in {where}. Choose another region.",
  subnets: "There are no subnets in {where}. Look in another VPC or region, or type the id.",
  securityGroups: "There are no security groups in {where}. Look in another VPC or region, or type the id.",
  ecsRoles: "The account has no role that ECS tasks may take on. Leave it empty: the stack makes the execution role by itself.",
  targetGroups: "There are no target groups in {where}. Create one of target type ip behind a load balancer, or type its ARN.",
  repositories: "There are no ECR repositories in {where}. Type an image of any registry, e.g. public.ecr.aws/nginx/nginx:stable",
  imageTags: "The repository holds no images yet. Type the tag that will be pushed.",
  secrets: "There are no secrets or parameters in {where}. Type the ARN of one.",
  registrySecrets: "There are no secrets in {where}. Type the ARN of one; a parameter of Systems Manager will not do here.",
  fileSystems: "There are no EFS file systems in {where}. Type the id of one.",
  accessPoints: "The file system has no access points. Leave it empty to mount the file system itself.",
  logGroups: "There are no log groups in {where}. Type the name of one; it must exist when the tasks start.",
};

/** What to say where a list is empty, and how to go on. */
export function emptyWords({ source, target, inputs }: SourceQuery): string {
  return words[source].replace("{where}", inputs["vpcId"] ?? target.region ?? "this region");
}
