const compiled = new Map<string, RegExp>();

const compile = (pattern: string, flags: string): RegExp => {
  const source = pattern
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`, `s${flags}`);
};

/** Whether a text fits a pattern in which `*` stands for any text and `?` for any character, as in IAM policies and EC2 filters. */
export const matches = (pattern: string, text: string, ignoreCase = false): boolean => {
  if (!/[*?]/.test(pattern)) return ignoreCase ? pattern.toLowerCase() === text.toLowerCase() : pattern === text;
  const key = `${ignoreCase ? "i" : "-"}${pattern}`;
  let regex = compiled.get(key);
  if (!regex) {
    if (compiled.size > 500) compiled.clear();
    regex = compile(pattern, ignoreCase ? "i" : "");
    compiled.set(key, regex);
  }
  return regex.test(text);
};
