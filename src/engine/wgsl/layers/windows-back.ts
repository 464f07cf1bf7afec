import { windowsGradient } from '#engine/wgsl/shaders/windows-gradient.ts';
import { windowsToInput } from '#engine/wgsl/shaders/windows-to-input.ts';
import type { Windows } from '#engine/wgsl/shaders/windows.ts';
import type { LayerSite, Signal, TensorRoom, Work } from './gpu-layer.ts';
import { overQuads, THREADS } from './signals.ts';

/** Threads that should have a part of the sum of a kernel's derivatives: fewer leave a large GPU idle. */
const GATHERING = 16_384;

/** A layer's tensors in their place, and its way back. */
export interface WindowsBack {
  readonly stored: { readonly KERNEL: number; readonly BIAS: number; readonly HAS_BIAS: boolean };
  readonly back: readonly Work[];
}

/**
 * The way back of windows against filters. The sum over windows and rows that a number of the kernel asks for goes in parts,
 * each of some lines of windows and some quads of rows; how many is a matter of shapes alone.
 */
export function windowsBack(
  { placed, input, quads, store }: LayerSite,
  output: Signal,
  windows: Windows,
  kernel: TensorRoom,
): WindowsBack {
  const { COLUMNS, GIVES_HEIGHT } = windows;
  const hasBias = placed.tensors.some(({ role }) => role === 'bias');
  const tiles = (kernel.height / 4 + Number(hasBias)) * COLUMNS;
  const wanted = Math.ceil(GATHERING / tiles);
  const ofQuads = shareOut(quads, wanted);
  const ofLines = shareOut(GIVES_HEIGHT, Math.ceil(wanted / ofQuads.parts));
  const bias = { role: 'bias', rows: 1, rowStep: 1, height: 1 };
  const { at, gradients, length } = store(
    hasBias ? [kernel, bias] : [kernel],
    ofQuads.parts * ofLines.parts,
  );
  const slopes = output.derivatives ?? 0;
  const gathering: Work = {
    code: windowsGradient(windows, {
      GIVEN: input.at,
      SLOPES: slopes,
      GRADIENTS: gradients,
      LENGTH: length,
      ROWS: kernel.height / 4,
      TILES: tiles,
      QUADS_EACH: ofQuads.each,
      LINES_EACH: ofLines.each,
      LINE_PARTS: ofLines.parts,
    }),
    entry: 'gather',
    workgroups: () => [Math.ceil(tiles / THREADS), ofLines.parts, ofQuads.parts],
  };
  const handing = (inputSlopes: number): Work => ({
    code: windowsToInput(windows, { KERNEL: at, SLOPES: slopes, INPUT_SLOPES: inputSlopes }),
    entry: 'hand_back',
    workgroups: overQuads((windows.HEIGHT * windows.WIDTH * windows.STEP) / 4),
  });
  return {
    stored: { KERNEL: at, BIAS: at + kernel.height * COLUMNS, HAS_BIAS: hasBias },
    back: input.derivatives === null ? [gathering] : [gathering, handing(input.derivatives)],
  };
}

/** So many things in about so many parts, of `each` things, the last one perhaps of fewer. */
function shareOut(things: number, wanted: number): { parts: number; each: number } {
  const each = Math.ceil(things / Math.min(things, wanted));
  return { parts: Math.ceil(things / each), each };
}
