import { fold } from "../characters.ts";
import { exception } from "../errors.ts";
import type { Step } from "../syntax/ast.ts";
import { parseName } from "../syntax/parse.ts";

/** A place in the tree of names: a text, when it has one, and the places below it. */
export interface Node {
  text: string | undefined;
  readonly named: Map<string, Node>;
  readonly indexed: Map<string, Node>;
}

const none: Map<string, Node> = new Map();

/** A node with a text and nothing below it. */
export function leaf(text: string): Node {
  return { text, named: none, indexed: none };
}

/** A node that names and indexes can be added to. */
export function branch(text?: string): Node {
  return { text, named: new Map(), indexed: new Map() };
}

/** The tree of all variables, each at the path its name begins with. Throws for a name that holds a looked-up index. */
export function nameTree(variables: Iterable<readonly [string, string | null]>): Node {
  const root = branch();
  for (const [name, value] of variables) {
    const steps = parseName(name)?.path.steps;
    if (!steps) continue;
    if (steps.some((step) => step.kind === "lookup")) {
      throw exception(`the variable name ${JSON.stringify(name)} holds an expression in brackets; a name can only hold plain text there`);
    }
    plant(root, steps).text = value ?? "";
  }
  return root;
}

function plant(root: Node, steps: readonly Step[]): Node {
  let node = root;
  for (const step of steps) {
    if (step.kind === "lookup") continue;
    const places = step.kind === "name" ? node.named : node.indexed;
    const key = fold(step.text);
    const known = places.get(key);
    node = known ?? branch(step.kind === "index" ? step.text : undefined);
    if (!known) places.set(key, node);
  }
  return node;
}
