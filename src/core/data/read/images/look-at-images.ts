import { createSHA256 } from 'hash-wasm';
import { inputError } from '#core/errors.ts';
import type { Cells } from '../../cells.ts';
import { numberCells } from '../../number-cells.ts';
import { TextCellsBuilder } from '../../text-cells.ts';
import { joined, type FileBytes } from '../reader.ts';
import type { ZipArchive, ZipEntry } from '../zip/zip-archive.ts';
import { readImageHeader } from './image-header.ts';

/** Faults that are told in full; of the others the number. */
const SHOWN = 3;

export interface ImageSource {
  readonly archive: ZipArchive;
  readonly file: Pick<FileBytes, 'breathe' | 'rowsRead'>;
}

/** Of each image, in their order. */
interface LookedAt {
  /** In pixels. */
  readonly widths: Cells;
  readonly heights: Cells;
  /** SHA-256 of the bytes, lower-case hex. */
  readonly hashes: Cells;
  /** Whether none has colours. */
  readonly areGrey: boolean;
}

/**
 * Reads every image's header, and hashes its bytes.
 * @throws TerrariumError `bad_image` that names what cannot be used
 */
export async function lookAtImages(
  images: readonly ZipEntry[],
  { archive, file }: ImageSource,
): Promise<LookedAt> {
  const sha256 = await createSHA256();
  const widths = new Float64Array(images.length);
  const heights = new Float64Array(images.length);
  const hashes = new TextCellsBuilder();
  const faults: string[] = [];
  let areGrey = true;
  for (const [row, entry] of images.entries()) {
    await file.breathe();
    const bytes = joined([...archive.unpack(entry)], entry.size);
    const header = readImageHeader(bytes);
    if (typeof header === 'string') {
      faults.push(`${entry.name} is ${header}`);
      continue;
    }
    areGrey &&= header.grey === true;
    widths[row] = header.width;
    heights[row] = header.height;
    hashes.push(sha256.init().update(bytes).digest('hex'));
    file.rowsRead(row + 1);
  }
  refuseFaults(faults, images.length);
  return {
    widths: numberCells(widths),
    heights: numberCells(heights),
    hashes: hashes.finish(),
    areGrey,
  };
}

function refuseFaults(faults: readonly string[], count: number): void {
  if (faults.length === 0) return;
  const shown = faults.slice(0, SHOWN).join('; ');
  const more = faults.length > SHOWN ? `; and ${faults.length - SHOWN} more` : '';
  throw inputError(
    'bad_image',
    `${faults.length} of ${count} images cannot be used: ${shown}${more}.`,
    'Replace these files, or take them out, and pack the archive again.',
    { count: faults.length },
  );
}
