import { expect, it } from 'vitest';
import { windowsOfRecords } from '#core/forecast/window-records.ts';
import type { ContractInput } from '#core/spec/contract.ts';
import { contractJsonSchema } from '#core/spec/json-schema.ts';
import { refusalOf } from '../../support/refusal.ts';
import { validatorOf } from '../../support/validator.ts';

const input: ContractInput = {
  ...{ name: 'guests', tensor: 'guests', type: 'numeric', dtype: 'float32', example: 5 },
  ...{ missing: ['', '-9,5'], decimal: ',', integer: true },
  allowed: { range: { max: 100 }, nullable: false },
  window: { rows: 3, lags: [0, 2] },
} as const;

const valid = validatorOf(
  contractJsonSchema({
    ...{ name: 'guests', task: 'regression', primaryMetric: 'mae', target: { name: 'guests' } },
    inputs: [input],
  }),
);

function windows(...guests: (readonly (number | null)[])[]) {
  return windowsOfRecords(
    input,
    3,
    guests.map((window) => ({ guests: window })),
  );
}

it('windows are read as the schema says', () => {
  expect(valid({ guests: [1, 2, 3] })).toBe(true);
  expect(windows([1, 2, 3], [4, 5, 6]).values).toEqual(Float64Array.of(1, 2, 3, 4, 5, 6));
});

it.each([
  [
    'a number with decimals where integers are wanted',
    [1, 2.5, 3],
    /^Row 2, column "guests": "2.5" is not an integer/,
  ],
  ['a number that means missing, as the file writes it', [1, -9.5, 3], /^Row 2, .* missing/],
  ['null', [null, 2, 3], /^Row 2, .* missing/],
  ['a number past the range', [1, 2, 101], /^Row 2, .* 101, and the contract allows at most 100/],
  ['a list that is too short', [1, 2], /^Record 2, .* a list of 2/],
])('%s is refused by both, and by the row of its record', async (_, window, said) => {
  expect(valid({ guests: window })).toBe(false);
  const { message } = await refusalOf(() => windows([1, 2, 3], window));
  expect(message).toMatch(said);
});
