import { DEVICE_LOST, TerrariumError } from '#core/errors.ts';
import type { FailedCandidate } from '#core/spec/run-record.ts';
import type { FinishedCandidate } from './finished-candidate.ts';
import { runCandidate, type CandidateJob } from './run-candidate.ts';

export interface Candidates {
  /** The baseline first. */
  readonly finished: readonly FinishedCandidate[];
  /** Those that could not be trained or measured, and why. */
  readonly failures: readonly FailedCandidate[];
}

/**
 * Runs all candidates of a spec, one after the other. One that fails by itself, as a network that diverges does, is
 * kept as a failure beside the others.
 * @throws TerrariumError where the baseline fails, or something that is not a candidate's own fault
 */
export async function runCandidates(job: CandidateJob): Promise<Candidates> {
  const { candidates } = job.spec;
  const finished: FinishedCandidate[] = [];
  const failures: FailedCandidate[] = [];
  for (const candidate of candidates) {
    const { name, model } = candidate;
    await job.sitting.mayGoOn();
    try {
      const done = await runCandidate(candidate, job, finished[0]);
      finished.push(done);
      const count = finished.length + failures.length;
      const { record } = done;
      job.onEvent({
        type: 'candidate',
        candidate: name,
        record,
        done: count,
        of: candidates.length,
      });
    } catch (thrown) {
      if (!isOwn(thrown) || finished.length === 0) throw thrown;
      const { code, message, hint } = thrown.toData();
      const error = { code, message, ...(hint === undefined ? {} : { hint }) };
      failures.push({ name, model, error });
      job.onEvent({ type: 'failed', candidate: name, error });
    }
  }
  return { finished, failures };
}

/** A lost GPU is no fault of the candidate that used it. */
function isOwn(thrown: unknown): thrown is TerrariumError {
  return thrown instanceof TerrariumError && thrown.kind === 'run' && thrown.code !== DEVICE_LOST;
}
