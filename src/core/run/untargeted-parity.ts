import { winnerOf, type UntargetedAnswers } from '#core/untargeted-answers.ts';

/**
 * The largest difference between a trainer's answers and the graph's: of probabilities and scores as it is, of distances,
 * components and nats above 1 as a share of them. Without bound where either side gave no number, or where the graph's label is
 * not the one that its own numbers stand for.
 * @param own [rows, width] as `AnswerKind` says
 */
export function untargetedDifference(
  own: Float32Array,
  { kind, labels, numbers, width }: UntargetedAnswers,
): number {
  if (own.length !== numbers.length) return Number.MAX_VALUE;
  const isUnbounded = kind === 'distances' || kind === 'components' || kind === 'text';
  let largest = 0;
  for (const [i, value] of own.entries()) {
    const unit = isUnbounded ? Math.max(1, Math.abs(value)) : 1;
    const difference = Math.abs(value - (numbers[i] ?? NaN)) / unit;
    if (!(difference < Infinity)) return Number.MAX_VALUE;
    largest = Math.max(largest, difference);
  }
  const fits = labels.every(
    (label, row) => label === winnerOf(numbers.subarray(row * width, (row + 1) * width), kind),
  );
  return fits ? largest : Number.MAX_VALUE;
}
