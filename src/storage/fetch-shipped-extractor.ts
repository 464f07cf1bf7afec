import { TerrariumError } from '#core/errors.ts';
import { shippedExtractor } from '#core/extractors/shipped-extractor.ts';
import url from '../../static/extractors/mobilenet-v2-open-images.onnx?url';

/**
 * The bytes of the network that comes with Terrarium, from where the page came from.
 * @throws TerrariumError `extractor_unreachable`
 */
export async function fetchShippedExtractor(): Promise<Uint8Array<ArrayBuffer>> {
  let response: Response;
  try {
    response = await fetch(url);
  } catch {
    throw unreachable('the server did not answer');
  }
  if (!response.ok) throw unreachable(`the server answered ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

function unreachable(why: string): TerrariumError {
  return new TerrariumError({
    code: 'extractor_unreachable',
    kind: 'run',
    message: `The network ${shippedExtractor.file} could not be loaded: ${why}.`,
    hint: 'Check the connection to the server and try again, or bring a network of your own.',
  });
}
