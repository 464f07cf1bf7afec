import type { Address } from './kernel-memory.ts';
import { compiledModule } from './kernel-module.ts';
import { sequencesWasm } from './sequences-wasm.ts';

/** The kernels of assembly/sequences; what each does, and with which arguments, stands there. */
export interface SequenceKernels {
  readonly attendCausal: (
    query: Address,
    key: Address,
    value: Address,
    shares: Address,
    seen: Address,
    texts: number,
    places: number,
    heads: number,
    own: number,
  ) => void;
  readonly attendCausalBack: (
    query: Address,
    key: Address,
    value: Address,
    shares: Address,
    derivatives: Address,
    byQuery: Address,
    byKey: Address,
    byValue: Address,
    texts: number,
    places: number,
    heads: number,
    own: number,
    room: Address,
  ) => void;
  readonly normRows: (
    from: Address,
    rows: number,
    width: number,
    floor: number,
    scale: Address,
    offset: Address,
    normalized: Address,
    inverses: Address,
    to: Address,
  ) => void;
  readonly normRowsBack: (
    derivatives: Address,
    rows: number,
    width: number,
    scale: Address,
    normalized: Address,
    inverses: Address,
  ) => void;
  readonly gelu: (from: Address, to: Address, count: number) => void;
  readonly geluBack: (derivatives: Address, from: Address, count: number) => void;
}

/** The module, to be started in the memory of other kernels. */
export const sequenceModule = compiledModule(sequencesWasm);
