/** How a training is doing at a moment. */
export interface TrainingPulse {
  /** Steps of the optimizer that are done, and the most that there can be. */
  readonly step: number;
  readonly steps: number;
  /** Training rows a second, since the pulse before. */
  readonly rowsPerSecond: number;
  readonly memory: TrainingMemory;
}

/** What a training cost beside its work; no replay compares it. */
export interface TrainingCost {
  /** Milliseconds from its beginning to its end by the clock on the wall, with pauses and interruptions. */
  readonly wallMs: number;
  /** Milliseconds that the GPU worked, by its own clock; absent where there is none. */
  readonly deviceMs?: number;
  readonly memory: Omit<TrainingMemory, 'bytes'>;
}

/** Memory that a training has taken, in bytes: of the kernels, of tensors, or of the GPU. */
export interface TrainingMemory {
  readonly of: 'kernels' | 'tensors' | 'gpu';
  readonly bytes: number;
  /** The most at any time. */
  readonly peakBytes: number;
}
