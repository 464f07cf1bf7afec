import { describe, expect, it } from 'vitest';
import { refusalOf } from '../../../../support/refusal.ts';
import { audited, found, times } from './audited.ts';

describe('missing values', () => {
  it('are noted under a tenth, and warned of from there on', async () => {
    const findings = await found('missing_values', {
      few: times(100, (row) => (row < 4 ? '' : row * 1.5)),
      many: times(100, (row) => (row % 2 === 0 ? 'NA' : row * 1.5)),
      none: times(100, (row) => row % 7),
    });
    expect(findings).toMatchObject([
      { columns: ['many'], severity: 'warning', count: 50 },
      { columns: ['few'], severity: 'note', count: 4, rows: [1, 2, 3, 4] },
    ]);
    expect(findings[1]?.message).toBe('Column "few" has no value in 4 rows (4%).');
  });

  it('are all that an empty column has', async () => {
    const [finding] = await found('missing_values', {
      a: times(20, () => ''),
      b: times(20, (row) => row % 2),
    });
    expect(finding?.message).toBe('Column "a" has no value in any of 20 rows.');
    expect(finding?.remedies).toHaveLength(1);
  });
});

describe('a wrong call', () => {
  it('names a target that is not there, and a day that is none', async () => {
    const table = { a: times(20, (row) => row % 2) };
    expect(await refusalOf(() => audited(table, { target: 'b' }))).toMatchObject({
      code: 'unknown_target',
    });
    expect(await refusalOf(() => audited(table, { today: 'yesterday' }))).toMatchObject({
      code: 'bad_today',
    });
  });
});
