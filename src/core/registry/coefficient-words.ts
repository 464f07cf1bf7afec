import type { Coefficients } from '#core/spec/candidate-record.ts';

/** What a coefficient says, in a sentence: of `target`, and of two classes of the second against the first. */
export function coefficientWords(
  { of, outputs }: Pick<Coefficients, 'of' | 'outputs'>,
  target: string,
  classes: readonly string[] = [],
): string {
  const unit = 'One unit more of a feature, as it is after the steps,';
  switch (of) {
    case 'answer':
      return `${unit} changes ${target} by its coefficient, where the others stay as they are.`;
    case 'logarithm':
      return `${unit} multiplies ${target} by e to the power of its coefficient, where the others stay as they are.`;
    case 'log_odds':
      return outputs.length === 1
        ? `${unit} multiplies the odds of ${classes[1] ?? 'the second class'} against ${classes[0] ?? 'the first'} by e to the power of its coefficient, where the others stay as they are.`
        : `${unit} multiplies the odds of one class against another by e to the power of the difference between its coefficients of the two, where the others stay as they are.`;
  }
}

/** How many features a list leaves out, as a sentence behind others; nothing where it has all. */
export function leftOutWords({ features }: Pick<Coefficients, 'features'>, shown: number): string {
  const left = features - shown;
  return left > 0 ? ` ${left} of ${features} features ${left === 1 ? 'is' : 'are'} left out.` : '';
}
