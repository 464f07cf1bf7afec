import { placeText } from '#core/checkpoints/place.ts';

/** Where a training went on: `network went on from epoch 12.` */
export function wentOnText(place: {
  readonly candidate: string;
  readonly fold: number | null;
  readonly epoch: number;
}): string {
  const from = place.epoch === 0 ? 'within its first epoch' : `from epoch ${place.epoch}`;
  return `${placeText(place)} went on ${from}.`;
}
