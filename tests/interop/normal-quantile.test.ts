import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { LEAST_SHARE, normalQuantile } from '#core/features/numbers/normal-quantile.ts';
import { runPython } from './python.ts';

it('the normal value of a share is SciPy’s, from one end to the other', async () => {
  const even = Array.from({ length: 4001 }, (_, i) => i / 4000);
  const low = Array.from({ length: 700 }, (_, i) => 10 ** (-i / 100));
  const shares = [...even, ...low, ...low.map((share) => 1 - share)].filter(
    (share) => share >= LEAST_SHARE && share <= 1 - LEAST_SHARE,
  );
  const script = fileURLToPath(new URL('normal-quantile.py', import.meta.url));
  const wanted = JSON.parse(
    await runPython(script, { input: JSON.stringify(shares) }),
  ) as readonly number[];
  expect(wanted).toHaveLength(shares.length);
  for (const [i, share] of shares.entries()) {
    expect(Math.abs(normalQuantile(share) - (wanted[i] ?? NaN)), `share ${share}`).toBeLessThan(
      2e-15 * Math.max(1, Math.abs(wanted[i] ?? NaN)),
    );
  }
});

it('shares nearer to an end than 1e-7 have the value of that, and a missing share none', () => {
  expect(normalQuantile(0)).toBeCloseTo(-5.199337582605575, 12);
  expect(normalQuantile(1)).toBeCloseTo(5.19933758270342, 12);
  expect(normalQuantile(1e-9)).toBe(normalQuantile(0));
  expect(normalQuantile(0.5)).toBe(0);
  expect(normalQuantile(NaN)).toBeNaN();
});
