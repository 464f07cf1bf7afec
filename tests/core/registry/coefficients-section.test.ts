import { describe, expect, it } from 'vitest';
import { coefficientsSection } from '#core/registry/coefficients-section.ts';
import type { Coefficients } from '#core/spec/candidate-record.ts';

const code = (text: string) => `\`${text}\``;
const largest = (count: number) =>
  Array.from({ length: count }, (_, j) => ({
    feature: `f${j}`,
    coefficient: (count - j) * 0.100000001,
    deviation: 1,
  }));

describe('the card on what a linear model multiplies features by', () => {
  it('says nothing of other models', () => {
    expect(coefficientsSection({}, { target: '`y`' }, code)).toEqual([]);
  });

  it('says why none is listed where none is', () => {
    const coefficients: Coefficients = {
      of: 'answer',
      features: 3,
      outputs: [],
      reason: 'Too far.',
    };
    expect(coefficientsSection({ coefficients }, { target: '`y`' }, code)).toEqual([
      '## Coefficients',
      'Too far.',
    ]);
  });

  it('names the intercept, the coefficients in few digits, and how many are left out', () => {
    const coefficients: Coefficients = {
      of: 'logarithm',
      features: 10_000,
      outputs: [{ intercept: -0.00001234567, largest: largest(20) }],
    };
    const [title, table = '', note] = coefficientsSection(
      { coefficients },
      { target: '`y`' },
      code,
    );
    expect(title).toBe('## Coefficients');
    expect(table.split('\n').slice(0, 4)).toEqual([
      '| feature | coefficient | deviation of the feature |',
      '|---|---|---|',
      '| intercept | -1.235e-5 | |',
      '| `f0` | 2 | 1 |',
    ]);
    expect(note).toContain('multiplies `y` by e to the power of its coefficient');
    expect(note).toContain('9980 of 10000 features are left out.');
  });

  it('of two classes says which odds, of more lists the largest of each', () => {
    const output = (label: string) => ({ class: label, intercept: 0.5, largest: largest(7) });
    const about = { target: '`kind`', classes: ['no', 'yes'] };
    const two = coefficientsSection(
      { coefficients: { of: 'log_odds', features: 7, outputs: [output('yes')] } },
      about,
      code,
    );
    expect(two[2]).toContain('the odds of `yes` against `no`');
    const classes = Array.from({ length: 12 }, (_, k) => `c${k}`);
    const [, table = '', note] = coefficientsSection(
      { coefficients: { of: 'log_odds', features: 7, outputs: classes.map(output) } },
      { target: '`kind`', classes },
      code,
    );
    expect(table.split('\n')).toHaveLength(12);
    expect(table.split('\n')[2]).toBe(
      '| `c0` | 0.5 | `f0` 0.7, `f1` 0.6, `f2` 0.5, `f3` 0.4, `f4` 0.3 |',
    );
    expect(note).toContain('More of them are in run.json.');
  });
});
