import { checks } from "../preflight/index.ts";
import { allLogGroups, everything, fileSystems, givenRoles, registries, repositories, secrets, stacks } from "./arns.ts";
import type { Grant } from "./grant.ts";

/** What the checks read of things that IAM tells apart; clusters are in the table beside. */
const checked: readonly Pick<Grant, "sid" | "calls" | "on">[] = [
  { sid: "CheckStack", calls: ["cloudformation:DescribeStacks", "cloudformation:ListStackResources"], on: stacks },
  { sid: "CheckRoles", calls: ["iam:GetRole", "iam:SimulatePrincipalPolicy"], on: givenRoles },
  { sid: "CheckImages", calls: ["ecr:BatchGetImage", "ecr:DescribeImages", "ecr:GetDownloadUrlForLayer"], on: repositories },
  { sid: "CheckRepositories", calls: ["ecr:DescribeRepositories"], on: registries },
  { sid: "CheckSecrets", calls: ["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"], on: secrets },
  { sid: "CheckLogGroups", calls: ["logs:DescribeLogGroups"], on: allLogGroups },
  {
    sid: "CheckVolumes",
    calls: [
      "elasticfilesystem:DescribeAccessPoints",
      "elasticfilesystem:DescribeFileSystems",
      "elasticfilesystem:DescribeMountTargets",
      "elasticfilesystem:DescribeMountTargetSecurityGroups",
    ],
    on: fileSystems,
  },
];
const toldApart = new Set(["ecs:DescribeClusters", "ecs:ListClusters", ...checked.flatMap(({ calls = [] }) => calls)]);
const checkedAnywhere = [...new Set(checks.flatMap(({ actions }) => actions))].filter((action) => !toldApart.has(action)).sort();

/** What the checks before a deployment read, each as far as it applies; they do without what is refused. */
export const checkGrants: readonly Grant[] = [...checked, { sid: "CheckSurroundings", calls: checkedAnywhere, on: everything }].map(
  (grant): Grant => ({ ...grant, needs: ["check"], only: (scope) => scope.checked }),
);
