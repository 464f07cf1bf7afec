import { dropLimit } from '#core/networks/drop-mask.ts';
import { constantsOf } from './constants.ts';
import { droppingBy } from './dropping.ts';

/** A dropout in its place. */
export interface DropoutPlace {
  readonly share: number;
  /** Its place among the layers. */
  readonly index: number;
  /** Numbers of a row, without those that fill up. */
  readonly rowWidth: number;
  readonly place: {
    /** Numbers of a row, those that fill up too. */
    readonly WIDTH: number;
    readonly CHANNELS: number;
    /** Numbers from one place's channels to the next one's. */
    readonly STEP: number;
    /** Where it works, in a quad's values; derivatives change where they are. */
    readonly GIVEN: number;
    readonly GIVES: number;
    readonly SLOPES: number;
  };
}

/** A dropout of each number. Entry points `drop`, `hand_on` and `back`, a thread for each number of a quad. */
export function dropoutPass(seed: number, { share, index, rowWidth, place }: DropoutPlace): string {
  const drop = `${index}, ${dropLimit(share)}, ${1 / (1 - share)}, ${rowWidth}`;
  return `${constantsOf(place)}const DROP = Drop(${drop});\n${droppingBy(seed)}${entryPoints}`;
}

const entryPoints = /* wgsl */ `
// What a number is times; what fills up is 0 anyway.
fn factor_of(quad: u32, number: u32) -> vec4f {
  return kept(DROP, quad, number / STEP * CHANNELS + number % STEP);
}

@compute @workgroup_size(THREADS)
fn drop(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= WIDTH) { return; }
  let at = id.y * QUAD + id.x;
  values[at + GIVES] = values[at + GIVEN] * factor_of(id.y, id.x);
}

@compute @workgroup_size(THREADS)
fn hand_on(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= WIDTH) { return; }
  let at = id.y * QUAD + id.x;
  values[at + GIVES] = values[at + GIVEN];
}

@compute @workgroup_size(THREADS)
fn back(@builtin(global_invocation_id) id: vec3u) {
  if (id.x >= WIDTH) { return; }
  values[id.y * QUAD + id.x + SLOPES] *= factor_of(id.y, id.x);
}
`;
