import { readContract } from '#core/predict.ts';
import type { Contract } from '#core/spec/contract.ts';
import { contractJsonSchema } from '#core/spec/json-schema.ts';
import { parseWords, usageError } from './arguments.ts';
import { readBytes, writeOutput } from './files.ts';
import { parseRecord } from './read-record.ts';

const options = { out: { type: 'string' }, json: { type: 'boolean' } } as const;

/** `terrarium contract`: what a model takes and gives, as JSON Schema; on stdout without --out. */
export async function contract(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(words, options);
  const [path, ...stray] = positionals;
  if (path === undefined || stray.length > 0) {
    throw usageError('contract needs one model.onnx or run.json.');
  }
  const text = `${JSON.stringify(contractJsonSchema(contractOf(path, await readBytes(path))), null, 2)}\n`;
  if (values.out === undefined) process.stdout.write(text);
  else {
    await writeOutput(values.out, text);
    console.error(`The contract’s JSON Schema is in ${values.out}.`);
  }
  return 0;
}

/** A run.json begins with a brace; whatever else there is, is read as a model. */
function contractOf(path: string, bytes: Buffer): Contract {
  const isJson = bytes.subarray(0, 64).toString('utf8').trimStart().startsWith('{');
  return isJson ? parseRecord(path, bytes.toString('utf8')).contract : readContract(bytes);
}
