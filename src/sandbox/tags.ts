/** Tags as the sandbox keeps them: key → value, in the order they were given. */
export type Tags = Record<string, string>;
