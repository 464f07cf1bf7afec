import { stepNamed } from '#core/features/registry.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import type { RunRecord } from '#core/spec/run-record.ts';
import type { CandidateRecord } from '#core/spec/candidate-record.ts';

/** What of the data the model's file holds, for whoever hands it on. */
export function carriedSection({ spec }: RunRecord, best: CandidateRecord): string[] {
  const candidate = spec.candidates.find(({ name }) => name === best.name);
  const { steps = spec.steps } = candidate ?? {};
  const sentences = [
    'The contract holds the range of each numeric input in training, up to 50 categories of each categorical one, and an example.',
    ...steps.flatMap(({ step }) => stepNamed(step).carriesData ?? []),
    ...[estimatorNamed(best.model).carriesData ?? []].flat(),
  ];
  const lines = [...new Set(sentences)].map((sentence) => `- ${sentence}`);
  return ['## What the file holds of the data', lines.join('\n')];
}
