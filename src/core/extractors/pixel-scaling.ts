/** How pixels can come to a network: 0 to 1, −1 to 1, by ImageNet's mean and deviation, 0 to 255. */
export const scalings = ['unit', 'symmetric', 'imagenet', 'bytes'] as const;
export type Scaling = (typeof scalings)[number];

/** How a network wants pixels, as far as its file tells, and by what; `why` completes "…, since it". */
export interface FoundScaling {
  readonly scaling: Scaling;
  readonly why: string;
}
