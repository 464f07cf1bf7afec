import type { DatasetInfo } from '#core/data/table.ts';
import type { Measured, RunRecord } from '#core/spec/run-record.ts';
import { VERSION } from '#core/version.ts';
import { undefinedFigure } from './choose-best.ts';
import { failureSentence } from './failure-sentence.ts';
import type { CandidateJob } from './run-candidate.ts';
import type { Candidates } from './run-candidates.ts';

/** A run whose candidates are all done. */
interface DoneRun {
  readonly id: string;
  /** Commit of the code, where the driver knows it. */
  readonly commit: string | null;
  readonly info: DatasetInfo;
  readonly job: Pick<CandidateJob, 'spec' | 'prepared' | 'engine' | 'sitting'>;
  readonly candidates: Candidates;
  readonly best: string | null;
  readonly measured: Measured | undefined;
}

/** What run.json says of a run. */
export function describeRun(run: DoneRun): RunRecord {
  const { id, commit, info, job, best, measured } = run;
  const { spec, prepared, engine, sitting } = job;
  const { finished, failures } = run.candidates;
  const candidates = finished.map(({ record }) => record);
  const failed = candidates.filter(({ parity }) => !parity.passed);
  return {
    version: 1,
    id,
    name: spec.name,
    createdAt: sitting.createdAt,
    finishedAt: new Date().toISOString(),
    workedMs: sitting.workedMs,
    ...(sitting.resumed.length === 0 ? {} : { resumed: [...sitting.resumed] }),
    status: failed.length === 0 ? 'finished' : 'failed',
    spec,
    dataset: describeData(info, job),
    contract: prepared.contract,
    environment: {
      requestedBackend: spec.backend,
      backend: engine.backend.name,
      backendReason: engine.backend.reason,
      adapter: engine.backend.adapter,
      runtime: engine.runtime,
      workers: engine.threads.count,
      versions: { terrarium: VERSION, ...engine.versions },
      commit,
    },
    split: prepared.split,
    candidates,
    ...(failures.length === 0 ? {} : { failures: [...failures] }),
    best,
    ...(measured === undefined ? {} : { measured }),
    warnings: [
      ...prepared.warnings,
      ...sitting.warnings,
      ...undefinedFigure(candidates, spec),
      ...failures.map(failureSentence),
      ...failed.map(
        ({ name }) => `${name}: the exported model does not agree with the trained one.`,
      ),
    ],
  };
}

function describeData(
  { name, sha256, bytes, rows, doubts }: DatasetInfo,
  { spec, prepared: { target } }: DoneRun['job'],
): RunRecord['dataset'] {
  const { rowsWithoutTarget, rowsRepeated, rowsConflicting, rowsWithoutHistory } = target;
  return {
    ...{ name, sha256, bytes, rows },
    rowsUsed:
      rows - rowsWithoutTarget - rowsRepeated - (rowsConflicting ?? 0) - (rowsWithoutHistory ?? 0),
    rowsWithoutTarget,
    ...(spec.rows.duplicates === 'keep' ? {} : { rowsRepeated }),
    ...(rowsConflicting === undefined ? {} : { rowsConflicting }),
    ...(rowsWithoutHistory === undefined ? {} : { rowsWithoutHistory }),
    doubts: doubts.map(({ message }) => message),
  };
}
