import type { ImageShape } from '#core/features/matrix.ts';
import { cos, sin } from '#core/math.ts';
import type { Augmentation } from './augmentation.ts';
import type { Chance } from './chance.ts';

/**
 * Where each pixel of a new image comes from in the old one, in pixels from the middle of its first pixel:
 * column = across[0] · x + across[1] · y + across[2], line = down[0] · x + down[1] · y + down[2].
 */
export interface Placement {
  readonly across: readonly [number, number, number];
  readonly down: readonly [number, number, number];
}

/** What is done to an image, in this order. */
export interface Change {
  readonly flipsAcross: boolean;
  readonly flipsDown: boolean;
  /** The share of height and width that is kept, above 0, and how far its middle lies from the image's, in pixels. */
  readonly kept: number;
  readonly offset: readonly [x: number, y: number];
  /** Degrees against the clock. */
  readonly degrees: number;
  /** Pixels to the right and down. */
  readonly shift: readonly [x: number, y: number];
}

/** What chance does to an image. Each part has random numbers of its own: a parameter changes nothing of the others' parts. */
export function drawChange(
  { flip, crop, shift, rotate }: Augmentation,
  { height, width }: ImageShape,
  chance: Chance,
): Change {
  const kept = 1 - crop * chance.uniform(2);
  const room = (1 - kept) / 2;
  return {
    flipsAcross: (flip === 'horizontal' || flip === 'both') && chance.uniform(0) < 0.5,
    flipsDown: (flip === 'vertical' || flip === 'both') && chance.uniform(1) < 0.5,
    kept,
    offset: [chance.around(3, room * width), chance.around(4, room * height)],
    degrees: chance.around(5, rotate),
    shift: [chance.around(6, shift * width), chance.around(7, shift * height)],
  };
}

/** The change as one map: from a pixel of the new image back through shift, turn, crop and flip. */
export function placementOf(change: Change, { height, width }: ImageShape): Placement {
  const { flipsAcross, flipsDown, kept, offset, shift } = change;
  const [sine, cosine] = turnOf(change.degrees);
  const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
  const [left, top] = [middleX + shift[0], middleY + shift[1]];
  const line = (x: number, y: number, middle: number, away: number, flips: boolean) => {
    const side = flips ? -kept : kept;
    const from = middle + (flips ? -away : away);
    return [side * x, side * y, from - side * (x * left + y * top)] as const;
  };
  return {
    across: line(cosine, -sine, middleX, offset[0], flipsAcross),
    down: line(sine, cosine, middleY, offset[1], flipsDown),
  };
}

/** Sine and cosine of an angle in degrees, exact where it is a multiple of 90. */
function turnOf(degrees: number): readonly [sine: number, cosine: number] {
  const quarters = Math.round(degrees / 90);
  const rest = ((degrees - 90 * quarters) * Math.PI) / 180;
  const [s, c] = [sin(rest), cos(rest)];
  const turns = [
    [s, c],
    [c, -s],
    [-s, -c],
    [-c, s],
  ] as const;
  return turns[((quarters % 4) + 4) % 4] ?? [s, c];
}
