// Serves a built page. Every answer, an error too, carries the security headers: a worker's policy comes with the
// worker's own file, so one file without them would be a way out.
import { createServer, STATUS_CODES } from 'node:http';
import sirv from 'sirv';
import { securityHeaders } from './headers.mjs';

const headers = securityHeaders();

/** Types that the server must get right and that its table lacks. */
const contentTypes = [
  [/\.onnx$/, 'application/octet-stream'],
  [/\.csv$/, 'text/csv;charset=utf-8'],
  [/\/LICENSE$/, 'text/plain;charset=utf-8'],
];

/**
 * Serves a folder until it is closed.
 *
 * @param {object} options
 * @param {string} options.directory the folder to serve
 * @param {string} [options.host] the address to listen on; this machine alone unless told
 * @param {number} [options.port] 0 takes any free port
 * @param {string} [options.base] the path under which the folder appears, with a slash at both ends
 * @returns {Promise<{ url: string, port: number, close: () => Promise<void> }>}
 * @throws {NodeJS.ErrnoException} with code EADDRINUSE when the port is taken
 */
export async function serve({ directory, host = '127.0.0.1', port = 0, base = '/' }) {
  if (!base.startsWith('/') || !base.endsWith('/')) {
    throw new Error(`invalid base: "${base}" must begin and end with a slash`);
  }
  // `dev` looks each file up when it is asked for, so that a new build is seen; `etag` lets the browser keep its copy.
  const files = sirv(directory, { dev: true, etag: true });
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    try {
      answer(files, base, request, response);
    } catch {
      refuse(response, 400);
    }
  });
  server.on('clientError', (/** @type {NodeJS.ErrnoException} */ error, socket) => {
    if (socket.writable && error.code !== 'ECONNRESET') socket.end(rawBadRequest());
    else socket.destroy();
  });

  await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(undefined));
  });
  const address = server.address();
  const actualPort = typeof address === 'object' && address !== null ? address.port : port;
  return {
    url: `http://${authority(host, actualPort)}${base}`,
    port: actualPort,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/**
 * @param {import('sirv').RequestHandler} files
 * @param {string} base
 * @param {import('node:http').IncomingMessage} request
 * @param {import('node:http').ServerResponse} response
 */
function answer(files, base, request, response) {
  const [path = '/'] = (request.url ?? '/').split(/[?#]/);
  const decoded = decodeURIComponent(path); // throws on a malformed escape
  const status = refusal(request.method, path, decoded, base);
  if (status === 405) response.setHeader('Allow', 'GET, HEAD');
  if (status === 308) response.setHeader('Location', base);
  if (status !== undefined) {
    refuse(response, status);
    return;
  }
  request.url = path.slice(base.length - 1);
  const type = contentTypes.find(([pattern]) => /** @type {RegExp} */ (pattern).test(decoded));
  if (type !== undefined) response.setHeader('Content-Type', String(type[1]));
  if (!isSimpleRange(request.headers.range)) delete request.headers.range;
  // A file that vanishes while it is sent ends this answer, not the server.
  response.once('pipe', (source) => source.once('error', () => response.destroy()));
  files(request, response, () => refuse(response, 404));
}

/**
 * @param {string | undefined} method
 * @param {string} path as it was sent
 * @param {string} decoded without its escapes
 * @param {string} base
 * @returns {number | undefined} the status of what is not looked up at all
 */
function refusal(method, path, decoded, base) {
  if (method !== 'GET' && method !== 'HEAD') return 405;
  if (!path.startsWith('/') || /[\0\\]/.test(decoded)) return 400;
  if (`${path}/` === base) return 308;
  const segments = decoded.split('/');
  const isHidden = segments.some((segment) => segment.startsWith('.') && segment !== '.well-known');
  return !path.startsWith(base) || isHidden ? 404 : undefined;
}

/**
 * Whether a Range header is one that the file server can answer; others are ignored, as HTTP allows.
 *
 * @param {string | undefined} range
 */
function isSimpleRange(range) {
  const match = /^bytes=(\d+)-(\d*)$/.exec(range ?? '');
  if (match === null) return false;
  const [, start = '', end = ''] = match;
  return end === '' || (Number(end) > 0 && Number(start) <= Number(end));
}

/**
 * @param {import('node:http').ServerResponse} response
 * @param {number} status
 */
function refuse(response, status) {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.statusCode = status;
  response.setHeader('Content-Type', 'text/plain;charset=utf-8');
  response.end(`${status} ${STATUS_CODES[status] ?? ''}\n`);
}

/** @returns {string} the answer to what is not HTTP at all */
function rawBadRequest() {
  const lines = Object.entries({ ...headers, Connection: 'close', 'Content-Length': '0' });
  return `HTTP/1.1 400 Bad Request\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
}

/**
 * @param {string} host
 * @param {number} port
 */
function authority(host, port) {
  if (host === '0.0.0.0' || host === '::') return `localhost:${port}`;
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}
