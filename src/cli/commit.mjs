// Plain JavaScript on Node alone, for the build's configuration too.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

/** What is computed with: what else lies in a checkout changes no result. */
const sources = [':/src', ':/workers', ':/package-lock.json'];

/**
 * The commit of the code in a checkout, with a + behind it where the code has been changed since.
 *
 * @param {string} [folder] in it; that of this file where absent
 * @returns {string | null} null outside a git checkout
 */
export function commitOf(folder = fileURLToPath(new URL('.', import.meta.url))) {
  const git = (/** @type {string[]} */ ...words) =>
    execFileSync('git', ['--no-optional-locks', ...words], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    const isChanged = git('status', '--porcelain', '--', ...sources) !== '';
    return git('rev-parse', 'HEAD') + (isChanged ? '+' : '');
  } catch {
    return null;
  }
}
