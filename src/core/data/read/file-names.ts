/** Names of files that hold tables, as a chooser of files wants them; what is in them is recognized by its bytes. */
export const tableFileNames =
  '.csv,.tsv,.txt,.gz,.json,.jsonl,.ndjson,.parquet,.xlsx,.xlsm,.zip,text/csv,text/tab-separated-values,text/plain,application/json';
