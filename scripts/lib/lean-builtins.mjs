const importStatement = /import(?:\s*([\w$]+))?\s*,?(?:\s*\*\s*as\s+([\w$]+))?\s*(?:\{([^}]*)\})?\s*(?:from)?\s*"([^"]+)";\n?/y;

/** The import statements at the head of a chunk, those of Node's own modules rewritten. */
function withLeanBuiltins(code) {
  const imports = [];
  const taken = [];
  let end = 0;
  importStatement.lastIndex = 0;
  for (let match = importStatement.exec(code); match; match = importStatement.exec(code)) {
    end = importStatement.lastIndex;
    const [statement, whole, all, names, from] = match;
    if (!from.startsWith("node:") || !(whole || all || names)) {
      imports.push(statement);
      continue;
    }
    if (/\bdefault\b/.test(names)) throw new Error(`lean-builtins cannot rewrite ${statement}`);
    const targets = [whole, all, names && `{${names.replace(/\s+as\s+/g, ":")}}`].filter(Boolean);
    for (const target of targets) taken.push(`const ${target}=process.getBuiltinModule("${from}");`);
  }
  return [...imports, ...taken, code.slice(end)].join("");
}

/**
 * Takes Node's own modules with `process.getBuiltinModule`: an `import` of one reads every getter it exports, and so loads half of
 * Node (streams, promises, web crypto) only to get at `readFileSync`.
 */
export const leanBuiltins = {
  name: "lean-builtins",
  generateBundle(_options, bundle) {
    for (const chunk of Object.values(bundle)) if (chunk.type === "chunk") chunk.code = withLeanBuiltins(chunk.code);
  },
};
