import type { ModelSession } from '#core/engine.ts';
import { takeRecords, type RawColumn } from '#core/features/windows/window-column.ts';
import { Breather } from '#core/breather.ts';
import { runGraph } from '#core/run-graph.ts';
import type { Contract } from '#core/spec/contract.ts';

/** Predictions of one row that are timed, for this many milliseconds at most, after some that are not. */
const SINGLES = 200;
const SINGLES_MS = 1000;
const WARM_UP = 10;
/** Rows of a batch, and how often and how long batches are timed at most. */
const BATCH_ROWS = 1000;
const BATCHES = 5;
const BATCHES_MS = 100;
/** Images go through an extractor few at a time: a batch has as many as take this long at the pace of single ones. */
const LONGEST_BATCH_MS = 5000;

/** How fast a model answers on this machine. Wall-clock numbers: a replay has others and compares none of them. */
export interface Speed {
  readonly latency: {
    readonly medianMs: number;
    /** 95% of the predictions took at most this. */
    readonly p95Ms: number;
    readonly predictions: number;
  };
  readonly throughput: { readonly rowsPerSecond: number; readonly rows: number };
}

export interface TimedRows {
  readonly columns: readonly RawColumn[];
  readonly rows: ArrayLike<number>;
}

/**
 * Times an exported model in the engine's own inference: one row at a time, then batches, from columns as they are read
 * to answers as they are given.
 * @param rows columns, one per contract input, of at least one row; rows are taken in turn
 * @param now the clock, in milliseconds
 */
export async function measureSpeed(
  session: ModelSession,
  contract: Contract,
  { columns, rows: { length: rows } }: TimedRows,
  signal: AbortSignal,
  now: () => number = () => performance.now(),
): Promise<Speed> {
  const breather = new Breather(signal);
  const timeOf = async (chosen: Int32Array): Promise<number> => {
    await breather.breathe();
    const taken = columns.map((column) => takeRecords(column, chosen));
    const start = now();
    await runGraph(session, contract, taken, chosen.length, signal);
    return now() - start;
  };
  const singles: number[] = [];
  let spent = 0;
  for (let i = 0; i < WARM_UP + SINGLES && spent < SINGLES_MS; i += 1) {
    const took = await timeOf(Int32Array.of(i % rows));
    spent += took;
    if (i >= WARM_UP) singles.push(took);
  }
  if (singles.length === 0) singles.push(await timeOf(Int32Array.of(0)));
  const timed = Float64Array.from(singles).sort();
  const hasExtractor = contract.inputs.some(({ extractor }) => extractor !== undefined);
  const most = hasExtractor ? Math.floor(LONGEST_BATCH_MS / nearestRank(timed, 0.5)) : BATCH_ROWS;
  const batchRows = Math.min(BATCH_ROWS, Math.max(1, most));
  const batch = Int32Array.from({ length: batchRows }, (_, i) => i % rows);
  let batches = 0;
  let batchesMs = 0;
  while (batches === 0 || (batches < BATCHES && batchesMs < BATCHES_MS)) {
    batchesMs += await timeOf(batch);
    batches += 1;
  }
  return {
    latency: {
      medianMs: nearestRank(timed, 0.5),
      p95Ms: nearestRank(timed, 0.95),
      predictions: timed.length,
    },
    throughput: {
      // A clock may be too coarse to see a batch at all.
      rowsPerSecond: (1000 * batches * batchRows) / Math.max(batchesMs, 1e-3),
      rows: batches * batchRows,
    },
  };
}

/** The smallest value that at least this share of the sorted values does not exceed. */
function nearestRank(sorted: Float64Array, share: number): number {
  return sorted[Math.ceil(share * sorted.length) - 1] ?? NaN;
}
