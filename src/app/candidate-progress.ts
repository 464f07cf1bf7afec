import type { EpochEvent } from '#core/models/estimator.ts';
import type { LayersSeen } from '#core/models/layer-look.ts';
import type { TrainingPulse } from '#core/models/training-pulse.ts';
import type { CandidateStage, RunEvent } from '#core/run-events.ts';
import type { CandidateRecord } from '#core/spec/candidate-record.ts';

/** What is known of one candidate while the run goes on. */
export interface CandidateProgress {
  readonly name: string;
  readonly stage: 'waiting' | CandidateStage | 'done' | 'failed';
  /** The training curve so far. */
  readonly history: readonly EpochEvent[];
  /** Milliseconds its training took so far, and still takes at most; null before the first epoch. */
  readonly elapsedMs: number | null;
  readonly etaMs: number | null;
  /** How its training goes, from the first time that it told. */
  readonly pulse: TrainingPulse | null;
  /** What its layers held when a person last asked; null where nobody did. */
  readonly seen: LayersSeen | null;
  /** The cross-validation, once it is under way: which round of how many, the share that is done, and the last epoch. */
  readonly folds: Pick<FoldEvent, 'fold' | 'folds' | 'done' | 'epoch'> | null;
  /** Why it failed, where it did. */
  readonly error: string | null;
  /** There when it is done. */
  readonly record: CandidateRecord | null;
}

type FoldEvent = Extract<RunEvent, { type: 'fold' }>;

/** What a run says of one candidate. */
export type CandidateEvent = Extract<RunEvent, { readonly candidate: string }>;

/** A candidate as it is after an event of its own. */
export function progressed(one: CandidateProgress, event: CandidateEvent): CandidateProgress {
  switch (event.type) {
    case 'stage':
      // How it went and what its layers held was its own training's; a cross-validation begins anew.
      return {
        ...one,
        stage: event.stage,
        ...(event.stage === 'folds' ? { pulse: null, seen: null } : {}),
      };
    case 'epoch': {
      const { elapsedMs, etaMs } = event;
      return { ...one, history: [...one.history, event], elapsedMs, etaMs };
    }
    case 'pulse':
      return { ...one, pulse: event, elapsedMs: event.elapsedMs, etaMs: event.etaMs };
    case 'layers':
      return { ...one, seen: event };
    case 'fold': {
      const { fold, folds, done, epoch, etaMs } = event;
      // Between two rounds the figures of the last epoch stay.
      return {
        ...one,
        folds: { fold, folds, done, epoch: epoch ?? one.folds?.epoch ?? null },
        etaMs,
      };
    }
    case 'candidate': {
      const { record } = event;
      const history = one.history.length === 0 ? curveOf(record) : one.history;
      return { ...one, stage: 'done', history, record };
    }
    case 'failed':
      return { ...one, stage: 'failed', error: event.error.message };
    case 'resumed':
      return event.fold === null ? { ...one, history: event.history } : one;
  }
}

/** Of one that an earlier sitting brought to its end, which tells no epochs any more. */
function curveOf({ history }: CandidateRecord): readonly EpochEvent[] {
  const epochs = history.at(-1)?.epoch ?? 0;
  return history.map((point) => ({ ...point, epochs }));
}

/** A candidate whose turn has not come. */
export function waiting(name: string): CandidateProgress {
  return {
    name,
    stage: 'waiting',
    history: [],
    elapsedMs: null,
    etaMs: null,
    pulse: null,
    seen: null,
    folds: null,
    error: null,
    record: null,
  };
}
