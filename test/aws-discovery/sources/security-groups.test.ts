import { EC2Client, type SecurityGroup } from "@aws-sdk/client-ec2";
import { expect, test } from "vitest";
import type { AwsClients } from "../../../src/aws-discovery/clients.ts";
import { securityGroups } from "../../../src/aws-discovery/sources/security-groups.ts";

/** Clients whose EC2 answers with these pages. */
function clientsOf(pages: readonly (readonly SecurityGroup[])[]): AwsClients {
  const client = new EC2Client({ region: "eu-west-1", credentials: { accessKeyId: "made-up", secretAccessKey: "made-up" } });
  client.middlewareStack.add(
    () => async (args) => {
      const at = Number((args.input as { NextToken?: string }).NextToken ?? 0);
      const more = at + 1 < pages.length ? { NextToken: String(at + 1) } : {};
      return { response: {}, output: { $metadata: {}, SecurityGroups: pages[at], ...more } as never };
    },
    { step: "initialize", name: "pages", priority: "high" },
  );
  return { ec2: async () => client } as unknown as AwsClients;
}

test("a name that comes with a later page is put into the rules of the earlier ones, and nothing else comes twice", async () => {
  const peers = [{ IpProtocol: "tcp", FromPort: 80, ToPort: 80, UserIdGroupPairs: [{ GroupId: "sg-2" }] }];
  const web = { GroupId: "sg-1", GroupName: "web", IpPermissions: peers, IpPermissionsEgress: [] };
  const quiet = { GroupId: "sg-0", GroupName: "quiet", IpPermissions: [], IpPermissionsEgress: [] };
  const balancer = { GroupId: "sg-2", GroupName: "alb", IpPermissions: [], IpPermissionsEgress: [] };
  const pages: string[][] = [];
  for await (const page of securityGroups.load(clientsOf([[web, quiet], [balancer]]), {}, new AbortController().signal))
    pages.push(page.map(({ columns }) => `${columns[0]}: ${columns[3]}`));
  expect(pages).toEqual([
    ["web: in 80 from sg-2 · out nothing", "quiet: in nothing · out nothing"],
    ["alb: in nothing · out nothing", "web: in 80 from alb · out nothing"],
  ]);
});
