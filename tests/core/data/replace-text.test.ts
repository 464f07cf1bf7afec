import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { textCells } from '#core/data/text-cells.ts';
import { folded } from '#core/data/fold.ts';
import { sha256 } from '#core/data/sha256.ts';
import { typedColumn } from '#core/data/typed-columns.ts';

const table = {
  names: ['a'],
  columns: [textCells([' New  York', 'new york', 'NA', '', 'Bern'])],
  rowCount: 5,
};
const reading = { name: 'a', type: 'categorical', missing: ['', 'NA'] } as const;

describe('texts of a column', () => {
  it('are folded into one category', () => {
    expect(typedColumn(table, { ...reading, fold: true }).values).toEqual([
      'new york',
      'new york',
      '',
      '',
      'bern',
    ]);
    expect(folded('ＡＢＣ\u00A0 Zu\u0308rich\u200B')).toBe('abc zürich');
  });

  it('are masked, and missing stays missing', () => {
    expect(typedColumn(table, { ...reading, masked: true }).values).toEqual([
      '(masked)',
      '(masked)',
      '',
      '',
      '(masked)',
    ]);
  });

  it('are hashed with a salt, equal texts alike', () => {
    const salt = 'a salt of sixteen';
    const wanted = createHash('sha256').update(`${salt}Bern`).digest('hex').slice(0, 16);
    const { values } = typedColumn(table, { ...reading, salt });
    expect(values[4]).toBe(wanted);
    expect(values[2]).toBe('');
    expect(values[0]).not.toBe(values[1]);
    const [first, second] = typedColumn(table, { ...reading, salt, fold: true }).values;
    expect(first).toBe(second);
  });

  it('are of the order that folding makes', () => {
    const ordinal = { names: ['a'], columns: [textCells(['Low', 'HIGH'])], rowCount: 2 };
    const order = ['low', 'High'];
    expect(typedColumn(ordinal, { ...reading, type: 'ordinal', order, fold: true }).values).toEqual(
      ['low', 'high'],
    );
  });
});

describe('SHA-256', () => {
  it.each(['', 'abc', 'ä€𝄞', 'x'.repeat(55), 'x'.repeat(56), 'x'.repeat(64), 'long '.repeat(300)])(
    'of %j equals that of OpenSSL',
    (text) => {
      expect(sha256(text)).toBe(createHash('sha256').update(text).digest('hex'));
    },
  );
});
