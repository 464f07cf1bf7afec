import { Fields } from './json-fields.ts';
import { pathsOf } from './read-weights.ts';
import { TfjsFault } from './tfjs-fault.ts';

/** A topology has a few hundred bytes a layer; weights are in other files. */
export const MOST_JSON = 32 * 1024 * 1024;
const MOST_FILES = 1000;

/** What a model's JSON says, as far as its kind and its weights go. */
export interface ModelJson {
  readonly isGraph: boolean;
  readonly topology: unknown;
  readonly signature: unknown;
  readonly manifest: readonly unknown[];
  /** Files of weights, relative to the JSON's folder. */
  readonly paths: readonly string[];
}

/** @throws TfjsFault where it is no model of TensorFlow.js */
export function modelJson(bytes: Uint8Array): ModelJson {
  if (bytes.byteLength > MOST_JSON) {
    throw new TfjsFault(`has a model.json of more than ${MOST_JSON / 1048576} MB`);
  }
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw noModel('has a model.json that is no JSON, or not whole');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw noModel('has a model.json that is no object');
  }
  const fields = new Fields(value, 'model.json');
  if (!fields.has('modelTopology') || !fields.has('weightsManifest')) {
    throw noModel('has a JSON file that is no model of TensorFlow.js');
  }
  const manifest = fields.list('weightsManifest');
  const paths = manifest.flatMap((group, i) => pathsOf(new Fields(group, `weightsManifest[${i}]`)));
  if (paths.length > MOST_FILES) throw new TfjsFault(`names ${paths.length} files of weights`);
  const topology = fields.get('modelTopology');
  const isGraph = fields.has('format')
    ? fields.text('format') === 'graph-model'
    : new Fields(topology, 'modelTopology').has('node');
  return { isGraph, topology, signature: fields.get('signature'), manifest, paths };
}

function noModel(what: string): TfjsFault {
  return new TfjsFault(
    what,
    'Give the model.json of a layers-model or graph-model together with its files of weights: all of them at once, their folder, or a zip of it.',
  );
}
