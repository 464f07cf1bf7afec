import { expect, it } from 'vitest';
import { rowScoreText } from '#ui/format.ts';

it('a row’s score keeps its four digits, whether it is a share or an error', () => {
  const scores = [0.558, 0.679, 0, 12.3, 8000, 99_999.5, 0.000_123_4, 0.000_012_34];
  expect(scores.map(rowScoreText)).toEqual([
    ...['0.5580', '0.6790', '0.000', '12.30', '8000', '100,000', '0.0001234', '1.234e-5'],
  ]);
});
