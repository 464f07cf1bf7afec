import type { RandomStream } from '#core/random.ts';

/** What all that is random in a candidate's training draws from, whoever else is trained. */
export function candidateRandom(ofRun: RandomStream, model: string): RandomStream {
  return ofRun.fork(`candidate:${model}`);
}
