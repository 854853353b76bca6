/** The figures of the bench, in the words of its lines. */

/** The value below which a share of the values lies; 0.5 is the median. */
export const quantile = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.floor((values.length - 1) * share)] ?? 0;

/** `what: figure (aim …)`, with `over` behind it where the aim is missed. */
export const figure = (what: string, text: string, aim: string, met: boolean): string =>
  `${what.padEnd(44)} ${text} (aim ${aim})${met ? "" : "  over"}`;
