import type { Address } from './kernel-memory.ts';
import { kernelModule, type KernelMachine } from './kernel-module.ts';
import { textsWasm } from './texts-wasm.ts';

/** The kernels of assembly/texts; what each does, and with which arguments, stands there. */
export interface TextKernels {
  readonly hashFields: (
    text: Address,
    starts: Address,
    count: number,
    delimiter: number,
    quote: number,
    out: Address,
  ) => void;
  readonly areSame: (
    text: Address,
    pairs: Address,
    count: number,
    delimiter: number,
    quote: number,
  ) => number;
  readonly readNumbers: (
    text: Address,
    starts: Address,
    count: number,
    delimiter: number,
    quote: number,
    mark: number,
    out: Address,
  ) => number;
  readonly findMarks: (
    text: Address,
    from: number,
    to: number,
    delimiter: number,
    quote: number,
    out: Address,
  ) => number;
}

export type TextMachine = KernelMachine<TextKernels>;

export const startTextMachine = kernelModule<TextKernels>(textsWasm);
