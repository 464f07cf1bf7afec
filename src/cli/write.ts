import { join } from 'node:path';
import { statSync } from 'node:fs';
import { usualWriting, writeText } from '#core/language/write-text.ts';
import { readContract } from '#core/predict.ts';
import { openModelOnNode } from '#engine/node-inference.ts';
import { parseSeed, parseWords, usageError } from './arguments.ts';
import { readBytes } from './files.ts';

const options = {
  prompt: { type: 'string' },
  temperature: { type: 'string' },
  seed: { type: 'string' },
  length: { type: 'string' },
  json: { type: 'boolean' },
} as const;

/** `terrarium write`: a language model goes on from a prompt, on stdout. */
export async function write(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(words, options);
  const [path, ...stray] = positionals;
  if (path === undefined || stray.length > 0) {
    throw usageError('write needs one model.onnx, or the folder of a run.');
  }
  const writing = {
    prompt: values.prompt ?? usualWriting.prompt,
    temperature: numberOf('temperature', values.temperature, usualWriting.temperature),
    seed: parseSeed(values.seed) ?? usualWriting.seed,
    length: numberOf('length', values.length, usualWriting.length),
  };
  const bytes = await readBytes(modelPath(path));
  const contract = readContract(bytes);
  const session = await openModelOnNode(bytes);
  try {
    let text = '';
    if (values.json !== true) process.stdout.write(writing.prompt);
    for await (const character of writeText(session, contract, writing)) {
      text += character;
      if (values.json !== true) process.stdout.write(character);
    }
    process.stdout.write(values.json === true ? `${JSON.stringify({ ...writing, text })}\n` : '\n');
  } finally {
    await session.release();
  }
  return 0;
}

/** A run's folder has its best model under this name. */
function modelPath(path: string): string {
  const isFolder = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? join(path, 'model.onnx') : path;
}

function numberOf(option: string, text: string | undefined, usual: number): number {
  if (text === undefined) return usual;
  const value = Number(text);
  if (text.trim() !== '' && Number.isFinite(value)) return value;
  throw usageError(`--${option} must be a number, and got "${text}".`);
}
