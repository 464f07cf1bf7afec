import type { Engine } from '#core/engine.ts';
import { extract } from '#core/features/images/extract.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import type { ExtractorFacts } from './extractor-facts.ts';
import { openExtractor } from './open-extractor.ts';
import { readExtractor } from './read-extractor.ts';
import { settleScaling } from './settle-scaling.ts';

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
  const { layer: wanted, ...asked } = extract.extraction(parameters);
  const extractor = await readExtractor(bytes, path, wanted);
  const settings = settleScaling(asked, extractor);
  const { height, width } = extract.readImage(parameters, extractor.input);
  const opened = await openExtractor(extractor, { height, width }, settings, openModel);
  await opened.release();
  const { file, sha256, layer, pixels } = extractor;
  const found = asked.scaling === 'auto' ? pixels?.why : undefined;
  return {
    ...{ file, sha256, bytes: extractor.bytes, height, width, layer, features: opened.width },
    ...{ scaling: settings.scaling, ...(found === undefined ? {} : { why: found }) },
  };
}
