/** What changes from one step to the next. The shaders know it as `step`. */
export interface Step {
  /** Where its rows begin in the order. */
  readonly first: number;
  readonly rows: number;
  /** How many steps of the optimizer came before. */
  readonly number: number;
  /** Where the losses of its rows' quads go. */
  readonly losses: number;
  readonly rate: number;
  /** 1 − 0.9 and 1 − 0.999 to the power of the step's number: what Adam's running means are divided by. */
  readonly firstTotal: number;
  readonly secondTotal: number;
}

/** The same in WGSL. */
export const stepStruct = /* wgsl */ `
struct Step {
  first: u32,
  rows: u32,
  number: u32,
  losses: u32,
  rate: f32,
  first_total: f32,
  second_total: f32,
}
`;

/** Bytes of a step. */
export const STEP_BYTES = 28;
/** Bytes from a step to the next: no device asks for more. */
export const STEP_STRIDE = 256;

/** Steps one behind the other, for a buffer of which each dispatch sees one. */
export function packSteps(steps: readonly Step[]): ArrayBuffer {
  const view = new DataView(new ArrayBuffer(STEP_STRIDE * steps.length));
  for (const [i, step] of steps.entries()) {
    const at = i * STEP_STRIDE;
    const { first, rows, number, losses, rate, firstTotal, secondTotal } = step;
    for (const [k, word] of [first, rows, number, losses].entries()) {
      view.setUint32(at + 4 * k, word, true);
    }
    for (const [k, float] of [rate, firstTotal, secondTotal].entries()) {
      view.setFloat32(at + 16 + 4 * k, float, true);
    }
  }
  return view.buffer;
}

/** How many quads hold so many rows. */
export function quadsOf(rows: number): number {
  return Math.ceil(rows / 4);
}
