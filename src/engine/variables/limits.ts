/** The bounds of one evaluation; going past one is an error of kind `exception`, never a cut result. */
export const limits = {
  /** UTF-16 code units of one template. */
  templateLength: 4 * 1024 * 1024,
  /** Blocks, options, parentheses or brackets inside one another in one template. */
  nesting: 100,
  /** `#{elseif}` of one `#{if}`. */
  branches: 500,
  /** Values, bodies and options being evaluated inside one another. */
  evaluationDepth: 400,
  /** Rounds of one loop. */
  loopRounds: 10_000,
  /** Tokens evaluated for one result, values of variables included. */
  tokens: 1_000_000,
  /** UTF-16 code units written for one result, values of variables included. */
  outputLength: 16 * 1024 * 1024,
  /** Arrays and objects inside one another in a JSON value. */
  jsonDepth: 64,
  /** UTF-16 code units that filters, loops and JSON members read for one result. */
  reading: 64 * 1024 * 1024,
  /** Attempts that regular expressions make for one result. */
  regexAttempts: 20_000_000,
} as const;
