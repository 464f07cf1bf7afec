import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { RANGE_STEPS, rateCurve, suggestRates } from '#core/networks/rate-finder.ts';
import { RandomStream } from '#core/random.ts';
import { runPython } from './python.ts';

const script = fileURLToPath(new URL('rate_finder.py', import.meta.url));

interface Reference {
  readonly rates: readonly number[];
  readonly smoothed: readonly number[];
  readonly ended: 'steps' | 'diverged' | null;
  readonly suggestions: readonly [number | null, number | null];
}

const noise = new RandomStream(4);
const all = (loss: (step: number) => number): number[] =>
  Array.from({ length: RANGE_STEPS }, (_, step) => loss(step));

const cases: Readonly<Record<string, readonly number[]>> = {
  'a fall and a rise': all(
    (step) => 0.1 + ((step - 60) / 60) ** 2 + (step > 80 ? 3 ** (step - 80) : 0),
  ),
  'the same in noise': all((step) => 0.3 + ((step - 60) / 60) ** 2 * (0.5 + noise.uniform())),
  'a fall to the end': all((step) => 2 / (1 + step)),
  'a rise from the beginning': all((step) => 1 + step / 10),
  'no change': all(() => 0.7),
  'no number in the middle': all((step) => (step === 40 ? NaN : 1 / (1 + step))),
  'too few steps': [1, 0.9, 0.8, 0.7],
  'so far': Array.from({ length: 40 }, (_, step) => 1 - step / 50),
  'an explosion at the third step': [1, 1, 1e9, 1],
};

let reference: readonly Reference[] = [];
beforeAll(async () => {
  const given = Object.values(cases).map((losses) =>
    losses.map((loss) => (Number.isNaN(loss) ? null : loss)),
  );
  const input = JSON.stringify(given);
  reference = JSON.parse(await runPython(script, { input })) as readonly Reference[];
});

describe('a range test goes the way of fastai’s formulas', () => {
  it.each(Object.entries(cases).map(([name, losses], i) => [name, losses, i] as const))(
    '%s',
    (_, losses, i) => {
      const curve = rateCurve(losses);
      const wanted = reference[i];
      if (wanted === undefined) throw new Error('no answer');
      expect(curve.ended).toBe(wanted.ended);
      expect(curve.points).toHaveLength(wanted.rates.length);
      for (const [k, { rate, smoothed }] of curve.points.entries()) {
        expect(rate / (wanted.rates[k] ?? NaN)).toBeCloseTo(1, 10);
        expect(smoothed / (wanted.smoothed[k] ?? NaN)).toBeCloseTo(1, 10);
      }
      const found = suggestRates(curve);
      const ofRule = (rule: string) => found.find((one) => one.rule === rule)?.rate ?? null;
      expect([ofRule('steepest'), ofRule('minimum')]).toEqual(wanted.suggestions);
    },
  );
});
