import * as v from 'valibot';
import type { ResultForm } from '#core/checkpoints/piece.ts';
import { candidateRecordSchema, type CandidateRecord } from '#core/spec/candidate-record.ts';

export interface FinishedCandidate {
  readonly record: CandidateRecord;
  readonly bytes: Uint8Array;
  /** Resampled primary metric on the test rows. */
  readonly primarySamples: Float64Array;
}

/** As a run that may be interrupted keeps it. */
export const candidateForm: ResultForm<FinishedCandidate> = {
  write: ({ record, bytes, primarySamples }) => ({
    about: record,
    arrays: [bytes, primarySamples],
  }),
  read: ({ about, arrays: [bytes, primarySamples] }) => {
    const record = v.safeParse(candidateRecordSchema, about);
    const isWhole = bytes instanceof Uint8Array && primarySamples instanceof Float64Array;
    return record.success && isWhole ? { record: record.output, bytes, primarySamples } : null;
  },
};
