// The headers of every response: they are what makes "nothing leaves" a fact of the browser and not a promise.
// Plain JavaScript, because `npm start` needs them before anything is installed.

const policy = {
  'default-src': ["'self'"],
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  'connect-src': ["'self'"],
  'worker-src': ["'self'"],
  'style-src': ["'self'"],
  'img-src': ["'self'", 'blob:', 'data:'],
  'object-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
};

/**
 * @param {{ dev?: boolean }} [options] `dev` allows the inline styles of Vite's development server
 * @returns {string} the value of Content-Security-Policy
 */
export function contentSecurityPolicy({ dev = false } = {}) {
  return Object.entries(policy)
    .map(([directive, sources]) => {
      const relaxed = dev && directive === 'style-src' ? [...sources, "'unsafe-inline'"] : sources;
      return [directive, ...relaxed].join(' ');
    })
    .join('; ');
}

/**
 * @param {{ dev?: boolean }} [options] see {@link contentSecurityPolicy}
 * @returns {Record<string, string>} header name to value
 */
export function securityHeaders(options = {}) {
  return {
    'Content-Security-Policy': contentSecurityPolicy(options),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'X-Content-Type-Options': 'nosniff',
    'Referrer-Policy': 'no-referrer',
  };
}

/**
 * The same headers as a `_headers` file, which Netlify, Cloudflare Pages and others apply to every path.
 *
 * @returns {string}
 */
export function hostHeadersFile() {
  const lines = Object.entries(securityHeaders()).map(([name, value]) => `  ${name}: ${value}`);
  return ['/*', ...lines, ''].join('\n');
}
