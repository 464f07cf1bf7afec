import { estimatorNamed } from '#core/models/registry.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import type { CandidateRecord } from '#core/spec/candidate-record.ts';
import { numberText } from '#ui/charts/number-text.ts';
import { figureOf, type Part } from './verdict.ts';

/** A text file has eight bits for a character of plain English. */
const PLAIN_BITS = 8;

/** What a language model's figures mean, in sentences for somebody who meets perplexity for the first time. */
export function perplexityWords(record: RunRecord, part: Part): string[] {
  const [baseline] = record.candidates;
  const best = record.candidates.find(({ name }) => name === record.best) ?? baseline;
  const value = perplexityOf(best, part);
  if (best === undefined || value === null) return [];
  const known = record.contract.target.classes?.length ?? 0;
  const bits = figureOf(best, part, 'bits_per_character').value;
  const others = perplexityOf(baseline, part);
  return [
    `At each place of the ${part} windows ${best.name} is as uncertain as if it had to choose among ${numberText(value)} equally likely characters: that is its perplexity.`,
    ...(baseline === undefined || baseline === best || others === null
      ? []
      : [
          `The baseline (${estimatorNamed(baseline.model).title.toLowerCase()}) is at ${numberText(others)}.`,
        ]),
    `Guessing blindly among all ${known} characters that the model tells apart would be ${known}, and a model that is always right would be at 1.`,
    ...(bits === null
      ? []
      : [
          `In bits it is ${numberText(bits)} a character: so much would the text take if it were packed by the model, where a plain file has ${PLAIN_BITS}.`,
        ]),
  ];
}

function perplexityOf(candidate: CandidateRecord | undefined, part: Part): number | null {
  return candidate === undefined ? null : figureOf(candidate, part, 'perplexity').value;
}
