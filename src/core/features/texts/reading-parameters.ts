import { inputError } from '#core/errors.ts';
import {
  booleanOf,
  choiceOf,
  numberOf,
  type ParameterSpec,
  type ParameterValues,
} from '#core/spec/parameters.ts';
import type { TextReading } from './n-grams.ts';

/** What is counted, and how long its runs are. */
export const lengthParameters: readonly ParameterSpec[] = [
  {
    name: 'analyzer',
    label: 'Count',
    kind: 'choice',
    choices: ['words', 'characters'],
    default: 'words',
    help: 'words: runs of at least two letters, digits or underscores; characters: every code point, for languages that write without spaces.',
  },
  {
    name: 'shortest',
    label: 'Shortest run',
    kind: 'integer',
    min: 1,
    max: 5,
    default: 1,
    help: 'Fewest words, or characters, in a row that are a feature.',
  },
  {
    name: 'longest',
    label: 'Longest run',
    kind: 'integer',
    min: 1,
    max: 5,
    default: 1,
    help: 'Most words, or characters, in a row that are a feature; at least the shortest run.',
  },
];

export const lowercaseParameter: ParameterSpec = {
  name: 'lowercase',
  label: 'Lower case',
  kind: 'boolean',
  default: true,
  help: 'Whether capital and small letters are the same.',
};

/**
 * How a step reads texts.
 * @param step how the message calls it
 * @throws TerrariumError where the shortest run is longer than the longest
 */
export function readingOf(step: string, parameters: ParameterValues): TextReading {
  const shortest = numberOf(parameters, 'shortest');
  const longest = numberOf(parameters, 'longest');
  if (shortest > longest) {
    throw inputError(
      'parameter_out_of_range',
      `The step ${step} is to count runs of at least ${shortest} and at most ${longest}, which is none.`,
      'Set longest to at least shortest.',
      { path: 'steps' },
    );
  }
  const analyzer = choiceOf(parameters, 'analyzer') === 'words' ? 'words' : 'characters';
  return { analyzer, lowercase: booleanOf(parameters, 'lowercase'), shortest, longest };
}
