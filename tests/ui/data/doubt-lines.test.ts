import { expect, test } from 'vitest';
import { missingDoubt } from '#core/data/infer/evidence.ts';
import type { Doubt } from '#core/data/table.ts';
import { doubtLines } from '#ui/pages/data/doubt-lines.ts';

const missing = (
  name: string,
  ...texts: readonly (readonly [string, number])[]
): readonly Doubt[] => missingDoubt(name, { missingTexts: new Map(texts) });
const dates: Doubt = { column: 'day', message: 'Column "day" may have the day first.' };
const ragged: Doubt = { message: 'The file ends in a blank line.' };

test('what was read as missing in several columns is one line', () => {
  const doubts = [
    ragged,
    ...['bill', 'flipper', 'mass'].flatMap((name) => missing(name, ['NA', 2])),
    dates,
    ...missing('sex', ['NA', 1], ['?', 3]),
  ];
  expect(doubtLines(doubts)).toEqual([
    'Read as missing: "NA" 2 times in each of bill, flipper and mass; "NA" once, "?" 3 times in sex.',
    ragged.message,
    dates.message,
  ]);
});

test('of one column, and of none, each doubt is a line as it stands', () => {
  const doubts = [dates, ...missing('mass', ['NA', 2])];
  expect(doubtLines(doubts)).toEqual([
    dates.message,
    'Column "mass": read as missing: "NA" 2 times.',
  ]);
  expect(doubtLines([])).toEqual([]);
});

test('of very many columns the first are named and the others counted', () => {
  const [line = ''] = doubtLines(
    Array.from({ length: 600 }, (_, i) => missing(`c${i}`, ['-', 2])).flat(),
  );
  expect(line).toMatch(
    /^Read as missing: "-" 2 times in each of c0, .* and c11; others in 588 more columns\.$/,
  );
});
