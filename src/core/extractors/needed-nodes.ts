import type { GraphProto, NodeProto } from 'onnx-buf';
import { refuseExtractor, shown } from './refuse-extractor.ts';

const AGAIN = 'Export it again.';

/**
 * The nodes of a network that a tensor is made by, in their order.
 * @throws TerrariumError `bad_extractor` where a name is given twice or is nobody's, or the image does not go into it
 */
export function neededNodes(
  { node, initializer }: GraphProto,
  layer: string,
  image: string,
  file: string,
): readonly NodeProto[] {
  const constants = new Set(initializer.map(({ name }) => name));
  const known = new Set([...constants, image]);
  for (const one of node) {
    const stray = one.input.find((name) => name !== '' && !known.has(name));
    if (stray !== undefined) {
      throw refuseExtractor(file, `reads ${shown(stray)} before anything has made it`, AGAIN);
    }
    for (const name of one.output) {
      if (name === '') continue;
      if (known.has(name)) {
        throw refuseExtractor(file, `has two tensors called ${shown(name)}`, AGAIN);
      }
      known.add(name);
    }
  }
  const wanted = new Set([layer]);
  const needed = node.toReversed().filter((one) => {
    if (!one.output.some((name) => wanted.has(name))) return false;
    for (const name of one.input) wanted.add(name);
    return true;
  });
  if (wanted.has(image)) return needed.reverse();
  throw refuseExtractor(
    file,
    `has a layer ${shown(layer)} that does not depend on the image`,
    'Name another of its tensors.',
  );
}
