/** Which training of a run it is: a candidate's on the run's own rows (null), or on those of a fold, from 1. */
export interface Place {
  readonly candidate: string;
  readonly fold: number | null;
}

/** Its name in a store; no two places of a run have the same. */
export function keyOf({ candidate, fold }: Place): string {
  return `${fold === null ? 'whole' : `fold-${fold}`}:${candidate}`;
}

/** For sentences: `network`, `network in fold 3`. */
export function placeText({ candidate, fold }: Place): string {
  return fold === null ? candidate : `${candidate} in fold ${fold}`;
}
