import { execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { promisify } from 'node:util';
import { afterAll, expect, inject, it } from 'vitest';
import { birdsCsv, Workshop } from '../support/cli.ts';

const workshop = new Workshop();
afterAll(() => workshop.remove());

it('a run goes on where nobody reads of its progress any more', async () => {
  workshop.write('birds.csv', birdsCsv);
  const code = await new Promise<number | null>((resolve, reject) => {
    const args = [
      ...['run', '--data', 'birds.csv', '--target', 'species', '--out', 'out', '--backend', 'wasm'],
      ...['--set', 'candidates=[{name: baseline, model: majority}]'],
    ];
    const child = spawn(process.execPath, [inject('commandLine'), ...args], {
      cwd: workshop.folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    // As `2>&1 | head -1` does.
    child.stderr.once('data', () => child.stderr.destroy());
    child.on('error', reject);
    child.on('close', resolve);
  });
  expect(code).toBe(0);
  expect(workshop.record('out/run.json').status).toBe('finished');
}, 180_000);

it.runIf(existsSync('/dev/full'))(
  'an output that takes no more is said in a sentence',
  async () => {
    const call = `"$0" "$1" contract out/run.json > /dev/full`;
    const args = ['-c', call, process.execPath, inject('commandLine')];
    const told = await promisify(execFile)('bash', args, { cwd: workshop.folder }).catch(
      (error: unknown) => error as { readonly code: number; readonly stderr: string },
    );
    expect(told).toHaveProperty('code', 2);
    expect(told.stderr).toMatch(/^terrarium: The output/);
    expect(told.stderr).not.toContain('    at ');
  },
);
