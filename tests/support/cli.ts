import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, inject } from 'vitest';
import type { RunRecord } from '#core/spec/run-record.ts';
import { noise, tableOf } from './experiment.ts';
import { expectSentence } from './refusal.ts';

const repository = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Most calls of the short run are over before V8 has compiled onnxruntime for speed, and would only wait for it: two of
 * three seconds of the processor. Either compiler gives the same bits, and the long run uses both, as a person's call does.
 */
const nodeFlags = process.env.TERRARIUM_LONG === '1' ? [] : ['--liftoff-only'];

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** An empty folder of its own, where commands run; `remove` takes it away. */
export class Workshop {
  readonly folder = mkdtempSync(join(tmpdir(), 'terrarium-cli-'));

  write(name: string, content: string | Uint8Array): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
    return name;
  }

  read(name: string): string {
    return readFileSync(join(this.folder, name), 'utf8');
  }

  record(name: string): RunRecord {
    return JSON.parse(this.read(name)) as RunRecord;
  }

  /** Writes a copy of a run.json with something changed, beside the original. */
  tamper(from: string, to: string, change: (record: Mutable<RunRecord>) => void): string {
    const record: Mutable<RunRecord> = this.record(from);
    change(record);
    return this.write(to, JSON.stringify(record, null, 2));
  }

  /** Runs the real command line here, and checks what is owed by every command: no stack trace. */
  async terrarium(...args: string[]): Promise<Finished> {
    const call = [...nodeFlags, inject('commandLine'), ...args];
    const finished = await execute(process.execPath, call, this.folder);
    expect(`${finished.stderr}\n${finished.stdout}`).not.toMatch(
      /^\s+at .+:\d+:\d+|node:internal|UnhandledPromise|ExperimentalWarning|DeprecationWarning/m,
    );
    return finished;
  }

  /** Runs the default spec on the birds' species, into the folder `out`. */
  async runBirds(): Promise<void> {
    this.write('birds.csv', birdsCsv);
    const { code, stderr } = await this.terrarium(
      ...['run', '--data', 'birds.csv', '--target', 'species', '--backend', 'wasm'],
      ...['--out', 'out', '--set', 'evaluation.resamples=100'],
    );
    expect(code, stderr).toBe(0);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

type Mutable<T> = T extends object ? { -readonly [Key in keyof T]: Mutable<T[Key]> } : T;

/** The same through npm, in the repository, as the README says. */
export function npmTerrarium(...args: string[]): Promise<Finished> {
  return execute('npm', ['run', '-s', 'terrarium', '--', ...args], repository);
}

function execute(command: string, args: readonly string[], cwd: string): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      resolve({
        code,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      });
    });
  });
}

/** A wrong call: exit code 2, nothing on stdout, and on stderr a sentence that says the given things. */
export function expectWrongCall(finished: Finished, ...said: readonly (string | RegExp)[]): void {
  expect(finished.code, finished.stderr).toBe(2);
  expect(finished.stdout).toBe('');
  const [first = ''] = finished.stderr.trim().split('\n');
  expectSentence(first);
  for (const part of said) expect(finished.stderr).toMatch(part);
}

/** The error object that `--json` puts on stderr, alone there. */
export function errorObject(finished: Finished): {
  code: string;
  message: string;
  details?: { path?: string };
} {
  const parsed = JSON.parse(finished.stderr) as { error?: unknown };
  return (parsed.error ?? parsed) as ReturnType<typeof errorObject>;
}

/** A small table of birds: two species that differ in mass, an island, missing cells, and row numbers. */
export const birdsCsv = tableOf(90, {
  id: (row) => row + 1,
  species: (row) => (row % 2 === 0 ? 'Adelie' : 'Gentoo'),
  island: (row) => (row % 17 === 0 ? 'NA' : noise(row, 1) > 0.5 ? 'Dream' : 'Biscoe'),
  mass: (row) => (row % 23 === 3 ? '' : (3500 + (row % 2) * 1400 + 300 * noise(row, 2)).toFixed(0)),
  flipper: (row) => (185 + (row % 2) * 30 + 8 * noise(row, 3)).toFixed(1),
});
