import { byName, type Source } from "../source.ts";
import { regionNames } from "./region-names.ts";

const toItem = (code: string, note = "") => ({ value: code, columns: [code, regionNames[code] ?? "", note] });

/** The regions enabled for the account; when AWS does not say, all known ones marked as not checked, then the reason. */
export const regions: Source = {
  id: "regions",
  columns: [
    { title: "Region", rank: 1 },
    { title: "Name", rank: 2 },
    { title: "State", rank: 3 },
  ],
  needs: [],
  actions: ["ec2:DescribeRegions"],
  compare: byName,
  async *load(clients, _inputs, signal) {
    const { DescribeRegionsCommand } = await import("@aws-sdk/client-ec2");
    try {
      const ec2 = await clients.ec2(await clients.region().catch(() => "us-east-1"));
      const { Regions = [] } = await ec2.send(new DescribeRegionsCommand({ AllRegions: false }), { abortSignal: signal });
      yield Regions.flatMap(({ RegionName, OptInStatus }) =>
        RegionName ? [toItem(RegionName, OptInStatus === "opted-in" ? "opted in" : "")] : [],
      );
    } catch (error) {
      if (signal.aborted) throw error;
      yield Object.keys(regionNames).map((code) => ({ ...toItem(code, "not checked"), facts: { checked: false } }));
      throw error;
    }
  },
};
