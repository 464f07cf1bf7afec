import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repository } from '#cli/prepare.mjs';
import { ensurePython, venvPython } from '../../runner/requirements.mjs';
import type { BenchEntry } from '../entry.ts';

const script = join(repository, 'tests', 'bench', 'peers', 'penguins_run.py');

export const penguinsRun: BenchEntry = {
  name: 'penguins-run',
  what: 'the whole command `terrarium run examples/penguins.yaml`, from a cold process to written files (with ONNX export and parity check, which the peer has not)',
  peerName: 'the same pipeline in scikit-learn',
  unit: 's',
  better: 'less',
  repeats: 5,
  prepare: async () => {
    const missing = await ensurePython();
    if (missing !== undefined) throw new Error(missing);
    const folder = mkdtempSync(join(tmpdir(), 'terrarium-bench-'));
    const run = ['run', '-s', 'terrarium', '--', 'run', 'examples/penguins.yaml', '--out'];
    return {
      ours: () => seconds('npm', [...run, join(folder, 'ours')]),
      peer: () => seconds(venvPython, [script, join(folder, 'peer')]),
      close: async () => rmSync(folder, { recursive: true }),
    };
  },
};

/** The wall time of a program. Rejects with what it said when it fails. */
function seconds(command: string, args: readonly string[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const startedMs = performance.now();
    const child = spawn(command, args, { cwd: repository, stdio: ['ignore', 'ignore', 'pipe'] });
    const errors: Buffer[] = [];
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve((performance.now() - startedMs) / 1000);
      else
        reject(
          new Error(`${command} ended with ${String(code)}: ${Buffer.concat(errors).toString()}`),
        );
    });
  });
}
