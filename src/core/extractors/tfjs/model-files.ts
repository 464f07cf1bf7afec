import { shown } from '../refuse-extractor.ts';
import { modelJson } from './model-json.ts';
import { TfjsFault } from './tfjs-fault.ts';

/** Where the JSON of a model stands among files, and those with its weights. */
export interface ModelFiles {
  readonly json: string;
  /** Names of the files by the paths that the JSON has for them. */
  readonly shards: ReadonlyMap<string, string>;
}

/** What file managers put beside. */
const JUNK = /(^|\/)(__MACOSX\/|\._)/;

/**
 * Finds a model among files by their paths: the JSON that says it is one, and the weights beside it. Teachable Machine
 * puts a JSON of other facts there too.
 * @param read gives a file's bytes
 * @throws TfjsFault where there is none, or several, or a file of weights is missing
 */
export async function findModel(
  names: readonly string[],
  read: (name: string) => Promise<Uint8Array>,
): Promise<ModelFiles> {
  const all = names.filter((name) => !JUNK.test(name));
  const jsons = all.filter((name) => /\.json$/i.test(name));
  const named = jsons.filter((name) => /(^|\/)model\.json$/i.test(name));
  const candidates = named.length > 0 ? named : jsons;
  const [json, second] = candidates;
  if (json === undefined) {
    throw new TfjsFault(
      'holds no model.json',
      'Give an .onnx file, or the model.json of TensorFlow.js together with its files of weights.',
    );
  }
  if (second !== undefined) {
    throw new TfjsFault(
      `could be ${candidates.length} models, ${shown(json)} and ${shown(second)}`,
      'Give the files of one.',
    );
  }
  const { paths } = modelJson(await read(json));
  const folder = json.slice(0, json.lastIndexOf('/') + 1);
  const shards = new Map<string, string>();
  for (const path of paths) {
    const found = all.find((name) => name === folder + path);
    if (found === undefined) {
      throw new TfjsFault(
        `names ${shown(path)} as a file of its weights, which is not there`,
        'Give model.json and all its files of weights at once, their folder, or a zip of it.',
      );
    }
    shards.set(path, found);
  }
  return { json, shards };
}
