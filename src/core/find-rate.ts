import type { Dataset } from './data/table.ts';
import type { BackendInfo, Engine } from './engine.ts';
import { inputError, runError } from './errors.ts';
import type { ExtractorBytes } from './extractors/extractor.ts';
import { estimatorNamed } from './models/registry.ts';
import {
  endedAtOnce,
  RANGE_STEPS,
  rateOfStep,
  suggestRates,
  type RateCurve,
  type RateSuggestion,
} from './networks/rate-finder.ts';
import { RandomStream } from './random.ts';
import { balanceTraining } from './run/balance-training.ts';
import { candidateRandom } from './run/candidate-random.ts';
import { readPlannedImages } from './run/planned-images.ts';
import { prepareRun } from './run/prepare-run.ts';
import { refuseUndecided } from './run/refuse-undecided.ts';
import { resolvedSpec } from './run/resolve-spec.ts';
import { checkMeaning, checkSpec } from './spec/check-spec.ts';
import { numberOf, resolveParameters } from './spec/parameters.ts';
import type { Spec, SpecCandidate } from './spec/spec.ts';

export interface RateRequest {
  readonly spec: Spec;
  readonly dataset: Dataset;
  readonly engine: Engine;
  readonly signal: AbortSignal;
  /** Where the networks are that steps of the spec name; nowhere where absent. */
  readonly extractorBytes?: ExtractorBytes;
  /** The name of a network among the spec's candidates; needed only where there are several. */
  readonly candidate?: string | undefined;
  readonly onProgress: (progress: RateProgress) => void;
}

/** So much of the data is read, so many images decoded, or so many steps taken. */
export interface RateProgress {
  readonly step: 'reading' | 'images' | 'steps';
  readonly done: number;
  readonly total: number;
}

/** What a range test of a candidate's learning rate found. */
export interface RateFinding extends RateCurve {
  /** Its name, and its model's. */
  readonly candidate: string;
  readonly model: string;
  readonly backend: BackendInfo;
  /** Training rows, and those of a step at most. */
  readonly rows: number;
  readonly batchRows: number;
  readonly suggestions: readonly RateSuggestion[];
}

/**
 * Finds a learning rate for a network of a spec: splits, fits the features on the training rows, and takes the first steps
 * of the training that a run would do, from the same weights and over the same batches, at growing rates. No weight is
 * kept, and no validation or test row goes through the network.
 * @throws TerrariumError for input that cannot be run, personal data on which nobody has decided, a candidate that is no network, a loss that leaves all bounds at
 * once, or a cancelled signal
 */
export async function findRate(request: RateRequest): Promise<RateFinding> {
  const { dataset, engine, signal, onProgress } = request;
  checkMeaning(request.spec);
  checkSpec(request.spec, dataset.info);
  const spec = resolvedSpec(request.spec, dataset.info.sha256);
  const candidate = chosenNetwork(spec, request.candidate);
  await refuseUndecided(dataset, spec, signal);
  const images = await readPlannedImages(spec, dataset, {
    ...request,
    onEvent: (event) => {
      if (event.type !== 'images') return;
      onProgress({ step: 'images', done: event.done, total: event.total });
    },
  });
  const { name, model } = candidate;
  const random = candidateRandom(new RandomStream(spec.seed), model);
  const fitted = prepareRun(spec, dataset, images).fittedFor(candidate);
  const { parts } = await balanceTraining(fitted, candidate, { random, signal });
  const { parameters } = estimatorNamed(model);
  const values = resolveParameters(parameters, candidate.parameters, name);
  const curve = await finderOf(
    engine,
    model,
  )({
    train: parts.train.data,
    parameters: values,
    random,
    signal,
    onSteps: (done) => onProgress({ step: 'steps', done, total: RANGE_STEPS }),
  });
  if (endedAtOnce(curve)) throw divergedAtOnce(name, curve);
  const { rows } = parts.train.data.features;
  return {
    candidate: name,
    model,
    backend: engine.backend,
    rows,
    batchRows: Math.min(rows, numberOf(values, 'batch_size')),
    ...curve,
    suggestions: suggestRates(curve),
  };
}

function finderOf({ rateFinders }: Engine, model: string) {
  const found = rateFinders[model];
  if (found !== undefined) return found;
  throw runError('no_trainer', `This engine has no trainer for the model "${model}".`);
}

function chosenNetwork({ candidates }: Spec, name: string | undefined): SpecCandidate {
  const networks = candidates.filter(({ model }) => estimatorNamed(model).network !== undefined);
  const named = name === undefined ? networks : candidates.filter((one) => one.name === name);
  const [found, ...more] = named;
  if (found === undefined) {
    throw name === undefined
      ? noNetwork('The spec has no network among its candidates', networks)
      : inputError(
          'unknown_candidate',
          `The spec has no candidate "${name}".`,
          `It has: ${namesOf(candidates)}.`,
          { path: 'candidates' },
        );
  }
  if (more.length > 0) {
    throw inputError(
      'several_networks',
      'The spec has several networks, and a learning rate is found for one of them.',
      `Name one: ${namesOf(networks)}.`,
      { path: 'candidates' },
    );
  }
  if (networks.includes(found)) return found;
  const { title } = estimatorNamed(found.model);
  throw noNetwork(`"${found.name}" (${title}) is no network`, networks);
}

function noNetwork(what: string, networks: readonly SpecCandidate[]): Error {
  return inputError(
    'no_network',
    `${what}, and only for networks a learning rate can be found.`,
    networks.length === 0 ? 'Add one, for example mlp.' : `Networks here: ${namesOf(networks)}.`,
    { path: 'candidates' },
  );
}

function namesOf(candidates: readonly SpecCandidate[]): string {
  return candidates.map(({ name }) => name).join(', ');
}

function divergedAtOnce(name: string, { points }: RateCurve): Error {
  const rate = (points.at(-1)?.rate ?? rateOfStep(0)).toPrecision(2);
  return runError(
    'diverged_at_once',
    `${name}: the loss left all bounds at step ${points.length + 1}, at a learning rate of about ${rate}, so that no rate can be told from another.`,
    'Scale the columns, set clip_norm (for example 1), or look for values far outside the rest.',
  );
}
