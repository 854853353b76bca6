import type { Discovery, PickerItem, SourceQuery, SourceState } from "../../src/engine/discovery.ts";
import type { JsonObject } from "../../src/engine/schema.ts";
import type { Draft, PastDeployment, Ports, SavedProfile } from "../../src/screens/ports.ts";
import { stepForm } from "./step-form.ts";

/** What stands in the place of AWS in tests of the screens: answers by source, given at once. */
export type Answers = Readonly<Record<string, readonly PickerItem[] | SourceState | undefined>>;

/** A small account: two regions, two clusters, subnets, security groups, repositories. */
export const account: Answers = {
  regions: [item("eu-west-1", "Ireland"), item("us-east-1", "N. Virginia")],
  clusters: [item("production", "ACTIVE", "4 services"), item("staging", "ACTIVE", "1 service")],
  vpcs: [{ value: "vpc-0a1b", columns: ["main", "vpc-0a1b", "10.0.0.0/16"], facts: { cluster: true } }],
  subnets: [
    { value: "subnet-0aaaaaaaa", columns: ["private-a", "subnet-0aaaaaaaa", "eu-west-1a", "NAT", "241 free"] },
    { value: "subnet-0bbbbbbbb", columns: ["private-b", "subnet-0bbbbbbbb", "eu-west-1b", "NAT", "238 free"] },
    {
      value: "subnet-0cccccccc",
      columns: ["private-c", "subnet-0cccccccc", "eu-west-1c", "no route out", "12 free"],
      warning: "no way out",
    },
  ],
  securityGroups: [
    { value: "sg-0aaaaaaaa", columns: ["web", "sg-0aaaaaaaa", "http from anywhere"] },
    { value: "sg-0bbbbbbbb", columns: ["default", "sg-0bbbbbbbb", "default group"] },
  ],
  repositories: [{ value: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web", columns: ["shop/web", "3 images"] }],
  imageTags: [item("1.4.2", "2 h ago", "amd64"), item("1.4.1", "3 days ago", "amd64")],
  awsProfiles: [item("acme-prod", "sso"), item("acme-dev", "keys")],
};

function item(value: string, ...rest: string[]): PickerItem {
  return { value, columns: [value, ...rest] };
}

const titles: Readonly<Record<string, readonly string[]>> = {
  subnets: ["name", "id", "zone", "way out", "free"],
  securityGroups: ["name", "id", "description"],
};

/** Discovery over fixed answers; remembers what was asked. */
export function fixedDiscovery(
  answers: Answers = account,
): Discovery & { readonly asked: SourceQuery[]; readonly refreshed: SourceQuery[] } {
  const stateOf = ({ source }: SourceQuery): SourceState => {
    const answer = answers[source] ?? [];
    return "status" in answer ? answer : { status: "ready", items: answer, at: 1_000 };
  };
  const asked: SourceQuery[] = [];
  const refreshed: SourceQuery[] = [];
  return {
    asked,
    refreshed,
    columns: (source) => (titles[source] ?? ["name"]).map((title, at) => ({ title, rank: at + 1 })),
    peek: stateOf,
    watch(query, onChange) {
      asked.push(query);
      onChange(stateOf(query));
      return () => {};
    },
    refresh: (query) => void refreshed.push(query),
    identity: async () => ({
      accountId: "123456789012",
      alias: "acme-prod",
      arn: "arn:aws:sts::123456789012:assumed-role/dev/ann",
      region: "eu-west-1",
    }),
  };
}

/** What a test may look at afterwards. */
export interface MemoryPorts extends Ports {
  readonly saved: Map<string, SavedProfile>;
  readonly kept: Map<string, Draft>;
  readonly past: PastDeployment[];
  readonly started: { profile: JsonObject; images: Readonly<Record<string, string>> }[];
}

/** The world of the screens in memory: profiles, drafts and history as maps, AWS as fixed answers. */
export function memoryPorts(change: Partial<Ports> = {}): MemoryPorts {
  const saved = new Map<string, SavedProfile>();
  const kept = new Map<string, Draft>();
  const past: PastDeployment[] = [];
  const started: MemoryPorts["started"] = [];
  let ids = 0;
  const now = () => 1_000_000;
  return {
    saved,
    kept,
    past,
    started,
    form: stepForm(),
    outlook: {
      names: () => [{ label: "Stack", value: "cf-ecs-x" }],
      template: (profile) => `Resources: # ${JSON.stringify(profile).length}`,
    },
    discovery: fixedDiscovery(),
    profiles: {
      list: () => [...saved.values()],
      read: (name) => saved.get(name),
      save(name, profile, expected) {
        const current = saved.get(name);
        if (current && expected !== undefined && current.revision !== expected) return { status: "conflict", current };
        const one: SavedProfile = { name, path: `/profiles/${name}.yaml`, revision: String(++ids), savedAt: now(), profile };
        saved.set(name, one);
        return { status: "saved", saved: one };
      },
      remove: (name) => {
        const gone = saved.get(name);
        saved.delete(name);
        return () => void (gone && saved.set(name, gone));
      },
      print: (profile) => JSON.stringify(profile, null, 2),
      readFile: async (path) => ({ name: path, path, revision: "1", savedAt: now(), broken: "not there" }),
    },
    drafts: { list: () => [...kept.values()], save: (draft) => void kept.set(draft.id, draft), remove: (id) => void kept.delete(id) },
    history: { list: () => past },
    deployments: {
      start: async (profile, { images }) => {
        started.push({ profile, images });
        return new Promise(() => {});
      },
      attach: () => new Promise(() => {}),
      preview: async () => ({ kind: "unchanged", stackName: "", changes: [], findings: [], warnings: [] }),
      explain: () => [],
    },
    now,
    newId: () => `id-${++ids}`,
    writeFile: async (path) => path,
    ...change,
  };
}
