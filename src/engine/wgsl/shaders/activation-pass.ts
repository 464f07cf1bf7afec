import type { ActivationLayer } from '#core/networks/layer.ts';
import { activationNumber, activations } from './activations.ts';
import { constantsOf } from './constants.ts';

/** Where an activation works, in a quad's values. */
export interface ActivationPlace {
  /** Numbers of a row. */
  readonly WIDTH: number;
  readonly GIVEN: number;
  readonly GIVES: number;
  /** The derivatives, which change where they are. */
  readonly SLOPES: number;
}

/** An activation of each number. Entry points `activate_all` and `back`, a thread for each number of a quad. */
export function activationPass(layer: ActivationLayer, place: ActivationPlace): string {
  const constants = { ...place, ACTIVATION: activationNumber[layer.function] };
  return `${constantsOf(constants)}${activations}${entryPoints}`;
}

const entryPoints = /* wgsl */ `
@compute @workgroup_size(THREADS)
fn activate_all(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= WIDTH) { return; }
  let at = id.y * QUAD + id.x;
  values[at + GIVES] = activate(ACTIVATION, values[at + GIVEN]);
}

@compute @workgroup_size(THREADS)
fn back(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= WIDTH) { return; }
  let at = id.y * QUAD + id.x;
  values[at + SLOPES] *= slope(ACTIVATION, values[at + GIVES]);
}
`;
