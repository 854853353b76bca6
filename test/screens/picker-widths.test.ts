import { expect, test } from "vitest";
import { sources } from "../../src/aws-discovery/sources/index.ts";
import type { SourceId } from "../../src/engine/schema.ts";
import { measure } from "../../src/screens/overlays/picker-widths.ts";

/** A row of each picker with many columns, as wide as they usually are. */
const rows: Partial<Record<SourceId, readonly string[]>> = {
  subnets: ["private-a", "subnet-0f3784b2149dd6648", "eu-west-1a", "10.0.101.0/24", "endpoints only", "247 free", "vpc-0a1b2c3d4e5f6a7b8"],
  securityGroups: [
    "shop-web",
    "sg-0f3784b2149dd6648",
    "what the web service lets in",
    "in tcp 80 from anywhere · out all",
    "vpc-0a1b2c3d4e5f6a7b8",
  ],
  targetGroups: ["shop-web", "shop-alb", "HTTP 80", "ip", "vpc-0a1b2c3d4e5f6a7b8", "2 healthy · 1 initial"],
  fileSystems: ["shop-data", "fs-0f3784b2149dd6648", "available", "12.5 GiB", "not encrypted", "eu-west-1a, eu-west-1b"],
  clusters: ["production", "ACTIVE", "12 services", "34 tasks running", "FARGATE, FARGATE_SPOT"],
  imageTags: ["1.4.2", "2026-11-28 18:00", "48 MiB", "amd64, arm64"],
  secrets: ["shop/database/password", "secure parameter", "the password of the database that the shop uses"],
};

const ofOneVpc = (row: readonly string[] = []) => row.map((text) => (text.startsWith("vpc-") ? "" : text));

/** The titles shown of a source's columns in so many columns of the terminal. */
function shown(source: SourceId, terminal: number, row: readonly string[] = rows[source] ?? [], value = row[1] ?? ""): string[] {
  const { columns } = sources[source];
  // At 60 and 80 columns the list has the width of the window; its frame and the form's margin take eight.
  const widths = measure({ columns, items: [{ value, columns: row }] }, terminal - 8);
  return columns.flatMap(({ title }, at) => (widths[at] ? [title] : []));
}

test.each<[SourceId, at60: string[], at80: string[]]>([
  ["subnets", ["Name", "Zone", "Way out"], ["Name", "Subnet", "Zone", "Way out"]],
  ["securityGroups", ["Name", "Rules"], ["Name", "Group", "Rules"]],
  ["targetGroups", ["Name", "Load balancer", "Listens", "Type"], ["Name", "Load balancer", "Listens", "Type", "Targets"]],
  ["fileSystems", ["Name", "State", "Mount targets in"], ["Name", "File system", "Size", "Mount targets in"]],
  ["clusters", ["Cluster", "Services", "Tasks"], ["Cluster", "Status", "Services", "Tasks"]],
  ["imageTags", ["Tag", "Pushed (UTC)", "Size", "Architecture"], ["Tag", "Pushed (UTC)", "Size", "Architecture"]],
  ["secrets", ["Name", "Kind"], ["Name", "Kind", "Description"]],
])("%s: what says least leaves first, at 60 and at 80 columns", (source, at60, at80) => {
  const row = source === "targetGroups" ? rows[source] : ofOneVpc(rows[source]);
  expect(shown(source, 60, row)).toEqual(at60);
  expect(shown(source, 80, row)).toEqual(at80);
  expect(shown(source, 200)).toEqual(sources[source].columns.map(({ title }) => title));
});

test("where some have no name the id is their name, and stays", () => {
  expect(shown("subnets", 60, ["", ...(rows.subnets ?? []).slice(1)])).toContain("Subnet");
});

test("a long name gives way to the column that says most", () => {
  expect(shown("subnets", 60, ["ShopProductionNetwork/VpcOfTheShop/PrivateSubnetTwo", ...(rows.subnets ?? []).slice(1)])).toEqual([
    "Name",
    "Way out",
  ]);
});

test("where several VPCs are listed, theirs is among the last columns to leave", () => {
  expect(shown("subnets", 60)).toEqual(["Name", "Zone", "Way out"]);
  expect(shown("subnets", 80)).toEqual(["Name", "Zone", "Way out", "VPC"]);
});
