import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as ortNode from 'onnxruntime-node';
import type { GraphInput } from '#core/engine.ts';
import { openModelOnNode } from '#engine/node-inference.ts';
import { runPython } from './python.ts';

/** What an ONNX file of one output gives in onnxruntime-web, onnxruntime-node and Python's onnxruntime, row-major. */
export interface ThreeAnswers {
  readonly web: Float64Array;
  readonly node: Float64Array;
  readonly python: Float64Array;
}

/**
 * Runs a file in all three; onnx.checker looks at it too.
 * @param feeds columns [rows, 1], windows [rows, width], or images [rows, height, width, channels], by input
 * @param output name of an output of numbers
 */
export async function inThreeRuntimes(
  bytes: Uint8Array,
  feeds: Readonly<Record<string, GraphInput>>,
  rows: number,
  output: string,
): Promise<ThreeAnswers> {
  const folder = mkdtempSync(join(tmpdir(), 'terrarium-three-'));
  const path = join(folder, 'model.onnx');
  writeFileSync(path, bytes);
  try {
    const web = await onWeb(bytes, feeds, rows, output);
    const node = await onNode(path, feeds, rows, output);
    return { web, node, python: await onPython(path, feeds, rows, output) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function sizesOf({ sizes, values }: GraphInput, rows: number): readonly number[] {
  return sizes ?? [values.length / rows];
}

type Feeds = Readonly<Record<string, GraphInput>>;

async function onWeb(bytes: Uint8Array, feeds: Feeds, rows: number, output: string) {
  const session = await openModelOnNode(bytes);
  const answers = await session.run(feeds, rows);
  await session.release();
  return Float64Array.from(answers[output] ?? [], Number);
}

async function onNode(path: string, feeds: Feeds, rows: number, output: string) {
  const session = await ortNode.InferenceSession.create(path);
  const tensors = Object.entries(feeds).map(([name, input]) => {
    const shape = [rows, ...sizesOf(input, rows)];
    const tensor =
      input.dtype === 'string'
        ? new ortNode.Tensor('string', [...input.values], shape)
        : new ortNode.Tensor(input.dtype, input.values, shape);
    return [name, tensor] as const;
  });
  const answers = await session.run(Object.fromEntries(tensors));
  await session.release();
  return Float64Array.from((answers[output]?.data ?? []) as Float32Array | Float64Array);
}

async function onPython(path: string, feeds: Feeds, rows: number, output: string) {
  const listed = Object.entries(feeds).map(([name, input]) => {
    const { dtype, values } = input;
    return [
      name,
      { dtype, sizes: sizesOf(input, rows), values: Array.from<string | number>(values) },
    ];
  });
  const script = fileURLToPath(new URL('onnx_models.py', import.meta.url));
  const input = JSON.stringify([{ path, feeds: Object.fromEntries(listed) as unknown }]);
  const [answer] = JSON.parse(await runPython(script, { input })) as {
    readonly outputs: Readonly<Record<string, { readonly values: readonly (number | null)[] }>>;
  }[];
  return Float64Array.from(answer?.outputs[output]?.values ?? [], (value) => value ?? NaN);
}
