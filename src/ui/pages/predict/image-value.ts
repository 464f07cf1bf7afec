import type { ContractInput } from '#core/spec/contract.ts';

/** As in `<input accept>`: what the decoders read. */
export const imageAccept = '.png,.jpg,.jpeg,.jpe,.jfif,.gif,.webp,.bmp,.dib';

/** A file as a record has it: its own bytes, since what reads them looks at these and not at its name. */
export function dataUrlOf(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(typeof reader.result === 'string' ? reader.result : '');
    reader.onerror = () => reject(reader.error ?? new Error('unreadable'));
    reader.readAsDataURL(file);
  });
}

const fitted = {
  stretch: 'stretched to',
  pad: 'brought, with black borders, to',
  crop: 'cut to its middle and brought to',
} as const;

/** What the model sees of an image: `The model sees it in grey, stretched to 8 × 8 pixels.` */
export function sizeText({ preprocessing }: ContractInput): string {
  if (preprocessing === undefined) return '';
  const { height, width, channels, fit } = preprocessing;
  const colours = channels === 1 ? 'grey' : 'colour';
  return `The model sees it in ${colours}, ${fitted[fit]} ${width} × ${height} pixels.`;
}
