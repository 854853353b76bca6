import type { ActionNote, Service } from "../service.ts";
import { type Collection, describe } from "./describe.ts";
import { networkInterfaces } from "./interfaces.ts";
import { describeRegions, zones } from "./regions.ts";
import { internetGateways, natGateways, routeTables, vpcEndpoints } from "./routing.ts";
import { describeSecurityGroups, securityGroupRules, securityGroups } from "./security-groups.ts";
import { describeVpcAttribute, subnets, vpcs } from "./vpcs.ts";

const parametersOf = <T>(collection: Collection<T>): ActionNote => ({
  parameters: `${collection.idsMember}, MaxResults, NextToken, DryRun, Filter: ${Object.keys(collection.filters).join(" ")}${collection.tags ? " tag:KEY tag-key" : ""}`,
});

/** EC2, its network part. */
export const ec2: Service = {
  scope: "ec2",
  protocol: "ec2",
  apiVersion: "2016-11-15",
  xmlns: "http://ec2.amazonaws.com/doc/2016-11-15/",
  actions: {
    DescribeRegions: describeRegions,
    DescribeAvailabilityZones: describe(zones),
    DescribeVpcs: describe(vpcs),
    DescribeVpcAttribute: describeVpcAttribute,
    DescribeSubnets: describe(subnets),
    DescribeSecurityGroups: describeSecurityGroups,
    DescribeSecurityGroupRules: describe(securityGroupRules),
    DescribeRouteTables: describe(routeTables),
    DescribeNatGateways: describe(natGateways),
    DescribeInternetGateways: describe(internetGateways),
    DescribeVpcEndpoints: describe(vpcEndpoints),
    DescribeNetworkInterfaces: describe(networkInterfaces),
  },
  notes: {
    DescribeRegions: {
      parameters: "RegionName, AllRegions, Filter: region-name endpoint opt-in-status",
      differs: "the usual partition only",
    },
    DescribeAvailabilityZones: { ...parametersOf(zones), differs: "no local or wavelength zones" },
    DescribeVpcs: { ...parametersOf(vpcs), differs: "one IPv4 block a VPC, no IPv6" },
    DescribeVpcAttribute: { parameters: "VpcId, Attribute" },
    DescribeSubnets: { ...parametersOf(subnets), differs: "no IPv6, no Outposts" },
    DescribeSecurityGroups: { ...parametersOf(securityGroups), differs: "no groups of peered VPCs" },
    DescribeSecurityGroupRules: { ...parametersOf(securityGroupRules), differs: "rules have no tags" },
    DescribeRouteTables: parametersOf(routeTables),
    DescribeNatGateways: { ...parametersOf(natGateways), differs: "public ones with one address" },
    DescribeInternetGateways: parametersOf(internetGateways),
    DescribeVpcEndpoints: { ...parametersOf(vpcEndpoints), differs: "no policy documents, no DNS entries" },
    DescribeNetworkInterfaces: { ...parametersOf(networkInterfaces), differs: "one IPv4 address each" },
  },
};
