import { isShippedExtractor } from '#core/extractors/shipped-extractor.ts';
import type { Spec, SpecStep } from './spec.ts';

/** The spec with other paths of its extractors' files: as seen from elsewhere, or none. The one that is shipped lies nowhere else. */
export function withExtractorFiles(spec: Spec, change: (file: string) => string): Spec {
  const changed = (steps: readonly SpecStep[]): SpecStep[] =>
    steps.map((step) =>
      step.extractor === undefined || isShippedExtractor(step.extractor)
        ? step
        : { ...step, extractor: { ...step.extractor, file: change(step.extractor.file) } },
    );
  return {
    ...spec,
    steps: changed(spec.steps),
    candidates: spec.candidates.map((candidate) =>
      candidate.steps === undefined ? candidate : { ...candidate, steps: changed(candidate.steps) },
    ),
  };
}
