const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&apos;", "\r": "&#xD;" };

/** A text as XML content; characters XML 1.0 has no form for become a replacement character. */
export const escapeXml = (text: string): string =>
  text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd").replace(/[&<>"'\r]/g, (char) => entities[char] ?? char);

/** A value as XML elements: lists as repeated `item` elements inside their own, Dates as ISO 8601, absent members left out. */
export const toXml = (name: string, value: unknown, item: string): string => {
  if (value === undefined || value === null) return "";
  if (Array.isArray(value))
    return value.length === 0 ? `<${name}/>` : `<${name}>${value.map((each) => toXml(item, each, item)).join("")}</${name}>`;
  if (value instanceof Date) return `<${name}>${value.toISOString()}</${name}>`;
  if (typeof value === "object") return `<${name}>${membersToXml(value as Record<string, unknown>, item)}</${name}>`;
  return `<${name}>${escapeXml(String(value))}</${name}>`;
};

/** The members of a structure, one element each. */
export const membersToXml = (members: Record<string, unknown>, item: string): string =>
  Object.entries(members)
    .map(([name, value]) => toXml(name, value, item))
    .join("");
