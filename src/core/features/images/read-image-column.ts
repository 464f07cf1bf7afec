import { trimmed } from '#core/data/normalize.ts';
import { columnCells, type Table } from '#core/data/table.ts';
import { inputError } from '#core/errors.ts';
import { bytesOfDataUrl } from '#core/images/data-url.ts';
import { preprocessImage } from '#core/images/preprocess-image.ts';
import { valuesPerImage, type ImagePreprocessing } from '#core/images/preprocessing.ts';
import { ImageFault } from '#core/images/raster.ts';
import { Breather } from '#core/breather.ts';
import { refuseTooMany, refuseTooManyPixels } from '../refuse-too-many.ts';
import type { ImageColumn } from './image-column.ts';

interface Asked {
  readonly name: string;
  readonly preprocessing: ImagePreprocessing;
  /** Whether only a network sees the pixels, a few images at a time: they are no features, and stay bytes. */
  readonly isForExtractor?: boolean;
}

interface Around {
  readonly signal?: AbortSignal | undefined;
  /** Hears how many images are done. */
  readonly onProgress?: (done: number) => void;
}

/**
 * Decodes the images of a table's column, one after the other: files of its archive or folder, or data URLs in its cells.
 * @throws TerrariumError `bad_image` or `no_image` that names row, column and file; `too_many_features` where their
 * pixels would not fit into memory
 */
export async function readImageColumn(
  table: Table,
  { name, preprocessing, isForExtractor = false }: Asked,
  { signal, onProgress }: Around = {},
): Promise<ImageColumn> {
  const each = valuesPerImage(preprocessing);
  if (isForExtractor) refuseTooManyPixels(each, table.rowCount);
  else refuseTooMany('pixels', each, table.rowCount);
  const pixels = new Uint8Array(table.rowCount * each);
  const cells = columnCells(table, name);
  const breather = new Breather(signal);
  for (let row = 0; row < table.rowCount; row += 1) {
    await breather.breathe();
    const text = trimmed(cells.at(row));
    const bytes = await imageBytes(table, { row, name, text });
    try {
      pixels.set(await preprocessImage(bytes, preprocessing), row * each);
    } catch (thrown) {
      if (!(thrown instanceof ImageFault)) throw thrown;
      const file = text.startsWith('data:') ? 'the image' : text.slice(0, 80);
      throw inputError(
        'bad_image',
        `Row ${row + 1}, column "${name}": ${file} is ${thrown.message}.`,
        'Replace the file, or leave its row out.',
        { row: row + 1, column: name, file },
      );
    }
    onProgress?.(row + 1);
  }
  const images = Int32Array.from({ length: table.rowCount }, (_, row) => row);
  return { kind: 'image', name, preprocessing, pixels, images };
}

async function imageBytes(
  { images }: Table,
  { row, name, text }: { readonly row: number; readonly name: string; readonly text: string },
): Promise<Uint8Array> {
  const place = `Row ${row + 1}, column "${name}"`;
  if (text === '') {
    throw inputError(
      'no_image',
      `${place}: there is no image, and the model needs one.`,
      'Give one in each row.',
      { row: row + 1, column: name },
    );
  }
  const bytes = bytesOfDataUrl(text) ?? (images?.column === name ? await images.read(row) : null);
  if (bytes !== null) return bytes;
  throw inputError(
    'no_image',
    `${place}: "${text.slice(0, 40)}" is no image.`,
    'Give a zip or a folder of the images, or in each cell a data URL such as data:image/png;base64,….',
    { row: row + 1, column: name },
  );
}
