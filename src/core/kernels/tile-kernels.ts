import type { Address } from './kernel-memory.ts';
import { compiledModule } from './kernel-module.ts';
import { tilesWasm } from './tiles-wasm.ts';

/** The kernels of assembly/tiles; what each does, and with which arguments, stands there. */
export interface TileKernels {
  readonly takeTiles: (
    image: Address,
    lineStep: number,
    pixelStep: number,
    apart: number,
    height: number,
    width: number,
    points: Address,
    pointStep: number,
    room: Address,
  ) => void;
  readonly addTiles: TileKernels['takeTiles'];
  readonly spreadTiles: TileKernels['takeTiles'];
  readonly gatherTiles: (
    ...values: [...Parameters<TileKernels['takeTiles']>, bias: Address]
  ) => void;
}

/** The module, to be started in the memory of other kernels. */
export const tileModule = compiledModule(tilesWasm);
