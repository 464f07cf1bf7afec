import { fromBinary } from '@bufbuild/protobuf';
import { ModelProtoSchema, type GraphProto, type ModelProto } from 'onnx-buf';
import { bytesSha256 } from '#core/bytes-hash.ts';
import { checkTensors } from './check-tensors.ts';
import type { Extractor, ExtractorFile } from './extractor.ts';
import { chooseLayer } from './feature-layer.ts';
import { imageInput } from './image-input.ts';
import { modernNetwork } from './modern-network.ts';
import { neededNodes } from './needed-nodes.ts';
import { NEWEST_OPSET, OLDEST_OPSET } from './operators.ts';
import { toldScaling, type FoundScaling } from './pixel-scaling.ts';
import { refuseExtractor } from './refuse-extractor.ts';

/** How most networks in ONNX files want pixels. */
const USUAL: FoundScaling = { scaling: 'imagenet', why: 'is an ONNX file, and most of those do' };
/** Bytes that an extractor's file may have: it is read whole, and stands in every model that is made with it. */
export const MOST_BYTES = 128 * 1024 * 1024;

/**
 * Reads a network for images as it comes, an ONNX file or a zip of a model of TensorFlow.js, and holds it against what our graphs can carry.
 * @param wanted the name of the tensor that features are read from; empty for what goes into its last fully connected
 * layer, or its output where it ends in none
 * @throws TerrariumError `bad_extractor` that says what is wrong with the file
 */
export async function readExtractor(
  bytes: Uint8Array,
  path: string,
  wanted = '',
): Promise<Extractor> {
  const file = path.replace(/^.*[/\\]/, '');
  checkExtractorSize(bytes.byteLength, file);
  const { graph, opset, pixels } = await networkIn(bytes, file);
  checkTensors(graph, file);
  const { input, isForOne } = imageInput(graph, file);
  const layer = chooseLayer(graph, wanted, file);
  const nodes = neededNodes(graph, layer, input.name, file);
  const network = modernNetwork(
    { nodes, initializer: graph.initializer },
    { opset, isForOne, file },
  );
  const sha256 = await bytesSha256(bytes);
  return { file, sha256, bytes: bytes.byteLength, input, pixels, layer, ...network };
}

/** @throws TerrariumError where a file is too large to be read at all */
export function checkExtractorSize(bytes: number, file: string): void {
  if (bytes <= MOST_BYTES) return;
  throw refuseExtractor(
    file,
    `has ${Math.ceil(bytes / 1048576)} MB, and at most ${MOST_BYTES / 1048576} are taken`,
    'Choose a smaller network: it becomes part of every model that is made with it.',
  );
}

/** @throws TerrariumError where the bytes are not those that the spec names */
export async function checkExtractorHash(
  bytes: Uint8Array,
  { file, sha256 }: ExtractorFile,
): Promise<void> {
  const found = await bytesSha256(bytes);
  if (found === sha256) return;
  throw refuseExtractor(
    file,
    `has the hash ${found.slice(0, 12)}…, and the spec names ${sha256.slice(0, 12)}…`,
    'Give the file that the spec was written for, or set the step’s extractor.sha256 to the new one.',
  );
}

interface Network {
  readonly graph: GraphProto;
  readonly opset: number;
  readonly pixels: FoundScaling | null;
}

/** A zip is a model of TensorFlow.js; what reads those is loaded with the first of them. */
async function networkIn(bytes: Uint8Array, file: string): Promise<Network> {
  if (!(bytes[0] === 0x50 && bytes[1] === 0x4b)) return parsed(bytes, file);
  const { readTfjs } = await import('./tfjs/read-tfjs.ts');
  const { graph, pixels } = await readTfjs(bytes, file, MOST_BYTES);
  return { graph, pixels, opset: NEWEST_OPSET };
}

function parsed(bytes: Uint8Array, file: string): Network {
  let model: ModelProto;
  try {
    model = fromBinary(ModelProtoSchema, bytes);
  } catch {
    throw notOnnx(file);
  }
  const { graph, opsetImport, metadataProps } = model;
  if (graph === undefined || graph.node.length === 0) throw notOnnx(file);
  const version = opsetImport.find(({ domain }) => domain === '' || domain === 'ai.onnx')?.version;
  const opset = Number(version ?? 0n);
  if (opset >= OLDEST_OPSET && opset <= NEWEST_OPSET) {
    return { graph, opset, pixels: toldScaling(metadataProps) ?? USUAL };
  }
  throw refuseExtractor(
    file,
    version === undefined
      ? 'does not say which version of ONNX’s operators it uses'
      : `uses version ${opset} of ONNX’s operators, and ${OLDEST_OPSET} to ${NEWEST_OPSET} are taken`,
    `Export it with an opset from ${OLDEST_OPSET} to ${NEWEST_OPSET}.`,
  );
}

function notOnnx(file: string) {
  return refuseExtractor(
    file,
    'is no readable ONNX model: it is another kind of file, or not whole',
    'Give an .onnx file of a network for images, for example MobileNet, as it was exported; or model.json of TensorFlow.js together with its files of weights.',
  );
}
