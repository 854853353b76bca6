import {
  DescribeAvailabilityZonesCommand,
  DescribeNatGatewaysCommand,
  DescribeNetworkInterfacesCommand,
  DescribeRegionsCommand,
  DescribeRouteTablesCommand,
  DescribeSecurityGroupRulesCommand,
  DescribeSecurityGroupsCommand,
  DescribeSubnetsCommand,
  DescribeVpcAttributeCommand,
  DescribeVpcEndpointsCommand,
  DescribeVpcsCommand,
  EC2Client,
  paginateDescribeSecurityGroups,
  paginateDescribeSubnets,
} from "@aws-sdk/client-ec2";
import { describe, expect, it } from "vitest";
import { clientOptions, start } from "../support/sandbox.ts";

const client = async (scenario = "default", region?: string) => {
  const sandbox = await start({ scenario });
  return { sandbox, ec2: new EC2Client({ ...clientOptions(sandbox, region), maxAttempts: 1 }) };
};

const filter = (Name: string, ...Values: string[]) => ({ Name, Values });

describe("regions and zones", () => {
  it("are those enabled for the account, or all with their state", async () => {
    const { ec2 } = await client();
    const { Regions = [] } = await ec2.send(new DescribeRegionsCommand({}));
    expect(Regions.map((each) => each.RegionName)).toContain("eu-west-1");
    expect(Regions.map((each) => each.RegionName)).not.toContain("me-south-1");
    const all = (await ec2.send(new DescribeRegionsCommand({ AllRegions: true }))).Regions ?? [];
    expect(all.find((each) => each.RegionName === "me-south-1")?.OptInStatus).toBe("not-opted-in");
    expect(all.find((each) => each.RegionName === "eu-south-1")?.OptInStatus).toBe("opted-in");
    await expect(ec2.send(new DescribeRegionsCommand({ RegionNames: ["moon-1"] }))).rejects.toMatchObject({
      message: "Invalid region name: moon-1",
    });
  });

  it("have three zones each", async () => {
    const { ec2 } = await client("default", "us-east-1");
    const { AvailabilityZones = [] } = await ec2.send(new DescribeAvailabilityZonesCommand({}));
    expect(AvailabilityZones.map((each) => [each.ZoneName, each.ZoneId, each.State])).toEqual([
      ["us-east-1a", "use1-az1", "available"],
      ["us-east-1b", "use1-az2", "available"],
      ["us-east-1c", "use1-az3", "available"],
    ]);
  });
});

describe("the account's network", () => {
  it("has subnets behind a NAT gateway, one without a way out, and public ones", async () => {
    const { ec2 } = await client();
    const { Vpcs = [] } = await ec2.send(new DescribeVpcsCommand({ Filters: [filter("tag:Name", "main")] }));
    const vpc = Vpcs[0]?.VpcId ?? "";
    expect([vpc.slice(0, 8), Vpcs[0]?.CidrBlock]).toEqual(["vpc-0a1b", "10.0.0.0/16"]);
    const { Subnets = [] } = await ec2.send(
      new DescribeSubnetsCommand({ Filters: [filter("vpc-id", vpc), filter("tag:Name", "private-*")] }),
    );
    expect(Subnets.map((each) => [each.SubnetId?.slice(0, 10), each.CidrBlock, each.AvailabilityZone])).toEqual([
      ["subnet-0f3", "10.0.1.0/24", "eu-west-1a"],
      ["subnet-09c", "10.0.2.0/24", "eu-west-1b"],
      ["subnet-0aa", "10.0.3.0/24", "eu-west-1c"],
    ]);
    const wayOut = async (subnet: string | undefined) => {
      const { RouteTables = [] } = await ec2.send(
        new DescribeRouteTablesCommand({ Filters: [filter("association.subnet-id", subnet ?? "")] }),
      );
      return RouteTables[0]?.Routes?.find((route) => route.DestinationCidrBlock === "0.0.0.0/0")?.NatGatewayId;
    };
    const nat = await wayOut(Subnets[0]?.SubnetId);
    expect((await ec2.send(new DescribeNatGatewaysCommand({ NatGatewayIds: [nat ?? ""] }))).NatGateways?.[0]?.State).toBe("available");
    expect(await wayOut(Subnets[2]?.SubnetId)).toBeUndefined();
    expect((await ec2.send(new DescribeVpcAttributeCommand({ VpcId: vpc, Attribute: "enableDnsSupport" }))).EnableDnsSupport?.Value).toBe(
      true,
    );
  });

  it("has a VPC that reaches AWS through endpoints only", async () => {
    const { ec2 } = await client();
    const { VpcEndpoints = [] } = await ec2.send(new DescribeVpcEndpointsCommand({}));
    expect(VpcEndpoints.map((each) => `${each.ServiceName} ${each.VpcEndpointType}`).sort()).toEqual(
      ["ecr.api", "ecr.dkr", "logs", "secretsmanager", "ssm"]
        .map((service) => `com.amazonaws.eu-west-1.${service} Interface`)
        .concat("com.amazonaws.eu-west-1.s3 Gateway")
        .sort(),
    );
    const interfaces = VpcEndpoints[0]?.NetworkInterfaceIds ?? [];
    const { NetworkInterfaces = [] } = await ec2.send(new DescribeNetworkInterfacesCommand({ NetworkInterfaceIds: interfaces }));
    expect(NetworkInterfaces.map((each) => each.InterfaceType)).toEqual(["vpc_endpoint", "vpc_endpoint", "vpc_endpoint"]);
  });

  it("has security groups that name each other", async () => {
    const { ec2 } = await client();
    const { SecurityGroups = [] } = await ec2.send(
      new DescribeSecurityGroupsCommand({ Filters: [filter("group-name", "web-tasks", "alb-public")] }),
    );
    const balancer = SecurityGroups.find((each) => each.GroupName === "alb-public");
    const web = SecurityGroups.find((each) => each.GroupName === "web-tasks");
    expect(web?.IpPermissions?.map((each) => [each.IpProtocol, each.FromPort, each.UserIdGroupPairs?.[0]?.GroupId])).toEqual([
      ["tcp", 80, balancer?.GroupId],
      ["tcp", 8080, balancer?.GroupId],
    ]);
    expect(web?.IpPermissionsEgress?.map((each) => [each.IpProtocol, each.FromPort, each.IpRanges?.[0]?.CidrIp])).toEqual([
      ["-1", undefined, "0.0.0.0/0"],
    ]);
    const { SecurityGroupRules = [] } = await ec2.send(
      new DescribeSecurityGroupRulesCommand({ Filters: [filter("group-id", web?.GroupId ?? "")] }),
    );
    expect(SecurityGroupRules.map((rule) => [rule.IsEgress, rule.FromPort, rule.ReferencedGroupInfo?.GroupId])).toContainEqual([
      false,
      80,
      balancer?.GroupId,
    ]);
  });
});

