import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as ortNode from 'onnxruntime-node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FeatureColumn } from '#core/features/column.ts';
import { stepNamed, steps } from '#core/features/registry.ts';
import type { FitContext } from '#core/features/step.ts';
import { RandomStream } from '#core/random.ts';
import { openModelOnNode } from '#engine/node-inference.ts';
import { stepFeeds, stepGraph } from '../support/step-graph.ts';
import { runPython } from './python.ts';
import { stepCases } from './step-cases.ts';

interface PythonAnswer {
  readonly outputs: { readonly features0: { readonly values: readonly unknown[] } };
}

const folder = mkdtempSync(join(tmpdir(), 'terrarium-steps-'));
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const noTarget: FitContext = {
  task: 'regression',
  target: new Float64Array(0),
  outputs: 1,
  random: new RandomStream(1),
};

/** Every reference case as an ONNX file of the step alone, with the answers that `transform` gives for new rows. */
const files = stepCases.map(
  ({ name, step: stepName, train, new: rows, parameters, context }, i) => {
    const step = stepNamed(stepName);
    const state = step.fit(train, parameters, context ?? noTarget);
    const bytes = stepGraph(step, [{ state, columns: rows }]);
    const path = join(folder, `${i}.onnx`);
    writeFileSync(path, bytes);
    return { name, step, bytes, path, feeds: stepFeeds([rows]), own: step.transform(rows, state) };
  },
);

let python: readonly PythonAnswer[] = [];
beforeAll(async () => {
  const requests = files.map(({ path, feeds }) => ({
    path,
    feeds: Object.fromEntries(
      Object.entries(feeds).map(([name, { dtype, values }]) => [
        name,
        { dtype, values: Array.from<string | number>(values) },
      ]),
    ),
  }));
  const script = fileURLToPath(new URL('onnx_models.py', import.meta.url));
  python = JSON.parse(
    await runPython(script, { input: JSON.stringify(requests) }),
  ) as PythonAnswer[];
});

/** Row-major values against columns: numbers within 1e-7 of themselves. */
function expectSame(got: ArrayLike<unknown>, own: readonly FeatureColumn[]): void {
  const width = own.length;
  for (const [j, { name, kind, values }] of own.entries()) {
    const finite = Array.from<number | string, number>(values, (value) =>
      Math.abs(Number(value)),
    ).filter(Number.isFinite);
    const rounding = 1e-12 * Math.max(0, ...finite);
    for (const [row, wanted] of values.entries()) {
      const cell = got[row * width + j];
      if (kind === 'text' && cell === wanted) continue;
      const number = cell === null ? NaN : Number(cell);
      if (Object.is(number, NaN) && Object.is(wanted, NaN)) continue;
      const distance = Math.abs(number - Number(wanted));
      if (number === wanted || distance <= 1e-7 * Math.abs(Number(wanted)) + rounding) continue;
      expect.fail(`${name}, row ${row}: ${String(cell)}, not ${wanted}`);
    }
  }
}

it('every step for numbers or categories has a case', () => {
  const own = steps.filter(({ accepts }) =>
    accepts.some((type) => type === 'numeric' || type === 'categorical'),
  );
  const names = new Set(own.map(({ name }) => name));
  expect(new Set(stepCases.map(({ step }) => step))).toEqual(names);
});

describe.each(files.map((file, i) => [file.name, file, i] as const))(
  'the ONNX file of %s',
  (_, { bytes, path, feeds, own }, i) => {
    it('passes onnx.checker and answers in Python’s onnxruntime as transform does', () => {
      expectSame(python[i]?.outputs.features0.values ?? [], own);
    });

    it('answers in onnxruntime-node and onnxruntime-web as transform does', async () => {
      const rows = own[0]?.values.length ?? 0;
      const web = await openModelOnNode(bytes);
      expectSame((await web.run(feeds, rows))['features0'] ?? [], own);
      await web.release();

      const session = await ortNode.InferenceSession.create(path);
      const tensors = Object.entries(feeds).map(([name, { dtype, values }]) => {
        const data = dtype === 'string' ? [...values] : values;
        return [name, new ortNode.Tensor(dtype, data, [rows, 1])] as const;
      });
      const { features0 } = await session.run(Object.fromEntries(tensors));
      expectSame(features0?.data ?? [], own);
      await session.release();
    });
  },
);
