import { dirname, resolve } from 'node:path';
import { columnCells, type Table } from '#core/data/table.ts';
import { predictTable, readContract } from '#core/predict.ts';
import { predictionsCsv } from '#core/predictions-csv.ts';
import { contractAsRead } from '#core/spec/contract-as-read.ts';
import type { Contract } from '#core/spec/contract.ts';
import { openModelOnNode } from '#engine/node-inference.ts';
import { parseWords, usageError } from './arguments.ts';
import { openDataset, openPiped, readBytes, writeOutput } from './files.ts';
import { givenChanges, givenReading } from './given-spec.ts';

const options = {
  out: { type: 'string' },
  set: { type: 'string', multiple: true },
  json: { type: 'boolean' },
} as const;

/** `terrarium predict`: raw rows in, from stdin where the file is `-`, the same rows with predictions out; on stdout without --out. */
export async function predict(words: readonly string[]): Promise<number> {
  const { values, positionals } = parseWords(words, options);
  const [modelPath, rowsPath, ...stray] = positionals;
  if (modelPath === undefined || rowsPath === undefined || stray.length > 0) {
    throw usageError('predict needs a model and a file of rows: predict model.onnx rows.csv.');
  }
  const changes = givenChanges({ set: values.set });
  const stranger = changes.find(({ path }) => !path.startsWith('data.read'));
  if (stranger !== undefined) {
    throw usageError(
      `predict sets how the rows are read, data.read, and got --set ${stranger.path}.`,
    );
  }
  const bytes = await readBytes(modelPath);
  const settings = givenReading(changes);
  const contract = contractAsRead(readContract(bytes), settings);
  const purpose = { unlabelled: true };
  const read = await (rowsPath === '-'
    ? openPiped(settings, purpose)
    : openDataset(rowsPath, settings, purpose));
  const table = withImageFiles(read.table, contract, dirname(rowsPath));
  const session = await openModelOnNode(bytes);
  try {
    const predictions = await predictTable(session, contract, table);
    const text =
      values.json === true
        ? `${JSON.stringify({ classes: contract.target.classes ?? null, predictions })}\n`
        : predictionsCsv(table, contract, predictions);
    if (values.out === undefined) process.stdout.write(text);
    else {
      await writeOutput(values.out, text);
      console.error(`${predictions.length} rows predicted into ${values.out}.`);
    }
  } finally {
    await session.release();
  }
  return 0;
}

/** A table that names images by their paths has them from there; what is packed with its images is left as it is. */
function withImageFiles(table: Table, { inputs }: Contract, folder: string): Table {
  const column = inputs.find(({ type }) => type === 'image')?.name;
  if (table.images !== undefined || column === undefined || !table.names.includes(column)) {
    return table;
  }
  const paths = columnCells(table, column);
  const read = (row: number) => readBytes(resolve(folder, paths.at(row).trim()));
  return { ...table, images: { column, read } };
}
