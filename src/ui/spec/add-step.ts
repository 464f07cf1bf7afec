import { stepNamed } from '#core/features/registry.ts';
import { mlp } from '#core/models/networks/mlp.ts';
import { estimatorNamed } from '#core/models/registry.ts';
import type { Spec, SpecCandidate, SpecStep } from '#core/spec/spec.ts';
import { newCandidate, newStep } from './spec-edits.ts';

/**
 * The spec with a further step. One that reads features of images takes the place of the step that made pixels of them, and
 * of networks that look at pixels: a spec with both could not be run.
 * @returns it, and a sentence for what changed besides; empty where nothing did
 */
export function withStep(spec: Spec, name: string): { readonly spec: Spec; readonly said: string } {
  const step = newStep(name);
  if (stepNamed(name).extraction === undefined) {
    return { spec: { ...spec, steps: [...spec.steps, step] }, said: '' };
  }
  const isReplaced = (one: SpecStep): boolean =>
    one.columns === step.columns && stepNamed(one.step).readImage !== undefined;
  const first = spec.steps.findIndex(isReplaced);
  const others = spec.steps.filter((one) => !isReplaced(one));
  const steps = first < 0 ? [...others, step] : others.toSpliced(first, 0, step);
  const networks = spec.candidates.filter(readsPixels);
  const candidates = spec.candidates.filter((one) => !readsPixels(one));
  const hasPerceptron = candidates.some(({ model }) => model === mlp.name);
  const isNew = networks.length > 0 && !hasPerceptron;
  if (isNew) {
    const at = spec.candidates.findIndex(readsPixels);
    candidates.splice(at, 0, newCandidate(mlp.name, candidates));
  }
  const said = [
    ...spec.steps
      .filter(isReplaced)
      .map(
        (one) =>
          `“${stepNamed(name).title}” took the place of the step “${stepNamed(one.step).title}”.`,
      ),
    ...(networks.length === 0
      ? []
      : [
          `${titlesOf(networks)} was taken out of the candidates, since it reads pixels and models now see features${isNew ? `; “${mlp.title}” came in its place` : ''}.`,
        ]),
  ];
  return { spec: { ...spec, steps, candidates }, said: said.join(' ') };
}

/** A candidate with steps of its own keeps its pixels. */
function readsPixels({ model, steps }: SpecCandidate): boolean {
  return steps === undefined && estimatorNamed(model).readsImages === true;
}

function titlesOf(candidates: readonly SpecCandidate[]): string {
  return [...new Set(candidates.map(({ model }) => `“${estimatorNamed(model).title}”`))].join(
    ' and ',
  );
}
