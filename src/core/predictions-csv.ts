import Papa from 'papaparse';
import type { Table } from './data/table.ts';
import { forecastsCsv } from './forecast/forecasts-csv.ts';
import type { Prediction } from './prediction.ts';
import { groupLabels } from './spec/answer-labels.ts';
import type { Contract } from './spec/contract.ts';

/** The table's own columns with the predictions behind them, as CSV. */
export function predictionsCsv(
  table: Table,
  contract: Contract,
  predictions: readonly Prediction[],
): string {
  if (contract.forecast !== undefined) return forecastsCsv(contract, predictions);
  const taken = new Set(table.names);
  const added = answerColumns(contract, predictions).map((name) => {
    let free = name;
    while (taken.has(free)) free += '_';
    taken.add(free);
    return free;
  });
  const data = predictions.map((prediction, row) => [
    ...table.columns.map((cells) => cells.at(row)),
    ...answerCells(prediction),
  ]);
  return `${Papa.unparse({ fields: [...table.names, ...added], data }, { newline: '\n' })}\n`;
}

/** Names of the columns that predictions fill; how many groups or components there are only they say. */
function answerColumns(
  { target: { name, classes = [] } }: Contract,
  [first]: readonly Prediction[],
): string[] {
  switch (first?.task) {
    case 'clustering': {
      const { distances, probabilities = [] } = first;
      const kind = distances === undefined ? 'probability' : 'distance';
      const groups = groupLabels((distances ?? probabilities).length);
      return [`predicted_${name}`, ...groups.map((label) => `${kind}_${label}`)];
    }
    case 'anomaly_detection':
      return [`predicted_${name}`, 'score', 'threshold'];
    case 'ranking':
      return ['score', 'rank'];
    case 'reduction':
      return [...first.components.map((_, k) => `component_${k + 1}`), 'reconstruction_error'];
    case 'language':
      return ['next_character', 'nats_per_character'];
    default:
      return [`predicted_${name}`, ...classes.map((label) => `probability_${label}`)];
  }
}

function answerCells(prediction: Prediction): string[] {
  switch (prediction.task) {
    case 'classification':
      return [prediction.label, ...prediction.probabilities.map(String)];
    case 'regression':
      return [String(prediction.value)];
    case 'ranking':
      return [String(prediction.score), String(prediction.rank ?? '')];
    case 'clustering': {
      const { label, distances, probabilities = [] } = prediction;
      return [label, ...(distances ?? probabilities).map(String)];
    }
    case 'anomaly_detection':
      return [prediction.label, String(prediction.score), String(prediction.threshold)];
    case 'reduction':
      return [...prediction.components, prediction.reconstructionError].map(String);
    case 'language':
      return [prediction.next, String(prediction.nats)];
  }
}
