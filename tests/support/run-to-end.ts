import type { EpochEvent, TrainedModel, Training } from '#core/models/estimator.ts';

export interface Trained {
  readonly model: TrainedModel;
  readonly history: readonly EpochEvent[];
}

export async function runToEnd(training: Training): Promise<Trained> {
  const history: EpochEvent[] = [];
  for (;;) {
    const step = await training.next();
    if (step.done === true) return { model: step.value, history };
    history.push(step.value);
  }
}
