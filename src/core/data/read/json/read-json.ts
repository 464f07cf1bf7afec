import { inputError } from '#core/errors.ts';
import { encodingOf, TextDecoding } from '../decode-text.ts';
import { linesIn } from '../lines-in.ts';
import type { FileBytes, Reader, ReadTable } from '../reader.ts';
import type { ReadSettings } from '../settings.ts';
import { JsonRows } from './json-rows.ts';
import { JsonText } from './json-text.ts';

/** A JavaScript text holds at most half a milliard characters. */
const MAX_CHARACTERS = 500_000_000;
const ROWS_AT_ONCE = 2048;

/** An array of objects, or one object that holds exactly one such array. */
export const jsonReader: Reader = {
  format: 'json',
  recognizes: (head, name) =>
    name.endsWith('.json') || /^(\[\s*[{\]]|\{\s*["}])/.test(jsonHead(head)),
  async read(file, settings) {
    const { text, ...decoded } = await decodedText(file, settings);
    const json = new JsonText(text);
    const key = findRows(json);
    const { table, doubts } = await readRows(json, file, key !== null);
    return {
      table,
      doubts: [...decoded.doubts, ...(key ?? []), ...doubts],
      reading: { format: 'json', encoding: decoded.encoding },
    };
  },
};

/** The beginning of a file as text, whatever its encoding: good enough to look at its first marks. */
export function jsonHead(head: Uint8Array): string {
  const isUtf16 = encodingOf(head)?.startsWith('utf-16') === true;
  const bytes = isUtf16 ? head.filter((byte) => byte !== 0 && byte < 0xfe) : head;
  return new TextDecoder().decode(bytes).trimStart();
}

async function decodedText(
  file: FileBytes,
  settings: ReadSettings,
): Promise<{ text: string; encoding: TextDecoding['encoding']; doubts: ReadTable['doubts'] }> {
  const decoding = new TextDecoding(settings.encoding ?? encodingOf(file.head));
  const pieces: string[] = [];
  let length = 0;
  const lineOf = (text: string): number =>
    1 + pieces.reduce((lines, piece) => lines + linesIn(piece), 0) + linesIn(text);
  const add = (bytes: Uint8Array, last: boolean): void => {
    const piece = decoding.decode(bytes, last, lineOf);
    pieces.push(piece);
    length += piece.length;
    if (length > MAX_CHARACTERS) throw tooLarge();
  };
  for await (const chunk of file.chunks) add(chunk, false);
  add(new Uint8Array(0), true);
  return { text: pieces.join(''), encoding: decoding.encoding, doubts: decoding.doubts };
}

/**
 * Moves to the array of rows.
 * @returns what to say where it stands under a key; null where the file is the array
 */
function findRows(json: JsonText): ReadTable['doubts'] | null {
  const first = json.peek();
  if (first === '[') return null;
  if (first !== '{') {
    if (first !== '') json.skip(1);
    throw json.fault(
      `the file holds ${first === '' ? 'nothing' : 'a single value'}, and no table`,
      'json_no_table',
      WANTED,
    );
  }
  const places = new Map<string, number>();
  const others: string[] = [];
  const seen = new Set<string>();
  json.eachEntry(1, (key) => {
    if (seen.has(key)) throw json.fault(`the key "${key}" stands twice`, 'duplicate_key');
    seen.add(key);
    json.peek();
    const at = json.at;
    const isRows = json.takes('[') && json.peek() === '{';
    json.at = at;
    if (isRows) places.set(key, at);
    else others.push(key);
    json.skip(2);
  });
  refuseRest(json);
  const [[key, at] = ['', 0]] = places;
  if (places.size !== 1) throw noTable([...places.keys()], others);
  json.at = at;
  const rest = others.length === 0 ? '' : ` What stands under ${listed(others)} was left out.`;
  return [{ message: `The rows were read from "${key}".${rest}` }];
}

async function readRows(
  json: JsonText,
  file: FileBytes,
  isInner: boolean,
): Promise<ReturnType<JsonRows['finish']>> {
  const rows = new JsonRows();
  json.takes('[');
  if (!json.takes(']')) {
    do {
      rows.take(json);
      if (rows.rowCount % ROWS_AT_ONCE === 0) {
        file.rowsRead(rows.rowCount);
        await file.breathe();
      }
    } while (json.takes(','));
    if (!json.takes(']')) throw json.fault('there is no comma and no end of the array after it');
  }
  json.row = 0;
  if (!isInner) refuseRest(json);
  return rows.finish();
}

function refuseRest(json: JsonText): void {
  if (json.peek() === '') return;
  throw json.fault(
    'the JSON value has ended, and more follows',
    'json_malformed',
    'If every line is a JSON object of its own, choose JSON Lines when importing, or call the file .jsonl.',
  );
}

const WANTED = 'Write rows as an array of objects, such as [{"a": 1, "b": 2}, …].';

function noTable(tables: readonly string[], others: readonly string[]): Error {
  const message =
    tables.length === 0
      ? `The file is one object, and nothing in it is an array of objects (it has ${others.length === 0 ? 'no keys' : listed(others)}).`
      : `The file holds several arrays of objects, under ${listed(tables)}, and it is open which is the table.`;
  return inputError('json_no_table', message, WANTED, { keys: tables });
}

function listed(keys: readonly string[]): string {
  const shown = keys.slice(0, 5).map((key) => `"${key.slice(0, 40)}"`);
  const more = keys.length > 5 ? ` and ${keys.length - 5} more` : '';
  return `${shown.join(', ')}${more}`;
}

function tooLarge(): Error {
  return inputError(
    'json_too_large',
    `The file has more than ${MAX_CHARACTERS / 1e6} million characters, too many for JSON, which is read as a whole.`,
    'Write it as JSON Lines (one object per line), CSV or Parquet, which are read piece by piece.',
  );
}
