import { inputError } from '#core/errors.ts';
import type { ExtractorFile } from './extractor.ts';

/**
 * The network for images that comes with Terrarium, static/extractors/ in the repository: the first blocks of a
 * detector by Google. `tests/extractors/mobilenet_v2.py` makes the file of the detector's.
 */
export const shippedExtractor = {
  file: 'mobilenet-v2-open-images.onnx',
  sha256: '8134ec45a838826ccde1fa80b96bab827791d2e47888c4f4ad83d447b3529885',
  bytes: 2_029_728,
  title: 'MobileNetV2 of MediaPipe Objectron',
  owner: 'Google',
  licence: 'Apache License 2.0',
  /** Completes "It was trained …". */
  training:
    'on photos of Open Images V4, to find people, pets, vehicles, furniture, shoes and other things of 23 kinds',
} as const;

/** What a spec says of it. */
export const shippedExtractorFile: ExtractorFile = {
  file: shippedExtractor.file,
  sha256: shippedExtractor.sha256,
};

export function isShippedExtractor({ sha256 }: Pick<ExtractorFile, 'sha256'>): boolean {
  return sha256 === shippedExtractor.sha256;
}

/**
 * Refuses a network that came with another Terrarium: its file has the name of ours and other bytes, and this one has not got it.
 * @param bring how its file is given, such as `with --extractor FILE`
 * @throws TerrariumError `extractor_of_other_version`; nothing for any other network
 */
export function refuseOtherShipped({ file, sha256 }: ExtractorFile, bring: string): void {
  const isOurs = sha256 === shippedExtractor.sha256;
  if (isOurs || file.replace(/^.*[/\\]/, '') !== shippedExtractor.file) return;
  throw inputError(
    'extractor_of_other_version',
    `The network ${shippedExtractor.file} with the hash ${sha256.slice(0, 12)}… came with another version of Terrarium; the one that comes with this version has the hash ${shippedExtractor.sha256.slice(0, 12)}….`,
    `Take the file from static/extractors of that version and give it ${bring}; or leave the step’s extractor out, which takes the network of this version and makes another model.`,
    { sha256, shipped: shippedExtractor.sha256 },
  );
}
