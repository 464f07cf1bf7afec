import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { readDataset } from '#core/data/dataset.ts';
import type { DatasetInfo } from '#core/data/table.ts';

/** What the app knows of the penguins sample: 344 rows, the texts species, island and sex, four numbers. */
export async function penguins(): Promise<DatasetInfo> {
  const path = fileURLToPath(new URL('../../../public/samples/penguins.csv', import.meta.url));
  const file = new Blob([await readFile(path)]);
  return (await readDataset(file.stream(), 'penguins.csv')).info;
}
