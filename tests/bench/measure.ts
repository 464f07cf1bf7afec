import type { BenchEntry } from './entry.ts';

/** The last line that a benchmark prints. `ours` and `peer` are medians, `ratio` is ours / peer. */
export interface BenchResult {
  readonly name: string;
  readonly ours: number;
  readonly peer: number;
  readonly ratio: number;
  readonly unit: string;
  readonly peerName: string;
  /** What else was measured beside ours, once; `ratio` is ours / its. */
  readonly beside?: Pick<BenchResult, 'peerName' | 'peer' | 'ratio'>;
}

/**
 * Measures an entry and its peer in turns, so that a slow minute of the machine hits both. Where there is more than
 * one repeat, a first pair warms the disk's cache and does not count.
 *
 * @param tell is called with each measurement
 */
export async function measure(
  entry: BenchEntry,
  tell: (line: string) => void,
): Promise<BenchResult> {
  const { name, unit, peerName, repeats } = entry;
  const bench = await entry.prepare();
  const ours: number[] = [];
  const peer: number[] = [];
  let beside = NaN;
  try {
    for (let round = repeats > 1 ? 0 : 1; round <= repeats; round += 1) {
      const [our, their] = [await bench.ours(), await bench.peer()];
      tell(
        `${name} ${round === 0 ? 'warm-up' : `${round}/${repeats}`}: ${rounded(our)} ${unit}, ${peerName} ${rounded(their)} ${unit}`,
      );
      if (round === 0) continue;
      ours.push(our);
      peer.push(their);
    }
    if (bench.beside !== undefined) {
      beside = await bench.beside.measure();
      tell(`${name}: ${bench.beside.name} ${rounded(beside)} ${unit}`);
    }
  } finally {
    await bench.close();
  }
  const [our, their] = [median(ours), median(peer)];
  return {
    name,
    ours: rounded(our),
    peer: rounded(their),
    ratio: rounded(our / their),
    unit,
    peerName,
    ...(bench.beside && {
      beside: {
        peerName: bench.beside.name,
        peer: rounded(beside),
        ratio: rounded(our / beside),
      },
    }),
  };
}

/** The middle value, or the mean of the two in the middle. Throws a RangeError on an empty list. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  if (upper === undefined || lower === undefined)
    throw new RangeError('no values to take a median of');
  return (lower + upper) / 2;
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
