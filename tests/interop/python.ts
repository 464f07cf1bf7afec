import { spawn } from 'node:child_process';
import { venvPython } from '../runner/requirements.mjs';

/**
 * Runs a script in the interop environment (numpy, scipy, scikit-learn, onnx, onnxruntime).
 *
 * @param script path of a Python file
 * @param options `input` goes to its standard input; `cwd` is the folder it runs in
 * @returns what it printed on standard output
 * @throws Error with what it printed on standard error when its exit code is not 0
 */
export function runPython(
  script: string,
  options: { args?: readonly string[]; input?: string; cwd?: string } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(venvPython, [script, ...(options.args ?? [])], {
      env: { ...process.env, OMP_NUM_THREADS: '1' },
      cwd: options.cwd,
    });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve(Buffer.concat(output).toString('utf8'));
      else
        reject(
          new Error(
            `${script} ended with ${String(code)}: ${Buffer.concat(errors).toString('utf8')}`,
          ),
        );
    });
    child.stdin.end(options.input ?? '');
  });
}
