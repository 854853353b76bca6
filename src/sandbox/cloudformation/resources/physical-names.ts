import type { ResourceRequest } from "./resource-type.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

function suffix(request: ResourceRequest): string {
  const hex = request.ctx.hex(24);
  return Array.from(
    { length: 12 },
    (_, index) => ALPHABET[Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16) % ALPHABET.length],
  ).join("");
}

/** The name CloudFormation makes up for a resource without one: stack, logical id and twelve characters, cut to the type's limit. */
export function generatedName(request: ResourceRequest, longest = 255): string {
  const tail = suffix(request);
  const room = longest - tail.length - 1;
  const both = `${request.stack.name}-${request.logicalId}`;
  if (both.length <= room) return `${both}-${tail}`;
  const half = Math.floor((room - 1) / 2);
  return `${request.stack.name.slice(0, half)}-${request.logicalId.slice(0, room - 1 - Math.min(half, request.stack.name.length))}-${tail}`;
}
