/** What the page's Content-Security-Policy forbids, in words; read from the server's own answer. */
export interface PolicyReport {
  /** The header as it was sent; null where the page came without one. */
  readonly header: string | null;
  readonly rules: readonly PolicyRule[];
  /** Whether no script, image or worker may reach another host. */
  readonly sealed: boolean;
}

export interface PolicyRule {
  readonly directive: string;
  readonly sources: string;
  readonly meaning: string;
}

const meanings: Readonly<Record<string, string>> = {
  'default-src': 'Anything not named below may come from this server only.',
  'connect-src': 'Scripts and workers may send and fetch only to and from this server.',
  'script-src': 'Code comes from this server only; WebAssembly may be compiled.',
  'worker-src': 'Workers come from this server only.',
  'style-src': 'Styles come from this server only.',
  'img-src': 'Images come from this server or are made in the page; none can carry data away.',
  'object-src': 'No plug-ins.',
  'base-uri': 'Nobody can redirect the page’s own addresses.',
  'form-action': 'No form can be sent anywhere.',
};

const local = new Set([
  ...["'self'", "'none'", "'wasm-unsafe-eval'", "'unsafe-inline'"],
  ...['blob:', 'data:'],
]);

/** Asks the server for this page's headers. @throws TypeError where it can't be reached */
export async function readPolicy(): Promise<PolicyReport> {
  const page = location.href.replace(/#.*$/, '');
  const response = await fetch(page, { method: 'HEAD', cache: 'no-store' });
  return describePolicy(response.headers.get('Content-Security-Policy'));
}

/** A policy's directives, in its order, and whether it seals the page. */
export function describePolicy(header: string | null): PolicyReport {
  if (header === null) return { header, rules: [], sealed: false };
  const directives = new Map<string, readonly string[]>();
  for (const part of header.split(';')) {
    const [name = '', ...sources] = part.trim().split(/\s+/);
    if (name !== '' && !directives.has(name)) directives.set(name, sources);
  }
  // Directives for fetching fall back to default-src; form-action falls back to nothing.
  const needed = ['default-src', 'form-action'].every((name) => directives.has(name));
  const sealed =
    needed &&
    [...directives]
      .filter(([name]) => name.includes('-src') || name === 'form-action')
      .every(([, sources]) => sources.every((source) => local.has(source)));
  const rules = [...directives].map(([directive, sources]) => ({
    directive,
    sources: sources.join(' '),
    meaning: sealed ? (meanings[directive] ?? '') : '',
  }));
  return { header, rules, sealed };
}

/** One request that this page made. */
export interface PageRequest {
  readonly url: string;
  /** Sent to the server that the page came from. */
  readonly own: boolean;
  readonly bytes: number;
}

/** Every request that the browser recorded for this page, in order; workers keep records of their own. */
export function pageRequests(): readonly PageRequest[] {
  const entries = [
    ...performance.getEntriesByType('navigation'),
    ...performance.getEntriesByType('resource'),
  ] as PerformanceResourceTiming[];
  return entries
    .filter((entry) => /^https?:/.test(entry.name))
    .map((entry) => ({
      url: entry.name,
      own: new URL(entry.name).origin === location.origin,
      bytes: entry.transferSize,
    }));
}

/**
 * Tries to send an empty request to another host. Only for a page whose policy is known to seal it.
 * @returns the directive that forbade it; null where the browser let it go
 */
export async function trySending(): Promise<string | null> {
  let forbidden: string | null = null;
  const hear = (event: SecurityPolicyViolationEvent): void => {
    forbidden = event.effectiveDirective;
  };
  document.addEventListener('securitypolicyviolation', hear);
  try {
    await fetch('https://example.com/', { method: 'POST', mode: 'no-cors' });
  } catch {
    // The violation is reported in a task of its own.
    await new Promise((resolve) => setTimeout(resolve, 100));
  } finally {
    document.removeEventListener('securitypolicyviolation', hear);
  }
  return forbidden;
}
