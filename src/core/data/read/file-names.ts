/** Names of files that hold tables or texts, as a chooser of files wants them; what is in them is recognized by its bytes. */
export const tableFileNames =
  '.csv,.tsv,.txt,.text,.md,.markdown,.gz,.json,.jsonl,.ndjson,.parquet,.xlsx,.xlsm,.zip,text/csv,text/tab-separated-values,text/plain,text/markdown,application/json';
