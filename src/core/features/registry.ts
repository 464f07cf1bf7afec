import { inputError } from '#core/errors.ts';
import { hintNear } from '#core/nearest-name.ts';
import { datePartsStep } from './dates/date-parts.ts';
import { extract } from './images/extract.ts';
import { pixels } from './images/pixels.ts';
import { impute } from './missing/impute.ts';
import { frequency } from './categories/frequency.ts';
import { hashing } from './categories/hashing.ts';
import { oneHot } from './categories/one-hot.ts';
import { ordinal } from './categories/ordinal.ts';
import { targetEncode } from './categories/target-encode.ts';
import { bins } from './numbers/bins.ts';
import { clip } from './numbers/clip.ts';
import { polynomial } from './numbers/polynomial.ts';
import { power } from './numbers/power.ts';
import { quantileStep } from './numbers/quantile.ts';
import { scale } from './numbers/scale.ts';
import { characters } from './texts/characters.ts';
import { textHashing } from './texts/text-hashing.ts';
import { tfidf } from './texts/tfidf.ts';
import { tokens } from './texts/tokens.ts';
import { pca } from './reduction/pca.ts';
import { select } from './reduction/select.ts';
import { sequence } from './sequences/sequence.ts';
import type { FeatureStep, StepState } from './step.ts';

/** Every feature step there is; adding one is a file and a row here. */
export const steps: readonly FeatureStep[] = [
  erase(impute),
  erase(scale),
  erase(power),
  erase(quantileStep),
  erase(clip),
  erase(bins),
  erase(polynomial),
  erase(select),
  erase(pca),
  erase(sequence),
  erase(oneHot),
  erase(ordinal),
  erase(targetEncode),
  erase(frequency),
  erase(hashing),
  erase(datePartsStep),
  erase(tfidf),
  erase(textHashing),
  erase(tokens),
  erase(characters),
  pixels,
  extract,
];

export function stepNamed(name: string, path = 'steps'): FeatureStep {
  const found = steps.find((step) => step.name === name);
  if (found !== undefined) return found;
  const known = steps.map((step) => step.name);
  throw inputError(
    'unknown_step',
    `${path}: there is no step named "${name}".`,
    hintNear(name, known, `Known steps: ${known.join(', ')}.`),
    { path },
  );
}

/** Forgets a step's own state type: the pipeline only carries the state from its fit to its other two. */
function erase<State extends StepState>(step: FeatureStep<State>): FeatureStep {
  const transformTraining = step.transformTraining?.bind(step);
  const transformSparse = step.transformSparse?.bind(step);
  const emitPlaces = step.emitPlaces?.bind(step);
  return {
    ...step,
    ...(transformTraining && {
      transformTraining: (columns, state, parameters, training) =>
        transformTraining(columns, state as State, parameters, training),
    }),
    ...(transformSparse && {
      transformSparse: (columns, state) => transformSparse(columns, state as State),
    }),
    transform: (columns, state) => step.transform(columns, state as State),
    emit: (graph, input, state) => step.emit(graph, input, state as State),
    ...(emitPlaces && {
      emitPlaces: (graph, input, state) => emitPlaces(graph, input, state as State),
    }),
  };
}
