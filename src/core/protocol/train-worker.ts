import type { BackendName } from '#core/engine.ts';
import type { Result } from '#core/errors.ts';
import type { RateFinding, RateProgress } from '#core/find-rate.ts';
import type { RunEvent } from '#core/run-events.ts';
import type { Spec } from '#core/spec/spec.ts';

/** What trains. */
export interface TrainWorkerApi {
  /**
   * Runs the stored run's spec and writes its record and models to storage as it goes; one that was interrupted goes on
   * from its checkpoints.
   */
  train(
    job: { readonly jobId: string; readonly runId: string },
    onEvent: (event: JobEvent) => void,
  ): Promise<Result<{ readonly runId: string }>>;
  /**
   * Finds a learning rate for a network of a spec, on a stored version and in turn with the trainings; stores nothing.
   */
  findRate(
    job: {
      readonly jobId: string;
      readonly datasetId: string;
      readonly version: number;
      readonly spec: Spec;
      readonly candidate: string;
    },
    onProgress: (progress: RateJobProgress) => void,
  ): Promise<Result<RateFinding>>;
  /** The training waits after its next step, until `goOn`; the run says so by events. */
  pause(jobId: string): void;
  goOn(jobId: string): void;
  /** A network in training tells by an event what its layers hold, after its present turn. */
  look(jobId: string): void;
  /** Times a few training steps on each backend there is and chooses one. */
  probe(): Promise<Result<ProbeResult>>;
  cancel(jobId: string): void;
}

export interface RateJobProgress extends RateProgress {
  readonly jobId: string;
}

export interface JobEvent {
  readonly jobId: string;
  readonly event: RunEvent;
}

export interface ProbeResult {
  /** wasm, or what is clearly faster. */
  readonly chosen: BackendName;
  readonly timings: readonly {
    readonly backend: BackendName;
    /** Milliseconds per training step after warm-up; null where it could not run. */
    readonly stepMs: number | null;
    readonly adapter: string | null;
    readonly note: string;
  }[];
}
