import type { FailedCandidate } from '#core/spec/run-record.ts';

/** A candidate's failure as a person should read it. */
export function failureSentence({ name, error }: FailedCandidate): string {
  return [`${name} has no result: ${error.message}`, error.hint ?? ''].join(' ').trim();
}
