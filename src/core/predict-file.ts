import { readTable } from './data/dataset.ts';
import type { ReadSettings } from './data/read/settings.ts';
import type { ModelSession } from './engine.ts';
import { settle } from './errors.ts';
import { predictTable } from './predict.ts';
import { predictionsCsv } from './predictions-csv.ts';
import type { ReadAndPredicted } from './protocol/infer-worker.ts';
import { contractAsRead } from './spec/contract-as-read.ts';
import type { Contract } from './spec/contract.ts';

/** Predictions that a page shows of a file; the file given back has all. */
const SAMPLE_ROWS = 100;

/**
 * Predicts from a file of rows, read as it is settled, and found where it is not.
 * @throws TerrariumError where the file cannot be read
 */
export async function predictFile(
  session: ModelSession,
  contract: Contract,
  file: Blob,
  { settings, signal }: { readonly settings: ReadSettings; readonly signal: AbortSignal },
): Promise<ReadAndPredicted> {
  const options = { settings, signal, size: file.size, unlabelled: true };
  const name = file instanceof File ? file.name : '';
  const { table, reading } = await readTable(file.stream(), name, options);
  const predicted = await settle(async () => {
    const asRead = contractAsRead(contract, settings);
    const predictions = await predictTable(session, asRead, table, signal);
    const csv = new Blob([predictionsCsv(table, contract, predictions)], { type: 'text/csv' });
    return { csv, rows: predictions.length, sample: predictions.slice(0, SAMPLE_ROWS) };
  });
  return { reading, predicted };
}
