import type { GraphProto } from 'onnx-buf';
import { ZipArchive, type ZipEntry } from '#core/data/read/zip/zip-archive.ts';
import { inputError, TerrariumError } from '#core/errors.ts';
import type { FoundScaling } from '../pixel-scaling.ts';
import { refuseExtractor, shown } from '../refuse-extractor.ts';
import { foundScaling } from './found-scaling.ts';
import { graphModel } from './graph/graph-model.ts';
import { layersModel } from './layers/layers-model.ts';
import { findModel } from './model-files.ts';
import { modelJson, MOST_JSON } from './model-json.ts';
import { readWeights } from './read-weights.ts';
import { TfjsFault } from './tfjs-fault.ts';

/**
 * Reads a zip of a model of TensorFlow.js, its JSON and the files of its weights, as the ONNX graph of the same network.
 * @param most bytes that its weights may take as float32
 * @throws TerrariumError `bad_extractor`, or what is wrong with the zip
 */
export async function readTfjs(
  bytes: Uint8Array,
  file: string,
  most: number,
): Promise<{ readonly graph: GraphProto; readonly pixels: FoundScaling | null }> {
  const archive = await opened(bytes, file);
  const entries = new Map(archive.entries.map((entry) => [entry.name, entry]));
  const read = (name: string, limit: number): Uint8Array => {
    const entry = entries.get(name);
    if (entry === undefined) throw new TfjsFault('is not whole');
    if (entry.size <= limit) return unpacked(archive, entry);
    throw new TfjsFault(
      `holds a file of ${Math.ceil(entry.size / 1048576)} MB, which is too large`,
    );
  };
  try {
    const files = await findModel([...entries.keys()], (name) =>
      Promise.resolve(read(name, MOST_JSON)),
    );
    const model = modelJson(read(files.json, MOST_JSON));
    const shard = (path: string) => read(files.shards.get(path) ?? '', most);
    const weights = readWeights(model.manifest, shard, most);
    const graph = model.isGraph
      ? graphModel(model.topology, model.signature, weights)
      : layersModel(model.topology, weights);
    return { graph, pixels: foundScaling(graph) };
  } catch (thrown) {
    if (thrown instanceof TfjsFault) throw refuseExtractor(file, thrown.message, thrown.hint);
    throw ofFile(thrown, file);
  }
}

async function opened(bytes: Uint8Array, file: string): Promise<ZipArchive> {
  try {
    return await ZipArchive.open(bytes);
  } catch (thrown) {
    throw ofFile(thrown, file);
  }
}

/** What is wrong with a zip, behind the name of the file: a call and a spec may name several. */
function ofFile(thrown: unknown, file: string): unknown {
  if (!(thrown instanceof TerrariumError) || thrown.kind !== 'input') return thrown;
  const { code, message, hint, details } = thrown;
  const what = `The extractor ${shown(file)} cannot be read. ${message}`;
  return inputError(code, what, hint, { ...details, file });
}

function unpacked(archive: ZipArchive, entry: ZipEntry): Uint8Array {
  const whole = new Uint8Array(entry.size);
  let at = 0;
  for (const piece of archive.unpack(entry)) {
    whole.set(piece, at);
    at += piece.byteLength;
  }
  return whole;
}
