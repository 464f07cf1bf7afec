import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contentSecurityPolicy, hostHeadersFile, securityHeaders } from '#cli/headers.mjs';
import { serve } from '#cli/serve.mjs';

const folder = mkdtempSync(join(tmpdir(), 'terrarium-serve-'));
const directory = join(folder, 'dist');
let root: Awaited<ReturnType<typeof serve>>;
let below: Awaited<ReturnType<typeof serve>>;

beforeAll(async () => {
  mkdirSync(join(directory, 'assets'), { recursive: true });
  mkdirSync(join(directory, '.vite'));
  writeFileSync(join(folder, 'secret.txt'), 'outside');
  writeFileSync(join(folder, 'dist-secret.txt'), 'outside');
  writeFileSync(join(directory, '.vite', 'manifest.json'), '{}');
  writeFileSync(join(directory, 'index.html'), '<!doctype html><title>x</title>');
  for (const name of [
    'w.js',
    'w.mjs',
    'w.wasm',
    'w.onnx',
    'w.csv',
    'w.css',
    'LICENSE',
    'a b.csv',
  ]) {
    writeFileSync(join(directory, 'assets', name), '0123456789');
  }
  root = await serve({ directory });
  below = await serve({ directory, base: '/some/path/' });
});

afterAll(async () => {
  await Promise.all([root.close(), below.close()]);
  rmSync(folder, { recursive: true });
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: string;
}

/** A request with its path sent as it is: fetch would tidy it up first. */
function ask(path: string, options: { method?: string; headers?: Record<string, string> } = {}) {
  return new Promise<Answer>((resolve, reject) => {
    const sent = request({ port: root.port, host: '127.0.0.1', path, ...options }, (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (body += chunk));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

function expectSecurityHeaders(answer: Answer) {
  for (const [name, value] of Object.entries(securityHeaders())) {
    expect(answer.headers[name.toLowerCase()], `${name} of a ${answer.status}`).toBe(value);
  }
}

describe('the security headers', () => {
  test.each([
    ['a page', 200, '/', {}],
    ['a script', 200, '/assets/w.js', {}],
    ['a worker module', 200, '/assets/w.mjs', {}],
    ['wasm', 200, '/assets/w.wasm', {}],
    ['a part of a file', 206, '/assets/w.csv', { headers: { range: 'bytes=2-4' } }],
    ['a missing file', 404, '/nothing.js', {}],
    ['a folder', 404, '/assets/', {}],
    ['a range outside the file', 416, '/assets/w.csv', { headers: { range: 'bytes=99-' } }],
    ['another method', 405, '/', { method: 'POST' }],
    ['a malformed escape', 400, '/%E0%A4%A', {}],
  ])('come with %s', async (_what, status, path, options) => {
    const answer = await ask(path, options);
    expect(answer.status).toBe(status);
    expectSecurityHeaders(answer);
  });

  test('come with a 304', async () => {
    const first = await ask('/assets/w.js');
    const again = await ask('/assets/w.js', {
      headers: { 'if-none-match': String(first.headers.etag) },
    });
    expect(again.status).toBe(304);
    expectSecurityHeaders(again);
  });

  test('come even with the answer to what is not HTTP', async () => {
    const answer = await new Promise<string>((resolve, reject) => {
      let text = '';
      const socket = connect(root.port, '127.0.0.1', () => socket.write('nonsense\r\n\r\n'));
      socket.on('data', (chunk) => (text += chunk.toString()));
      socket.on('close', () => resolve(text));
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 /);
    expect(answer).toContain(`Content-Security-Policy: ${contentSecurityPolicy()}\r\n`);
  });

  test('are written for static hosts too', () => {
    expect(hostHeadersFile()).toMatch(/^\/\*\n {2}Content-Security-Policy: default-src 'self'; /);
  });

  test('allow inline styles only to the development server', () => {
    expect(contentSecurityPolicy()).not.toContain('unsafe-inline');
    expect(contentSecurityPolicy({ dev: true })).toContain("style-src 'self' 'unsafe-inline'");
  });
});

test.each([
  ['index.html', '/', 'text/html'],
  ['.js', '/assets/w.js', 'text/javascript'],
  ['.mjs', '/assets/w.mjs', 'text/javascript'],
  ['.wasm', '/assets/w.wasm', 'application/wasm'],
  ['.onnx', '/assets/w.onnx', 'application/octet-stream'],
  ['.csv', '/assets/w.csv', 'text/csv'],
  ['.css', '/assets/w.css', 'text/css'],
  ['a name without a dot', '/assets/LICENSE', 'text/plain'],
  ['a name with a space', '/assets/a%20b.csv', 'text/csv'],
])('%s has the right type', async (_what, path, type) => {
  const { status, headers } = await ask(path);
  expect(status).toBe(200);
  expect(String(headers['content-type']).split(';')[0]).toBe(type);
});

test.each([
  '/../secret.txt',
  '/../dist-secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/assets/../../secret.txt',
  '/..%5csecret.txt',
  '/%00',
  '/assets/w.csv%00.js',
  '/.vite/manifest.json',
  '//../secret.txt',
  'http://elsewhere/secret.txt',
  `/${'a'.repeat(5000)}`,
])('%s is refused', async (path) => {
  const { status, body } = await ask(path);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(status).toBeLessThan(500);
  expect(body).not.toContain('outside');
});

test.each(['bytes=5-2', 'bytes=-3', 'bytes=0-1,3-4', 'lines=1-2', 'bytes=x'])(
  'a range that it cannot answer (%s) gets the whole file',
  async (range) => {
    const { status, body } = await ask('/assets/w.csv', { headers: { range } });
    expect(status).toBe(200);
    expect(body).toBe('0123456789');
  },
);

test('HEAD gives the headers alone', async () => {
  const { status, headers, body } = await ask('/assets/w.csv', { method: 'HEAD' });
  expect([status, headers['content-length'], body]).toEqual([200, '10', '']);
});

test('a file that changes is seen without a restart', async () => {
  writeFileSync(join(directory, 'new.txt'), 'one');
  expect((await ask('/new.txt')).body).toBe('one');
  rmSync(join(directory, 'new.txt'));
  expect((await ask('/new.txt')).status).toBe(404);
});

describe('under a sub-path', () => {
  test('the page is there, and only there', async () => {
    expect(below.url).toMatch(/\/some\/path\/$/);
    expect(await (await fetch(below.url)).text()).toContain('<title>');
    expect((await fetch(new URL('assets/w.js', below.url))).status).toBe(200);
    expect((await fetch(new URL('/index.html', below.url))).status).toBe(404);
  });

  test('the path without its last slash leads to the page', async () => {
    const answer = await fetch(below.url.slice(0, -1));
    expect(answer.redirected).toBe(true);
    expect(answer.status).toBe(200);
  });

  test('a base without its slashes is refused', async () => {
    await expect(serve({ directory, base: 'x' })).rejects.toThrow('invalid base: "x"');
  });
});

test('a port that is taken is an error', async () => {
  await expect(serve({ directory, port: root.port })).rejects.toThrow('EADDRINUSE');
});
