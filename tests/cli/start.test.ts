import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ensureBuilt, repository } from '#cli/prepare.mjs';

/** `npm start` without npm, which would stand between the test and the signals. */
function start(args: string[]) {
  const child = spawn(process.execPath, [join(repository, 'src/cli/start.mjs'), ...args]);
  const output = { text: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.text += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.text += chunk.toString()));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, output, ended };
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'prints its address, serves the page and stops on %s',
  async (signal) => {
    await ensureBuilt();
    const { child, output, ended } = start(['--port', '0']);
    await expect.poll(() => output.text, { timeout: 20_000 }).toContain('Stop it with Ctrl+C.');
    const url = /Terrarium is at (http:\/\/127\.0\.0\.1:\d+\/)/.exec(output.text)?.[1] ?? '';
    const answer = await fetch(url);
    expect(await answer.text()).toContain('Terrarium');
    expect(answer.headers.get('content-security-policy')).toContain("connect-src 'self'");
    child.kill(signal);
    expect(await ended).toBe(0);
  },
  120_000,
);

test('a port that is taken is named', async () => {
  await ensureBuilt();
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' ? String(address?.port) : '';
  const { output, ended } = start(['--port', port]);
  expect(await ended).toBe(1);
  expect(output.text).toBe(`Port ${port} is taken: choose another with --port.\n`);
  other.close();
}, 120_000);

test.each([['--port', 'x'], ['--port', '70000'], ['--colour'], ['stray']])(
  'a wrong call (%s %s) says how to call it',
  async (...args) => {
    const { output, ended } = start(args);
    expect(await ended).toBe(2);
    expect(output.text).toContain('Usage: npm start');
  },
);
