import type { EpochEvent } from '#core/models/estimator.ts';
import { scoreTitle } from '#core/models/score-title.ts';
import type { TrainingPulse } from '#core/models/training-pulse.ts';
import { megabytes } from '#core/registry/cost-text.ts';
import type { Task } from '#core/spec/spec.ts';
import { unitOf } from '#core/spec/tasks.ts';

/** How a candidate's training goes at a moment. */
export interface Course {
  readonly candidate: string;
  /** `epoch 3 of at most 100`; null before its first epoch. */
  readonly where: string | null;
  readonly etaMs: number;
  /** The last one; null before there is one. */
  readonly epoch: EpochEvent | null;
  /** What a network told last; null where none did. */
  readonly pulse: TrainingPulse | null;
}

/** A training in one line, what matters most first: a narrow terminal shows its beginning. */
export function trainingLine(
  { candidate, where, etaMs, epoch, pulse }: Course,
  task: Task,
): string {
  const steps = pulse === null ? 'training' : `step ${pulse.step} of at most ${pulse.steps}`;
  return [
    `${candidate}: ${where ?? steps}`,
    ...(epoch === null ? [] : [lossText(epoch)]),
    `${Math.ceil(etaMs / 1000)} s left at most`,
    ...(epoch === null ? [] : figures(epoch, task)),
    ...(pulse === null ? [] : pace(pulse, task)),
  ].join(', ');
}

function lossText({ trainLoss, validationLoss }: EpochEvent): string {
  const held = validationLoss === null ? '' : ` (validation ${validationLoss.toFixed(4)})`;
  return `loss ${trainLoss.toFixed(4)}${held}`;
}

function figures({ validationScore = null, learningRate }: EpochEvent, task: Task): string[] {
  return [
    ...(validationScore === null ? [] : [`${scoreTitle(task)} ${validationScore.toFixed(4)}`]),
    ...(learningRate === undefined ? [] : [`rate ${Number(learningRate.toPrecision(3))}`]),
  ];
}

function pace({ rowsPerSecond, memory }: TrainingPulse, task: Task): string[] {
  const rows = Math.round(rowsPerSecond).toLocaleString('en');
  return [`${rows} ${unitOf(task)}s/s`, megabytes(memory.bytes)];
}
