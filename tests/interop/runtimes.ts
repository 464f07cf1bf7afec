import { fileURLToPath } from 'node:url';
import * as ortNode from 'onnxruntime-node';
import type { GraphInput } from '#core/engine.ts';
import { openModelOnNode } from '#engine/node-inference.ts';
import { runPython } from './python.ts';

/** Columns [rows, 1], windows [rows, width], or images [rows, height, width, channels], by input. */
export type Feeds = Readonly<Record<string, GraphInput>>;

/** By output, row-major. */
export type Answers = Readonly<Record<string, ArrayLike<unknown>>>;

/** An ONNX file, and rows to ask it about. */
export interface Question {
  readonly path: string;
  readonly feeds: Feeds;
  readonly rows: number;
}

/** What Python says of a file that passes onnx.checker. */
export interface PythonAnswer {
  readonly outputs: Readonly<
    Record<string, { readonly shape: readonly number[]; readonly values: readonly unknown[] }>
  >;
  /** Type and shape of each. */
  readonly inputs: Readonly<Record<string, readonly [string, readonly (string | number)[]]>>;
  readonly metadata: Readonly<Record<string, string>>;
}

export async function answersOnWeb(
  bytes: Uint8Array,
  feeds: Feeds,
  rows: number,
): Promise<Answers> {
  const session = await openModelOnNode(bytes);
  try {
    return await session.run(feeds, rows);
  } finally {
    await session.release();
  }
}

export async function answersOnNode({ path, feeds, rows }: Question): Promise<Answers> {
  const session = await ortNode.InferenceSession.create(path);
  const tensors = Object.entries(feeds).map(([name, input]) => {
    const shape = [rows, ...sizesOf(input, rows)];
    const data = input.dtype === 'string' ? [...input.values] : input.values;
    return [name, new ortNode.Tensor(input.dtype, data, shape)] as const;
  });
  const results = await session.run(Object.fromEntries(tensors));
  await session.release();
  return Object.fromEntries(
    Object.entries(results).map(([name, { data }]) => [name, data as ArrayLike<unknown>]),
  );
}

/** All files in one start of Python, which takes long. */
export async function answersInPython(
  questions: readonly Question[],
): Promise<readonly PythonAnswer[]> {
  const requests = questions.map(({ path, feeds, rows }) => ({
    path,
    feeds: Object.fromEntries(
      Object.entries(feeds).map(([name, input]) => {
        const { dtype, values } = input;
        const listed = Array.from<string | number>(values);
        return [name, { dtype, sizes: sizesOf(input, rows), values: listed }];
      }),
    ),
  }));
  const script = fileURLToPath(new URL('onnx_models.py', import.meta.url));
  return JSON.parse(
    await runPython(script, { input: JSON.stringify(requests) }),
  ) as readonly PythonAnswer[];
}

/** The values alone, as the other runtimes give them. */
export function valuesOf({ outputs }: PythonAnswer): Answers {
  return Object.fromEntries(Object.entries(outputs).map(([name, { values }]) => [name, values]));
}

function sizesOf({ sizes, values }: GraphInput, rows: number): readonly number[] {
  return sizes ?? [values.length / rows];
}
