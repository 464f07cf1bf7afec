import { describe, expect, it } from 'vitest';
import { found, times } from './audited.ts';

describe('constant columns', () => {
  it('are found, also where some rows have no value', async () => {
    const findings = await found('constant_column', {
      a: times(40, () => 'x'),
      b: times(40, (row) => (row < 10 ? '' : 7)),
      c: times(40, (row) => row % 3),
    });
    expect(findings.map(({ columns, count }) => [columns[0], count])).toEqual([
      ['a', 40],
      ['b', 30],
    ]);
    expect(findings[0]?.remedies[0]?.changes).toEqual([
      { path: 'columns.a.type', value: 'ignore' },
    ]);
  });

  it('are no more reported once the spec leaves them out', async () => {
    const { proposeSpec } = await import('#core/spec/propose-spec.ts');
    const { datasetOf } = await import('./audited.ts');
    const table = {
      a: times(40, () => 'x'),
      b: times(40, (row) => row % 3),
      t: times(40, (row) => row % 2),
    };
    const { info } = await datasetOf(table);
    const spec = { ...proposeSpec(info, 't'), columns: { a: { type: 'ignore' as const } } };
    expect(await found('constant_column', table)).toHaveLength(1);
    expect(await found('constant_column', table, { spec })).toEqual([]);
  });
});

describe('near-constant columns', () => {
  it('are warned of from 99% of one value, and noted from 95%', async () => {
    const findings = await found('near_constant_column', {
      flag: times(300, (row) => (row === 17 || row === 200 ? 'yes' : 'no')),
      rare: times(300, (row) => (row % 25 === 0 ? 1 : 0)),
      fair: times(300, (row) => (row % 10 === 0 ? 1 : 0)),
    });
    expect(findings).toMatchObject([
      { columns: ['flag'], severity: 'warning', count: 2, rows: [18, 201] },
      { columns: ['rare'], severity: 'note', count: 12 },
    ]);
  });
});
