/** Pairs of texts that say yes and no, yes first, in lower case. */
export const booleanPairs: readonly (readonly [yes: string, no: string])[] = [
  ['true', 'false'],
  ['t', 'f'],
  ['yes', 'no'],
  ['y', 'n'],
  ['on', 'off'],
];
