import type { Histogram } from '#core/data/profile/profile.ts';

/** What the numbers of a layer of a network look like at a moment of its training. */
export interface LayerLook {
  /** Its place and kind, as `2 dense`. */
  readonly name: string;
  /** Of its trained numbers, without biases where it has others; null where it has none. */
  readonly weights: Histogram | null;
  /** Of what it gives for a sample of the validation rows; null where none of it is a finite number. */
  readonly activations: Histogram | null;
}

/** A wish to see the layers, and where to show them. */
export interface LookAtLayers {
  /** Whether somebody wishes it; once, and then no more until the next wish. */
  taken(): boolean;
  show(look: LayersSeen): void;
}

export interface LayersSeen {
  /** Epochs that are done, and steps of the optimizer in all. */
  readonly epoch: number;
  readonly step: number;
  /** Validation rows that went through; none, and no layers, where the budget of memory has no room for one. */
  readonly rows: number;
  readonly layers: readonly LayerLook[];
}
