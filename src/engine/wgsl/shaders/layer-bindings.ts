import { stepStruct } from '../steps.ts';
import { constantsOf } from './constants.ts';
import { quadRows } from './rows-of-quad.ts';

/** What every shader knows of its network. */
export interface SharedConstants {
  readonly THREADS: number;
  /** Vectors that a quad of rows takes. */
  readonly QUAD: number;
}

/** What stands before the shader of a layer. The second binding is for tables, which layers do not need. */
export function layerBindings(constants: SharedConstants): string {
  return /* wgsl */ `${stepStruct}
@group(0) @binding(0) var<uniform> step: Step;
@group(0) @binding(2) var<storage, read> weights: array<vec4f>;
@group(0) @binding(3) var<storage, read_write> values: array<vec4f>;
@group(0) @binding(4) var<storage, read_write> gradients: array<vec4f>;
@group(0) @binding(5) var<storage, read_write> kept_numbers: array<vec4f>;
${constantsOf({ ...constants })}${quadRows}`;
}
