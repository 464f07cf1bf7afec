import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as ortNode from 'onnxruntime-node';
import { expect } from 'vitest';
import type { Table } from '#core/data/table.ts';
import type { GraphInput } from '#core/engine.ts';
import type { Contract } from '#core/spec/contract.ts';
import { openModelOnNode } from '#engine/node-inference.ts';
import { feedsOf } from './feeds.ts';
import { runPython } from './python.ts';

/** By output, row-major. */
type Answers = Readonly<Record<string, ArrayLike<unknown>>>;

interface ExportedFile {
  readonly title: string;
  readonly path: string;
  readonly contract: Contract;
  readonly feeds: Readonly<Record<string, GraphInput>>;
  /** As onnxruntime-web gives them. */
  readonly web: Answers;
}

/** The ONNX files of many runs, over rows of cells: Python, which takes long to start, is asked about all of them at once. */
export class ExportedFiles {
  readonly #folder = mkdtempSync(join(tmpdir(), 'terrarium-exported-'));
  readonly #files: ExportedFile[] = [];

  get count(): number {
    return this.#files.length;
  }

  /** Holds what a file gives for these rows in onnxruntime-web against onnxruntime-node. */
  async add(title: string, bytes: Uint8Array, contract: Contract, rows: Table): Promise<void> {
    const path = join(this.#folder, `${this.count}.onnx`);
    writeFileSync(path, bytes);
    const feeds = feedsOf(contract, rows);
    const session = await openModelOnNode(bytes);
    const web = await session.run(feeds, rows.rowCount);
    await session.release();
    const file = { title, path, contract, feeds, web };
    this.#files.push(file);
    expectSame(file, await onNode(path, feeds, rows.rowCount));
  }

  /** Holds all of them against Python's onnxruntime, after onnx.checker. */
  async expectSameInPython(): Promise<void> {
    const requests = this.#files.map(({ path, feeds }) => ({
      path,
      feeds: Object.fromEntries(
        Object.entries(feeds).map(([name, { dtype, values }]) => [
          name,
          { dtype, values: Array.from<string | number>(values) },
        ]),
      ),
    }));
    const script = fileURLToPath(new URL('onnx_models.py', import.meta.url));
    const answers = JSON.parse(await runPython(script, { input: JSON.stringify(requests) })) as {
      readonly outputs: Readonly<Record<string, { readonly values: readonly unknown[] }>>;
    }[];
    for (const [i, file] of this.#files.entries()) {
      const outputs = Object.entries(answers[i]?.outputs ?? {});
      expectSame(file, Object.fromEntries(outputs.map(([name, { values }]) => [name, values])));
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function onNode(path: string, feeds: ExportedFile['feeds'], rows: number): Promise<Answers> {
  const session = await ortNode.InferenceSession.create(path);
  const tensors = Object.entries(feeds).map(([name, { dtype, values }]) => {
    const data = dtype === 'string' ? [...values] : values;
    return [name, new ortNode.Tensor(dtype, data, [rows, 1])] as const;
  });
  const results = await session.run(Object.fromEntries(tensors));
  await session.release();
  return Object.fromEntries(
    Object.entries(results).map(([name, { data }]) => [name, data as ArrayLike<unknown>]),
  );
}

/** Numbers within 1e-5: of values in units of the target's deviation, of others above 1 as a share. */
function expectSame({ title, contract, web }: ExportedFile, others: Answers): void {
  const { standardDeviation = 1, mean = 0 } = contract.target;
  const names = Object.keys(web).filter((name) => name !== 'label');
  expect(names.length, title).toBeGreaterThan(0);
  for (const name of names) {
    const own = web[name] ?? [];
    expect(own.length, `${title}: ${name}`).toBeGreaterThan(0);
    expect(others[name], `${title}: ${name}`).toHaveLength(own.length);
    for (let i = 0; i < own.length; i += 1) {
      const [value, other] = [Number(own[i]), Number(others[name]?.[i] ?? NaN)];
      if (value === other) continue;
      const size = name === 'value' ? Math.abs(value - mean) : Math.abs(value);
      const unit = Math.max(name === 'value' ? standardDeviation : 1, size);
      if (!(Math.abs(value - other) <= 1e-5 * unit)) {
        expect.fail(`${title}: ${name} ${i} is ${other}, and ${value} in onnxruntime-web`);
      }
    }
  }
}
