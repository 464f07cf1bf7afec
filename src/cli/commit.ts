import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** Commit of the code that runs, or null outside a git checkout. */
export function currentCommit(): string | null {
  try {
    const folder = fileURLToPath(new URL('.', import.meta.url));
    return execFileSync('git', ['rev-parse', 'HEAD'], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return null;
  }
}
