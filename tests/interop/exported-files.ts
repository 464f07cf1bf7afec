import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import type { Table } from '#core/data/table.ts';
import type { Contract } from '#core/spec/contract.ts';
import { feedsOf } from './feeds.ts';
import {
  answersInPython,
  answersOnNode,
  answersOnWeb,
  valuesOf,
  type Answers,
  type Question,
} from './runtimes.ts';

interface ExportedFile extends Question {
  readonly title: string;
  readonly contract: Contract;
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
    await this.addFed(title, bytes, contract, {
      feeds: feedsOf(contract, rows),
      rows: rows.rowCount,
    });
  }

  /** The same for what goes into the graph, as of images. */
  async addFed(
    title: string,
    bytes: Uint8Array,
    contract: Contract,
    { feeds, rows }: Omit<Question, 'path'>,
  ): Promise<void> {
    const path = join(this.#folder, `${this.count}.onnx`);
    writeFileSync(path, bytes);
    const web = await answersOnWeb(bytes, feeds, rows);
    const file = { title, path, contract, feeds, rows, web };
    this.#files.push(file);
    expectSame(file, await answersOnNode(file));
  }

  /** Holds all of them against Python's onnxruntime, after onnx.checker. */
  async expectSameInPython(): Promise<void> {
    const answers = await answersInPython(this.#files);
    for (const [i, file] of this.#files.entries()) {
      const answer = answers[i];
      expectSame(file, answer === undefined ? {} : valuesOf(answer));
    }
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
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