describe("what is refused", () => {
  it.each([
    [new DescribeSubnetsCommand({ SubnetIds: ["subnet-0123"] }), "InvalidSubnetID.NotFound", "The subnet ID 'subnet-0123' does not exist"],
    [new DescribeVpcsCommand({ VpcIds: ["vpc-0123"] }), "InvalidVpcID.NotFound", "The vpc ID 'vpc-0123' does not exist"],
    [new DescribeSecurityGroupsCommand({ GroupIds: ["sg-0123"] }), "InvalidGroup.NotFound", "The security group 'sg-0123' does not exist"],
    [new DescribeSecurityGroupsCommand({ GroupIds: ["web"] }), "InvalidGroupId.Malformed", 'Invalid id: "web" (expecting "sg-...")'],
    [new DescribeNatGatewaysCommand({ NatGatewayIds: ["nat-1"] }), "NatGatewayNotFound", "The Nat Gateway nat-1 was not found"],
    [new DescribeSubnetsCommand({ Filters: [filter("colour", "red")] }), "InvalidParameterValue", "The filter 'colour' is invalid"],
    [
      new DescribeSubnetsCommand({ MaxResults: 3 }),
      "InvalidParameterValue",
      "Value ( 3 ) for parameter maxResults is invalid. Expecting a value greater than 5.",
    ],
    [
      new DescribeSubnetsCommand({ MaxResults: 5, SubnetIds: ["subnet-1"] }),
      "InvalidParameterCombination",
      "The parameter subnetIds cannot be used with the parameter maxResults",
    ],
    [new DescribeSubnetsCommand({ NextToken: "made-up" }), "InvalidNextToken", "The token 'made-up' is invalid"],
  ])("%o", async (command, name, message) => {
    const { ec2 } = await client();
    await expect(ec2.send(command as DescribeSubnetsCommand)).rejects.toMatchObject({ name, message });
  });
});

describe("the large account", () => {
  const count = async <T>(pages: AsyncIterable<T>, items: (page: T) => readonly unknown[] | undefined) => {
    const sizes: number[] = [];
    for await (const page of pages) sizes.push(items(page)?.length ?? 0);
    return sizes;
  };

  it("comes in pages, to the paginators and to a caller who asks for all", async () => {
    const { sandbox, ec2 } = await client("large");
    sandbox.setFaults([]);
    const subnets = await count(paginateDescribeSubnets({ client: ec2 }, {}), (page) => page.Subnets);
    expect([subnets.length > 1, Math.max(...subnets) <= 1000, subnets.reduce((a, b) => a + b) >= 2000]).toEqual([true, true, true]);
    const groups = await count(paginateDescribeSecurityGroups({ client: ec2, pageSize: 500 }, {}), (page) => page.SecurityGroups);
    expect([groups.length > 9, groups.reduce((a, b) => a + b) >= 5000]).toEqual([true, true]);
  });
});
