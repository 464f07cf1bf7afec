/** How pixels can come to a network: 0 to 1, −1 to 1, by ImageNet's mean and deviation, 0 to 255. */
export const scalings = ['unit', 'symmetric', 'imagenet', 'bytes'] as const;
export type Scaling = (typeof scalings)[number];

/** How a network wants pixels, as far as its file tells, and by what; `why` completes "…, since it". */
export interface FoundScaling {
  readonly scaling: Scaling;
  readonly why: string;
}

/** Key of a model's metadata by docs/MetadataProps.md of ONNX, and the values that our scalings are. */
const RANGE_KEY = 'Image.NominalPixelRange';
const ranges: ReadonlyMap<string, Scaling> = new Map([
  ['NominalRange_0_255', 'bytes'],
  ['Normalized_0_1', 'unit'],
  ['Normalized_1_1', 'symmetric'],
]);

/** How an ONNX file says in its metadata that it wants pixels; undefined where it does not, or in a way of its own. */
export function toldScaling(
  metadata: readonly { readonly key: string; readonly value: string }[],
): FoundScaling | undefined {
  const told = metadata.find(({ key }) => key === RANGE_KEY)?.value ?? '';
  const scaling = ranges.get(told);
  return scaling === undefined ? undefined : { scaling, why: 'says so in its metadata' };
}
