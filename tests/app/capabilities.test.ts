import { describe, expect, it } from 'vitest';
import { withheld, type Capabilities } from '#app/capabilities.ts';

const everything: Capabilities = { secure: true, isolated: true, webgpu: true, storage: true };

describe('the line on what the browser withholds', () => {
  it('is not there when nothing is off', () => {
    expect(withheld(everything)).toBeNull();
  });

  it('names plain http as the reason, and what still works', () => {
    expect(withheld({ ...everything, secure: false, isolated: false, webgpu: false })).toBe(
      'WebGPU and worker threads are off: browsers withhold this from pages on plain http. Everything still works, on WebAssembly.',
    );
  });

  it('speaks of one thing in the singular', () => {
    expect(withheld({ ...everything, webgpu: false })).toBe(
      'WebGPU is off: this browser does not offer it. Everything still works, on WebAssembly.',
    );
  });

  it('says when nothing can be kept', () => {
    expect(withheld({ ...everything, storage: false })).toContain('Nothing can be kept here.');
  });
});
