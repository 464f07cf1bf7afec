import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { answersInPython, answersOnNode, answersOnWeb, valuesOf, type Feeds } from './runtimes.ts';

/** What an ONNX file of one output gives in onnxruntime-web, onnxruntime-node and Python's onnxruntime, row-major. */
export interface ThreeAnswers {
  readonly web: Float64Array;
  readonly node: Float64Array;
  readonly python: Float64Array;
}

/**
 * Runs a file in all three; onnx.checker looks at it too.
 * @param output name of an output of numbers
 */
export async function inThreeRuntimes(
  bytes: Uint8Array,
  feeds: Feeds,
  rows: number,
  output: string,
): Promise<ThreeAnswers> {
  const folder = mkdtempSync(join(tmpdir(), 'terrarium-three-'));
  const question = { path: join(folder, 'model.onnx'), feeds, rows };
  writeFileSync(question.path, bytes);
  try {
    const [python] = await answersInPython([question]);
    const all = {
      web: await answersOnWeb(bytes, feeds, rows),
      node: await answersOnNode(question),
      python: python === undefined ? {} : valuesOf(python),
    };
    // JSON has no NaN: a missing number is null.
    const numbers = (of: keyof ThreeAnswers): Float64Array =>
      Float64Array.from(all[of][output] ?? [], (value) => (value === null ? NaN : Number(value)));
    return { web: numbers('web'), node: numbers('node'), python: numbers('python') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
