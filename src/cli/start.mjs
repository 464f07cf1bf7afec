// `npm start`: installs what is missing, builds what is old, serves the page and says where.
import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { ensureBuilt, ensureInstalled, repository } from './prepare.mjs';

const usage = 'Usage: npm start -- [--port 4173] [--host 127.0.0.1]';
const usualPort = 4173;
const triedPorts = 20;

const { host, port } = readOptions();
try {
  await ensureInstalled();
  await ensureBuilt();
  const server = await listen();
  console.log(`Terrarium is at ${server.url}`);
  for (const address of host === '0.0.0.0' ? lanAddresses() : []) {
    console.log(`On your network: http://${address}:${server.port}/`);
  }
  console.log('Stop it with Ctrl+C.');
  const stop = () => void server.close().then(() => process.exit(0));
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  fail(error instanceof Error ? error.message : String(error), 1);
}

/** Listens on the port that was asked for, or on the first free one from the usual port on. */
async function listen() {
  const { serve } = await import('./serve.mjs'); // needs an installed package
  const directory = join(repository, 'dist');
  const ports =
    port === undefined ? Array.from({ length: triedPorts }, (_, i) => usualPort + i) : [port];
  for (const candidate of ports) {
    try {
      return await serve({ directory, host, port: candidate });
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EADDRINUSE') throw error;
    }
  }
  throw new Error(
    port === undefined
      ? `The ports ${usualPort} to ${usualPort + triedPorts - 1} are all taken: choose one with --port.`
      : `Port ${port} is taken: choose another with --port.`,
  );
}

/** @returns {{ host: string, port: number | undefined }} */
function readOptions() {
  try {
    const { values } = parseArgs({
      options: { host: { type: 'string', default: '127.0.0.1' }, port: { type: 'string' } },
    });
    const chosen = values.port === undefined ? undefined : Number(values.port);
    if (chosen !== undefined && !(Number.isInteger(chosen) && chosen >= 0 && chosen <= 65_535)) {
      throw new Error(
        `invalid port: "${String(values.port)}" is not a whole number from 0 to 65535`,
      );
    }
    return { host: values.host, port: chosen };
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n${usage}`, 2);
  }
}

/** @returns {string[]} this machine's addresses on its networks, for a workshop */
function lanAddresses() {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
}

/**
 * @param {string} message
 * @param {number} code
 * @returns {never}
 */
function fail(message, code) {
  console.error(message);
  process.exit(code);
}
