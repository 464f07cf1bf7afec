import type { ExtractorSettings } from './emit-extractor.ts';
import type { Extractor } from './extractor.ts';
import type { Scaling } from './pixel-scaling.ts';
import { refuseExtractor } from './refuse-extractor.ts';

/** What a step wants of a network; `auto` leaves the pixels to its file. */
export interface AskedSettings extends Omit<ExtractorSettings, 'scaling'> {
  readonly scaling: Scaling | 'auto';
}

/** @throws TerrariumError where the pixels are left to a file that does not tell */
export function settleScaling(
  asked: AskedSettings,
  { file, pixels }: Pick<Extractor, 'file' | 'pixels'>,
): ExtractorSettings {
  const { scaling, ...others } = asked;
  if (scaling !== 'auto') return { scaling, ...others };
  if (pixels !== null) return { scaling: pixels.scaling, ...others };
  throw refuseExtractor(
    file,
    'does not tell how the pixels were scaled that it was trained with',
    'Set the step’s scaling: symmetric is usual for MobileNet, Inception and Xception of Keras, unit for TensorFlow Hub, imagenet for PyTorch.',
  );
}
