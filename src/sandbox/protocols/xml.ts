const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", "\r": "&#xD;" };

const special = /[&<>"'\r\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

/** A text as XML content; characters XML 1.0 has no form for become a replacement character. */
export const escapeXml = (text: string): string =>
  special.test(text)
    ? text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd").replace(/[&<>"'\r]/g, (char) => entities[char] ?? char)
    : text;

/** A value as XML elements: lists as repeated `item` elements inside their own, Dates as ISO 8601, absent members left out. */
export const toXml = (name: string, value: unknown, item: string): string => {
  if (value === undefined || value === null) return "";
  if (typeof value === "string") return `<${name}>${escapeXml(value)}</${name}>`;
  if (typeof value !== "object") return `<${name}>${value}</${name}>`;
  if (value instanceof Date) return `<${name}>${value.toISOString()}</${name}>`;
  if (!Array.isArray(value)) return `<${name}>${membersToXml(value as Record<string, unknown>, item)}</${name}>`;
  if (value.length === 0) return `<${name}/>`;
  let items = "";
  for (const each of value) items += toXml(item, each, item);
  return `<${name}>${items}</${name}>`;
};

/** The members of a structure, one element each. */
export const membersToXml = (members: Readonly<Record<string, unknown>>, item: string): string => {
  let text = "";
  for (const name of Object.keys(members)) text += toXml(name, members[name], item);
  return text;
};
