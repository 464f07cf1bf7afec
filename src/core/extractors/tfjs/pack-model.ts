import { packFiles, type NamedFile } from '#core/data/read/zip/pack-files.ts';
import { inputError } from '#core/errors.ts';
import { checkExtractorSize } from '../read-extractor.ts';
import { refuseExtractor } from '../refuse-extractor.ts';
import { findModel } from './model-files.ts';
import { modelJson, MOST_JSON } from './model-json.ts';
import { TfjsFault } from './tfjs-fault.ts';

/** What the JSON is called in a pack, however it came. */
const JSON_NAME = 'model.json';

/**
 * One file of what a person brings. Of a model of TensorFlow.js in several files it is a zip of its JSON and its weights and
 * nothing else, under the names that the JSON has for them: the same bytes from the page's files, a folder and the command line,
 * so that a hash identifies it.
 * @throws TerrariumError `bad_extractor` where they are no model, or one of its files is missing
 */
export async function oneFile(files: readonly NamedFile[]): Promise<NamedFile> {
  const [only] = files;
  if (only !== undefined && files.length === 1 && !/\.json$/i.test(only.name)) return only;
  if (only === undefined) throw inputError('bad_extractor', 'There are no files of a network.');
  const byName = new Map(files.map(({ name, file }) => [name, file]));
  const bytesOf = async (name: string): Promise<Uint8Array> => {
    const file = byName.get(name) ?? new Blob();
    // The text is read for its kind and its weights; how large it may be is said there.
    return new Uint8Array(await file.slice(0, MOST_JSON + 1).arrayBuffer());
  };
  try {
    const { json, shards } = await findModel([...byName.keys()], bytesOf);
    const packed = [[JSON_NAME, json] as const, ...shards].flatMap(([path, from]) => {
      const file = byName.get(from);
      return file === undefined ? [] : [{ name: path, file }];
    });
    checkExtractorSize(
      packed.reduce((sum, { file }) => sum + file.size, 0),
      JSON_NAME,
    );
    return { name: JSON_NAME, file: await packFiles(packed) };
  } catch (thrown) {
    throw asRefusal(thrown, JSON_NAME);
  }
}

/**
 * The files of weights that a model's JSON names, relative to it.
 * @throws TerrariumError `bad_extractor` where it is no model of TensorFlow.js
 */
export function shardPaths(json: Uint8Array, name: string): readonly string[] {
  try {
    return modelJson(json).paths;
  } catch (thrown) {
    throw asRefusal(thrown, name);
  }
}

function asRefusal(thrown: unknown, name: string): unknown {
  return thrown instanceof TfjsFault ? refuseExtractor(name, thrown.message, thrown.hint) : thrown;
}
