import { checkShape } from '#core/spec/parse-spec.ts';
import { proposeWithoutTarget } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { RandomStream } from '#core/random.ts';
import { readText } from './csv.ts';
import { runSpec, type Experiment } from './experiment.ts';

/** A text with something to learn: sentences of a few words, in lines of 60 characters. */
export const sampleText = sentences(4000);

function sentences(length: number): string {
  const random = new RandomStream(11);
  const pick = (words: readonly string[]): string => words[random.integer(words.length)] ?? '';
  let text = '';
  while (text.length < length) {
    const who = pick(['the cat', 'a dog', 'the owl', 'my fish']);
    text += `${who} ${pick(['sees', 'likes', 'finds'])} ${pick(['milk', 'the moon', 'a hat'])}. `;
  }
  return (text.match(/.{1,60}/g) ?? []).join('\n');
}

/** A table with one column, a row for each line of a text. */
export function tableOf(text: string): string {
  const quoted = text.split('\n').map((line) => `"${line.replaceAll('"', '""')}"`);
  return `text\n${quoted.join('\n')}\n`;
}

/** A run of a language model of a text in small windows, by the proposed spec or a change of it. */
export async function learnText(
  text: string,
  parameters: Readonly<Record<string, unknown>> = {},
  change: (spec: Spec) => Spec = (spec) => spec,
): Promise<Experiment> {
  const dataset = await readText(tableOf(text));
  const proposed = proposeWithoutTarget(dataset.info, 'language', { seed: 7 });
  const small = { width: '32', heads: '2', layers: 1, ...parameters };
  const spec = change(
    checkShape({
      ...proposed,
      steps: [{ step: 'characters', columns: 'text', parameters: { context: '16' } }],
      candidates: proposed.candidates.map((candidate) =>
        candidate.model === 'char_transformer' ? { ...candidate, parameters: small } : candidate,
      ),
      evaluation: { resamples: 100 },
    }),
  );
  return runSpec(dataset, spec);
}
