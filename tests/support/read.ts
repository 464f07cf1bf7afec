import { readDataset, type ReadOptions } from '#core/data/dataset.ts';
import type { Dataset } from '#core/data/table.ts';
import { rowsOf, streamOf, utf8 } from './csv.ts';

/** Reads a file of any format from its bytes, or its text. */
export async function readFile(
  name: string,
  contents: string | Uint8Array,
  options: ReadOptions & { readonly cuts?: readonly number[] } = {},
): Promise<Dataset> {
  const bytes = typeof contents === 'string' ? utf8(contents) : contents;
  return readDataset(streamOf(bytes, options.cuts), name, options);
}

/** A table as one looks at it: the names, then the rows. */
export function gridOf(dataset: Dataset): string[][] {
  return [[...dataset.table.names], ...rowsOf(dataset)];
}

export function doubtsOf({ info }: Dataset): string {
  return info.doubts.map(({ message }) => message).join('\n');
}
