import { AwsError } from "../errors.ts";
import { flag, texts } from "../input.ts";
import type { Context, Handler } from "../service.ts";
import { applyFilters, type Collection } from "./describe.ts";

/** Regions that are there for every account, and those an account has to opt in to. */
const byDefault =
  "us-east-1 us-east-2 us-west-1 us-west-2 ca-central-1 sa-east-1 eu-west-1 eu-west-2 eu-west-3 eu-central-1 eu-north-1 ap-south-1 ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-southeast-1 ap-southeast-2".split(
    " ",
  );
const byChoice =
  "af-south-1 ap-east-1 ap-south-2 ap-southeast-3 ap-southeast-4 ca-west-1 eu-central-2 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1".split(
    " ",
  );

const optIn = (region: string, ctx: Context): string => {
  if (byDefault.includes(region)) return "opt-in-not-required";
  return ctx.world.regions[region] ? "opted-in" : "not-opted-in";
};

const regions: Collection<string> = {
  result: "regionInfo",
  idsMember: "RegionName",
  idsName: "regionNames",
  all: () => [...byDefault, ...byChoice],
  id: (region) => region,
  notFound: (id) => new AwsError("InvalidParameterValue", `Invalid region name: ${id}`),
  filters: {
    "region-name": (region) => [region],
    endpoint: (region) => [`ec2.${region}.amazonaws.com`],
    "opt-in-status": (region, ctx) => [optIn(region, ctx)],
  },
  wire: (region, ctx) => ({ regionName: region, regionEndpoint: `ec2.${region}.amazonaws.com`, optInStatus: optIn(region, ctx) }),
};

/** DescribeRegions: those the account can use, or with AllRegions all there are. */
export const describeRegions: Handler = (input, ctx) => {
  const names = texts(input["RegionName"]);
  const unknown = names.find((name) => !regions.all(ctx).includes(name));
  if (unknown) throw new AwsError("InvalidParameterValue", `Invalid region name: ${unknown}`);
  const usable = regions.all(ctx).filter((region) => flag(input["AllRegions"]) || optIn(region, ctx) !== "not-opted-in");
  const chosen = names.length > 0 ? regions.all(ctx).filter((region) => names.includes(region)) : usable;
  return { regionInfo: applyFilters(regions, chosen, input, ctx).map((region) => regions.wire(region, ctx)) };
};

type Zone = readonly [name: string, id: string];

/** DescribeAvailabilityZones of the region called. */
export const zones: Collection<Zone> = {
  result: "availabilityZoneInfo",
  idsMember: "ZoneName",
  idsName: "zoneNames",
  all: (ctx) => Object.entries(ctx.state.ec2.zones),
  id: ([name]) => name,
  notFound: (name) => new AwsError("InvalidParameterValue", `Invalid availability zone: [${name}]`),
  filters: {
    "zone-name": ([name]) => [name],
    "zone-id": ([, id]) => [id],
    "region-name": (_, ctx) => [ctx.region],
    "group-name": (_, ctx) => [ctx.region],
    state: () => ["available"],
    "zone-type": () => ["availability-zone"],
    "opt-in-status": () => ["opt-in-not-required"],
  },
  wire: ([name, id], ctx) => ({
    zoneName: name,
    zoneId: id,
    zoneState: "available",
    zoneType: "availability-zone",
    regionName: ctx.region,
    groupName: ctx.region,
    networkBorderGroup: ctx.region,
    optInStatus: "opt-in-not-required",
    messageSet: [],
  }),
};
