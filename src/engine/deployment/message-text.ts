/** A service's message without what everybody knows who watches it: `(service web)` at its beginning. */
export function messageText(message: string): string {
  return message.replace(/^\(service [^)]+\),? */, "");
}

/** The same in fewer words, for places with little room: ids and ARNs cut to what tells them apart. */
export function shortMessage(message: string): string {
  return messageText(message)
    .replace(/arn:[^\s()]*:targetgroup\/([^/\s()]+)\/[^\s()]*/g, "$1")
    .replace(/\b([0-9a-f]{8})[0-9a-f]{24}\b/g, "$1…");
}
