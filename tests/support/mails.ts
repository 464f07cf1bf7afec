import { noise, tableOf } from './experiment.ts';

/** A table with a column of e-mail addresses that rows share, on which its spec decides nothing. */
export const mailsCsv = tableOf(90, {
  mail: (row) => `user${row % 3}@example.org`,
  x: (row) => noise(row, 1).toFixed(3),
  y: (row) => (noise(row, 1) > 0.5 ? 'a' : 'b'),
});

export const mailsSpec = [
  'version: 1',
  'name: mails',
  'data: { source: mails.csv }',
  'task: classification',
  'target: y',
  'steps:',
  '  - { step: impute, columns: categorical, parameters: { strategy: constant } }',
  '  - { step: one_hot, columns: categorical }',
  '  - { step: impute, columns: numeric }',
  'candidates: [{ name: baseline, model: majority }, { name: trees, model: decision_tree }]',
  'metric: macro_f1',
  'backend: wasm',
  'evaluation: { resamples: 100 }',
].join('\n');
