import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FeatureColumn } from '#core/features/column.ts';
import { stepNamed, steps } from '#core/features/registry.ts';
import type { FitContext } from '#core/features/step.ts';
import { RandomStream } from '#core/random.ts';
import { stepFeeds, stepGraph } from '../support/step-graph.ts';
import { answersInPython, answersOnNode, answersOnWeb, type PythonAnswer } from './runtimes.ts';
import { stepCases } from './step-cases.ts';

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
    const own = step.transform(rows, state);
    const feeds = stepFeeds([rows]);
    return { name, bytes, path, feeds, rows: own[0]?.values.length ?? 0, own };
  },
);

let python: readonly PythonAnswer[] = [];
beforeAll(async () => {
  python = await answersInPython(files);
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
  (_, file, i) => {
    const { bytes, feeds, rows, own } = file;

    it('passes onnx.checker and answers in Python’s onnxruntime as transform does', () => {
      expectSame(python[i]?.outputs['features0']?.values ?? [], own);
    });

    it('answers in onnxruntime-node and onnxruntime-web as transform does', async () => {
      expectSame((await answersOnWeb(bytes, feeds, rows))['features0'] ?? [], own);
      expectSame((await answersOnNode(file))['features0'] ?? [], own);
    });
  },
);
