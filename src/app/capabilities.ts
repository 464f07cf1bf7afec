/** What the browser gives this page. On plain http it withholds most of it. */
export interface Capabilities {
  readonly secure: boolean;
  readonly isolated: boolean;
  readonly webgpu: boolean;
  readonly storage: boolean;
}

export function capabilities(): Capabilities {
  const host: { readonly navigator: { readonly gpu?: unknown }; readonly indexedDB?: unknown } =
    globalThis;
  return {
    secure: globalThis.isSecureContext,
    isolated: globalThis.crossOriginIsolated,
    webgpu: host.navigator.gpu !== undefined,
    storage: host.indexedDB !== undefined,
  };
}

/** What is off and why, in one line; null when everything is there. */
export function withheld(have: Capabilities): string | null {
  const off = [
    have.webgpu ? '' : 'WebGPU',
    have.isolated ? '' : 'worker threads',
    have.storage ? '' : 'storage',
  ].filter((name) => name !== '');
  if (off.length === 0) return null;
  const first = off.slice(0, -1).join(', ');
  const names = first === '' ? off.join('') : `${first} and ${off.at(-1) ?? ''}`;
  return `${names} ${off.length === 1 ? 'is' : 'are'} off: ${reason(have)}. ${consequence(have)}`;
}

function reason(have: Capabilities): string {
  if (!have.secure) return 'browsers withhold this from pages on plain http';
  if (!have.storage) return 'this browser does not let the page keep data';
  if (!have.isolated) return 'the server does not send the headers that isolate the page';
  return 'this browser does not offer it';
}

function consequence(have: Capabilities): string {
  if (!have.storage) return 'Nothing can be kept here.';
  return have.webgpu ? 'Everything still works.' : 'Everything still works, on WebAssembly.';
}
