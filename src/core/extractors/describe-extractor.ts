import type { Engine } from '#core/engine.ts';
import { extract } from '#core/features/images/extract.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import type { ExtractorFacts } from './extractor-facts.ts';
import { openExtractor } from './open-extractor.ts';
import { readExtractor } from './read-extractor.ts';

/**
 * Reads a network as the step `extract` would with these parameters, and tries it.
 * @throws TerrariumError `bad_extractor`, or a parameter's refusal
 */
export async function describeExtractor(
  bytes: Uint8Array,
  path: string,
  given: Readonly<Record<string, unknown>>,
  openModel: Engine['openModel'],
): Promise<ExtractorFacts> {
  const parameters = resolveParameters(extract.parameters, given, 'parameters');
  const { layer: wanted, ...settings } = extract.extraction(parameters);
  const extractor = await readExtractor(bytes, path, wanted);
  const { height, width } = extract.readImage(parameters, extractor.input);
  const opened = await openExtractor(extractor, { height, width }, settings, openModel);
  await opened.release();
  const { file, sha256, layer } = extractor;
  return { file, sha256, bytes: extractor.bytes, height, width, layer, features: opened.width };
}
