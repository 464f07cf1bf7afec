import { spawn } from 'node:child_process';
import { resolve as resolvePath } from 'node:path';
import { venvPython } from '../runner/requirements.mjs';
import { runReady, type Call, type Ended } from './ready-python.ts';

/**
 * Runs a script in the interop environment (numpy, scipy, scikit-learn, onnx, onnxruntime).
 *
 * @param script path of a Python file
 * @param options `input` goes to its standard input; `cwd` is the folder it runs in
 * @returns what it printed on standard output
 * @throws Error with what it printed on standard error when its exit code is not 0
 */
export async function runPython(
  script: string,
  options: { args?: readonly string[]; input?: string; cwd?: string } = {},
): Promise<string> {
  const { args = [], input = '', cwd = process.cwd() } = options;
  const call = { script: resolvePath(cwd, script), args, input, cwd };
  // Only there a process with these packages loaded can be forked.
  const { code, output, errors } = await (process.platform === 'linux' ? runReady : runAlone)(call);
  if (code !== 0) throw new Error(`${script} ended with ${String(code)}: ${errors}`);
  return output;
}

function runAlone({ script, args, input, cwd }: Call): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(venvPython, [script, ...args], {
      env: { ...process.env, OMP_NUM_THREADS: '1' },
      cwd,
    });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({
        code: code ?? -1,
        output: Buffer.concat(output).toString('utf8'),
        errors: Buffer.concat(errors).toString('utf8'),
      });
    });
    child.stdin.end(input);
  });
}
