import type { Piece } from '#core/checkpoints/piece.ts';
import { TrainingCourse, type CourseListener } from '#core/checkpoints/training-course.ts';
import type { Engine } from '#core/engine.ts';
import { cancelledError, runError, TerrariumError } from '#core/errors.ts';
import type { Estimator, TrainedModel, Trainer } from '#core/models/estimator.ts';
import type { LookAtLayers } from '#core/models/layer-look.ts';
import type { RandomStream } from '#core/random.ts';
import type { ParameterValues } from '#core/spec/parameters.ts';
import type { CandidateRecord } from '#core/spec/candidate-record.ts';
import type { FittedParts } from './fit-parts.ts';

/** Points of the training curve that run.json keeps; longer ones are thinned evenly. */
const HISTORY_POINTS = 500;

export interface TrainedCandidate {
  readonly model: TrainedModel;
  readonly trainMs: number;
  readonly history: CandidateRecord['history'];
}

interface TrainingOptions extends CourseListener {
  readonly random: RandomStream;
  readonly signal: AbortSignal;
  /** Where it keeps checkpoints and may be paused. */
  readonly piece?: Piece;
  readonly look?: LookAtLayers;
}

/**
 * Trains one candidate to its end, reporting every point of its curve; from its last checkpoint, where the piece of work
 * has one that its trainer takes. The caller disposes the model.
 */
export async function trainCandidate(
  estimator: Estimator,
  parameters: ParameterValues,
  fitted: Pick<FittedParts, 'parts'>,
  engine: Engine,
  options: TrainingOptions,
): Promise<TrainedCandidate> {
  const train = () => trainOnce(estimator, parameters, fitted, engine, options);
  try {
    return await train();
  } catch (thrown) {
    const { piece } = options;
    const goesOn = piece !== undefined && piece.interrupted !== null;
    if (!goesOn || thrown instanceof TerrariumError) throw thrown;
    piece.beginAnew(thrown);
    return train();
  }
}

async function trainOnce(
  estimator: Estimator,
  parameters: ParameterValues,
  { parts }: Pick<FittedParts, 'parts'>,
  engine: Engine,
  options: TrainingOptions,
): Promise<TrainedCandidate> {
  const course = new TrainingCourse(options.piece, options);
  const training = trainerOf(
    estimator,
    engine,
  )({
    train: parts.train.data,
    validation: parts.validation.data,
    parameters,
    random: options.random,
    signal: options.signal,
    threads: engine.threads,
    ...(options.look === undefined ? {} : { look: options.look }),
    ...course.given,
  });
  try {
    for (;;) {
      await course.mayGoOn();
      const step = await training.next();
      if (step.done === true) {
        const trainMs = course.elapsedMs;
        refuseNonFinite(step.value, estimator);
        return { model: step.value, trainMs, history: curveOf(course) };
      }
      const { epoch, trainLoss } = step.value;
      if (!Number.isFinite(trainLoss)) throw diverged(estimator, epoch);
      course.hear(step.value);
      if (options.signal.aborted) throw cancelledError();
    }
  } finally {
    // Frees what a stopped training holds; the value that `return` asks for has no reader.
    await training.return(undefined as never);
  }
}

function trainerOf(estimator: Estimator, engine: Engine): Trainer {
  const trainer = estimator.train ?? engine.trainers[estimator.name];
  if (trainer === undefined) {
    throw runError('no_trainer', `This engine has no trainer for the model "${estimator.name}".`);
  }
  return trainer;
}

function refuseNonFinite(model: TrainedModel, estimator: Estimator): void {
  const bad = model.weights.find(({ values }) => values.some((value) => !Number.isFinite(value)));
  if (bad !== undefined) {
    model.dispose();
    throw diverged(estimator, null);
  }
}

function diverged(estimator: Estimator, epoch: number | null): Error {
  const when = epoch === null ? '' : ` in epoch ${epoch}`;
  return runError(
    'diverged',
    `${estimator.title}: training diverged${when}; the loss or a weight is no longer a finite number.`,
    'Lower the learning rate, scale the inputs, or look for extreme values in the data.',
  );
}

function curveOf({ history }: TrainingCourse): CandidateRecord['history'] {
  return thinned(
    history.map(({ epoch, trainLoss, validationLoss, validationScore, learningRate }) => ({
      ...{ epoch, trainLoss, validationLoss },
      ...(validationScore === undefined ? {} : { validationScore }),
      ...(learningRate === undefined ? {} : { learningRate }),
    })),
  );
}

function thinned<T>(points: readonly T[]): T[] {
  if (points.length <= HISTORY_POINTS) return [...points];
  const stride = (points.length - 1) / (HISTORY_POINTS - 1);
  return Array.from({ length: HISTORY_POINTS }, (_, i) => points[Math.round(i * stride)]).filter(
    (point): point is T => point !== undefined,
  );
}
