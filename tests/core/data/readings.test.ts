import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cells } from '#core/data/cells.ts';
import { MISSING_TOKENS } from '#core/data/normalize.ts';
import { numbersIn } from '#core/data/infer/number-column.ts';
import { distinctOf, forget, plainDatesOf, sortedPresent } from '#core/data/readings.ts';
import { readText } from '../../support/csv.ts';

describe('what was read from a column', () => {
  const given = Object.getOwnPropertyDescriptor(ArrayBuffer.prototype, 'transfer');

  /** What newer engines have: gives a buffer's memory away, and refuses to do so twice. */
  beforeEach(() => {
    Object.defineProperty(ArrayBuffer.prototype, 'transfer', {
      configurable: true,
      value(this: ArrayBuffer) {
        structuredClone(this, { transfer: [this] });
      },
    });
  });

  afterEach(() => {
    if (given === undefined) Reflect.deleteProperty(ArrayBuffer.prototype, 'transfer');
    else Object.defineProperty(ArrayBuffer.prototype, 'transfer', given);
  });

  function readAll(cells: Cells) {
    const numbers = numbersIn(cells, null)?.values ?? null;
    return {
      numbers,
      sorted: numbers === null ? null : sortedPresent(cells, numbers),
      times: plainDatesOf(cells, MISSING_TOKENS)?.times ?? null,
      codes: distinctOf(cells).codes,
    };
  }

  it('is let go with its memory, and can be read again', async () => {
    const { table } = await readText(
      'rising,falling,day,word\n1,9,2024-01-02,a\n2,8,2024-01-01,b\n3,7,,a\n',
    );
    for (const cells of table.columns) {
      const before = readAll(cells);
      const copy = structuredClone(before);
      forget(cells);
      expect(before.codes.length).toBe(0);
      expect(before.numbers?.length ?? 0).toBe(0);
      expect(before.times?.length ?? 0).toBe(0);
      expect(readAll(cells)).toEqual(copy);
    }
  });
});
