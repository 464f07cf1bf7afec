import type { ModelSession } from '#core/engine.ts';
import { inputError, runError } from '#core/errors.ts';
import { UNKNOWN_CHARACTER } from '#core/features/texts/character-list.ts';
import { exp, ln } from '#core/math.ts';
import { Breather } from '#core/breather.ts';
import { RandomStream } from '#core/random.ts';
import type { Contract } from '#core/spec/contract.ts';
import { MAX_SEED } from '#core/spec/spec.ts';
import { FURTHEST_BACK, readBeginning } from './beginning.ts';

/** Characters that are written at once, at most. */
export const MOST_WRITTEN = 10_000;
const HIGHEST_TEMPERATURE = 5;

export interface Writing {
  /** What stands before; may be empty. */
  readonly prompt: string;
  /** 1 draws characters as often as the model says, less makes it surer, 0 takes the likeliest each time. */
  readonly temperature: number;
  readonly seed: number;
  /** Characters to write. */
  readonly length: number;
}

/** What is written where nothing else is said, from nothing. */
export const usualWriting: Writing = { prompt: '', temperature: 0.8, seed: 1, length: 500 };

/**
 * Writes on, one character of the exported graph after the other. The same model, prompt, temperature and seed write the
 * same text everywhere.
 * @throws TerrariumError for a model that writes nothing, settings out of range, or a cancelled signal
 */
export async function* writeText(
  session: Pick<ModelSession, 'run'>,
  contract: Contract,
  writing: Writing,
  signal?: AbortSignal,
): AsyncGenerator<string> {
  checkWriting(contract, writing);
  const [input] = contract.inputs;
  const { classes = [] } = contract.target;
  const random = new RandomStream(writing.seed).fork('writing');
  const breather = new Breather(signal);
  let text = readBeginning(writing.prompt);
  for (let written = 0; written < writing.length; written += 1) {
    await breather.breathe();
    const { probabilities } = await session.run(
      { [input?.tensor ?? '']: { dtype: 'string', values: [text.join('')] } },
      1,
    );
    if (!(probabilities instanceof Float32Array)) {
      throw runError('graph_output', 'The model has no output named "probabilities".');
    }
    const next = drawn(probabilities, classes, writing.temperature, random);
    yield next;
    text = [...text, next].slice(-FURTHEST_BACK);
  }
}

/** A character by its probability to the power of 1 ÷ temperature; never what stands for unknown ones. */
function drawn(
  probabilities: Float32Array,
  classes: readonly string[],
  temperature: number,
  random: RandomStream,
): string {
  const known = classes.filter((character) => character !== UNKNOWN_CHARACTER);
  const logs = known.map((_, k) => ln(Math.max(probabilities[k] ?? 0, Number.MIN_VALUE)));
  const top = Math.max(...logs);
  if (temperature === 0) return known[logs.indexOf(top)] ?? '';
  const weights = logs.map((log) => exp((log - top) / temperature));
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  for (const [k, weight] of weights.entries()) {
    left -= weight;
    if (left < 0) return known[k] ?? '';
  }
  return known.at(-1) ?? '';
}

function checkWriting(
  { task, target: { classes = [] } }: Contract,
  { temperature, length, seed }: Writing,
): void {
  if (task !== 'language') {
    throw inputError(
      'writes_nothing',
      `The model is for ${task}, and only a language model writes.`,
      'Train one with the task language.',
    );
  }
  if (classes.every((character) => character === UNKNOWN_CHARACTER)) {
    throw inputError(
      'writes_nothing',
      'The model knows no character, since its training text has each too seldom.',
      'Set min_count of the step characters lower, and train again.',
    );
  }
  if (!(temperature >= 0 && temperature <= HIGHEST_TEMPERATURE)) {
    throw inputError(
      'bad_temperature',
      `The temperature must be a number from 0 to ${HIGHEST_TEMPERATURE}, and got ${temperature}.`,
      'For example 0.8: lower is surer, higher is wilder.',
      { setting: 'temperature' },
    );
  }
  if (!(Number.isInteger(length) && length >= 1 && length <= MOST_WRITTEN)) {
    throw inputError(
      'bad_length',
      `The length must be a whole number of characters from 1 to ${MOST_WRITTEN}, and got ${length}.`,
      'For example 500.',
      { setting: 'length' },
    );
  }
  if (!(Number.isInteger(seed) && seed >= 1 && seed <= MAX_SEED)) {
    throw inputError(
      'bad_seed',
      `The seed must be a whole number from 1 to ${MAX_SEED}, and got ${seed}.`,
      'For example 1: the same seed writes the same text.',
      { setting: 'seed' },
    );
  }
}
