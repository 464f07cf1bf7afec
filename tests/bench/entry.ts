/** One thing that is measured beside its peer. `registry.ts` lists them. */
export interface BenchEntry {
  /** What `npm run bench -- NAME` takes. */
  readonly name: string;
  /** One line for the table: what is measured, and under which conditions. */
  readonly what: string;
  readonly peerName: string;
  readonly unit: string;
  /** Which way is better; the ratio is ours / peer. */
  readonly better: 'less' | 'more';
  /** How many times each side is measured, in turns. 1 for what is the same every time. */
  readonly repeats: number;
  /** Gets ready, outside the measured time. Throws an Error with a sentence when it cannot. */
  readonly prepare: () => Promise<Bench>;
}

export interface Bench {
  /** Measures our side once, in the entry's unit. */
  readonly ours: () => Promise<number>;
  /** Measures the peer once, in the entry's unit. */
  readonly peer: () => Promise<number>;
  /** What else stands beside ours, measured once. */
  readonly beside?: { readonly name: string; readonly measure: () => Promise<number> };
  readonly close: () => Promise<void>;
}
