import { spawn } from 'node:child_process';
import { inject } from 'vitest';

export interface Sitting {
  /** Null where it was killed. */
  readonly code: number | null;
  readonly stderr: string;
}

/**
 * Runs the command line in a folder until it ends, or for so many milliseconds.
 * @param options.signal what ends it then; `SIGKILL` where absent
 * @param options.from when they begin: at the start of the process, or of the training, which is so where absent
 * @param options.killer gets what ends it, for a moment of its own
 */
export function sitFor(
  folder: string,
  args: readonly string[],
  ms: number,
  options: {
    readonly signal?: NodeJS.Signals;
    readonly from?: 'process' | 'training';
    readonly killer?: (kill: () => void) => void;
  } = {},
): Promise<Sitting> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [inject('commandLine'), ...args], {
      cwd: folder,
      // Checkpoints belong to a commit; a test may not see it change under its run.
      env: { ...process.env, GIT_DIR: '/nowhere' },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let stderr = '';
    const kill = (): void => void child.kill(options.signal ?? 'SIGKILL');
    let timer = options.from === 'process' ? setTimeout(kill, ms) : undefined;
    options.killer?.(kill);
    child.stderr.setEncoding('utf8');
    child.stderr.on('data', (text: string) => {
      stderr += text;
      if (/ training, /.test(stderr)) timer ??= setTimeout(kill, ms);
    });
    child.on('error', reject);
    child.on('close', (code) => {
      clearTimeout(timer);
      resolve({ code, stderr });
    });
  });
}
