import type { Address } from './kernel-memory.ts';
import { kernelModule, type KernelMachine } from './kernel-module.ts';
import { pagesWasm } from './pages-wasm.ts';

/** The kernels of assembly/pages; what each does, and with which arguments, stands there. */
export interface PageKernels {
  readonly unpackSnappy: (packed: Address, length: number, out: Address, size: number) => number;
  readonly unpackBits: (from: Address, width: number, count: number, out: Address) => number;
  readonly placeTexts: (
    page: Address,
    from: number,
    to: number,
    count: number,
    starts: Address,
  ) => number;
  readonly overwriteLengths: (
    page: Address,
    starts: Address,
    count: number,
    word: number,
    shift: number,
  ) => void;
  readonly areAscii: (from: Address, length: number) => number;
  readonly exactIntegers: (from: Address, count: number, unsigned: number, out: Address) => number;
  readonly wholeSeconds: (
    from: Address,
    count: number,
    unit: number,
    first: number,
    last: number,
    out: Address,
  ) => number;
}

export type PageMachine = KernelMachine<PageKernels>;

export const startPageMachine = kernelModule<PageKernels>(pagesWasm);
