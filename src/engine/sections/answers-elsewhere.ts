/** What other answers of the step offer: suggestions for fields that refer to them. */
import { knownNumber, knownText } from "../rules/text.ts";
import type { Choice, FieldScope } from "../schema.ts";

type Row = Readonly<Record<string, unknown>>;

const rowsOf = (value: unknown): readonly Row[] => (Array.isArray(value) ? (value as Row[]) : []);

const namesOf = (value: unknown): Choice<string>[] =>
  rowsOf(value).flatMap((row) => {
    const name = knownText(row["name"]);
    return name === undefined ? [] : [{ value: name }];
  });

/** The names of all containers. */
export const containerNames = ({ step }: FieldScope): readonly Choice<string>[] => namesOf(step["containers"]);

/** The names of the containers beside the one the field stands in. */
export const otherContainers = (scope: FieldScope): readonly Choice<string>[] => {
  const own = rowsOf(scope.step["containers"])[Number(scope.path[1])]?.["name"];
  return containerNames(scope).filter(({ value }) => value !== own);
};

/** The names of all volumes. */
export const volumeNames = ({ step }: FieldScope): readonly Choice<string>[] => namesOf(step["volumes"]);

/** The ports of the container named beside the field, or of all containers. */
export const containerPorts = ({ step, siblings }: FieldScope): readonly Choice<number>[] => {
  const name = knownText(siblings["containerName"]);
  const containers = rowsOf(step["containers"]).filter((container) => name === undefined || container["name"] === name);
  const ports = containers.flatMap((container) =>
    rowsOf(container["portMappings"]).flatMap((row) => knownNumber(row["containerPort"]) ?? []),
  );
  return [...new Set(ports)].map((value) => ({ value }));
};
