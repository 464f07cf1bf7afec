import { expect, test } from 'vitest';
import { readSpecFile } from '#app/spec-file.ts';
import { TerrariumError } from '#core/errors.ts';

const fileOf = (content: string | Uint8Array<ArrayBuffer>, name = 'spec.yaml') =>
  new File([content], name);

async function refusal(file: File): Promise<string> {
  const thrown: unknown = await readSpecFile(file).catch((error: unknown) => error);
  if (!(thrown instanceof TerrariumError)) throw new Error(`not refused: ${String(thrown)}`);
  expect(thrown.hint).toMatch(/\.$/);
  return thrown.message;
}

test('a text is taken as it is, with line ends of one kind and without a byte order mark', async () => {
  expect(await readSpecFile(fileOf('version: 1\r\nname: Größe\rseed: 1\n'))).toBe(
    'version: 1\nname: Größe\nseed: 1\n',
  );
  expect(await readSpecFile(fileOf('\uFEFFversion: 1\n'))).toBe('version: 1\n');
  const utf16 = Buffer.from('\uFEFFseed: 1', 'utf16le');
  expect(await readSpecFile(fileOf(utf16))).toBe('seed: 1');
  expect(await readSpecFile(fileOf(''))).toBe('');
});

test('a spec in JSON is a spec, also one that names its data, and what is no spec is left to its reader', async () => {
  const json = '{"version": 1, "data": {"source": "a.csv"}}';
  expect(await readSpecFile(fileOf(json, 'spec.json'))).toBe(json);
  expect(await readSpecFile(fileOf('{"spec": {'))).toBe('{"spec": {');
  expect(await readSpecFile(fileOf('species,mass\nAdelie,3700\n', 'a.csv'))).toMatch(/^species/);
});

test('the record of a run is refused by what it is', async () => {
  const record = JSON.stringify({ version: 1, spec: { version: 1 }, dataset: { name: 'a.csv' } });
  expect(await refusal(fileOf(`\uFEFF\n${record}`, 'run.json'))).toBe(
    'run.json is the record of a run, and no spec.',
  );
});

test('a file that is too large is not read, and one that fits is', async () => {
  const fits = `# ${'x'.repeat(199_997)}\n`;
  expect(await readSpecFile(fileOf(fits))).toBe(fits);
  expect(await refusal(fileOf(`${fits}${fits}`, 'data.csv'))).toBe(
    'data.csv has 0.4 MB, and the editor takes a spec of at most 0.2.',
  );
});

test.each([
  ['zero bytes', [0x50, 0x4b, 3, 4, 0, 0, 1, 2], 'UTF-8'],
  ['bytes of no UTF-8', [0x73, 0xe9, 0x65, 0x64], 'UTF-8'],
  ['half a surrogate pair', [0xff, 0xfe, 0x00, 0xd8], 'UTF-16LE'],
])('%s are no text', async (_, bytes, encoding) => {
  expect(await refusal(fileOf(new Uint8Array(bytes), 'model.onnx'))).toBe(
    `model.onnx is no text: it holds bytes that no text in ${encoding} has.`,
  );
});

test('a file that is gone is refused by its name', async () => {
  class Gone extends File {
    override arrayBuffer(): Promise<ArrayBuffer> {
      return Promise.reject(new DOMException('not found', 'NotFoundError'));
    }
  }
  expect(await refusal(new Gone(['x'], 'spec.yaml'))).toBe('spec.yaml cannot be read.');
});
