import type { BackendInfo } from './engine.ts';
import type { EpochEvent } from './models/estimator.ts';
import type { LayersSeen } from './models/layer-look.ts';
import type { TrainingPulse } from './models/training-pulse.ts';
import type { FailedCandidate } from './spec/run-record.ts';
import type { CandidateRecord } from './spec/candidate-record.ts';

/** What a run says while it goes, in order. `candidate` is a candidate's name. */
export type RunEvent =
  | {
      readonly type: 'started';
      readonly candidates: readonly string[];
      readonly backend: BackendInfo;
      readonly rows: { readonly train: number; readonly validation: number; readonly test: number };
      /** Milliseconds that the run had worked before, in sittings that were interrupted. */
      readonly workedMs: number;
    }
  | { readonly type: 'stage'; readonly candidate: string; readonly stage: CandidateStage }
  | (EpochEvent & {
      readonly type: 'epoch';
      readonly candidate: string;
      readonly elapsedMs: number;
      /** Milliseconds this candidate's training still takes at most, from its pace so far. */
      readonly etaMs: number;
    })
  | (TrainingPulse & {
      /** Some times a second, from networks; in a cross-validation the times are those of all rounds. */
      readonly type: 'pulse';
      readonly candidate: string;
      readonly elapsedMs: number;
      readonly etaMs: number;
    })
  /** What somebody asked to see. */
  | (LayersSeen & { readonly type: 'layers'; readonly candidate: string })
  | {
      readonly type: 'fold';
      readonly candidate: string;
      /** The round of the cross-validation that is under way, from 1, of so many. */
      readonly fold: number;
      readonly folds: number;
      /** Share of all rounds that is done at least, 0 to 1. */
      readonly done: number;
      /** The last epoch of the round's training; null before there is one. */
      readonly epoch: EpochEvent | null;
      /** Milliseconds that the rounds still take at most, from their pace so far. */
      readonly etaMs: number;
    }
  | {
      readonly type: 'candidate';
      readonly candidate: string;
      readonly record: CandidateRecord;
      /** Candidates done, of all. */
      readonly done: number;
      readonly of: number;
    }
  | {
      readonly type: 'failed';
      readonly candidate: string;
      readonly error: FailedCandidate['error'];
    }
  | {
      /** A training that was interrupted goes on. */
      readonly type: 'resumed';
      readonly candidate: string;
      /** The fold that it is on, from 1; null on the run's own rows. */
      readonly fold: number | null;
      /** The last epoch that was behind it, and the curve up to there. */
      readonly epoch: number;
      readonly history: readonly EpochEvent[];
    }
  | { readonly type: 'paused' }
  | { readonly type: 'unpaused' }
  /** Images are decoded, so many of all, before anything is split; or a network reads their features. */
  | {
      readonly type: 'images';
      readonly done: number;
      readonly total: number;
      readonly extracting?: true;
    }
  | { readonly type: 'warning'; readonly message: string }
  | { readonly type: 'finished'; readonly best: string | null };

export type CandidateStage = 'train' | 'export' | 'parity' | 'evaluate' | 'folds';
