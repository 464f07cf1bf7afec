/**
 * How property tests run: one fixed seed, so that a build passes or fails for its own reasons.
 * TERRARIUM_FUZZ_SEED tries another, TERRARIUM_FUZZ_FACTOR runs more cases.
 */
export function fuzz(numRuns: number): { numRuns: number; seed: number } {
  const factor = Number(process.env.TERRARIUM_FUZZ_FACTOR ?? '1');
  const seed = Number(process.env.TERRARIUM_FUZZ_SEED ?? '20261121');
  return { numRuns: Math.ceil(numRuns * factor), seed };
}
