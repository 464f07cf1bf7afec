export const helpText = `terrarium: audit data, and train, replay and use models on the command line

  run SPEC.yaml --out DIR             run a spec
  run --data FILE --target COLUMN --out DIR
                                      run with the defaults that the app would fill in
  run --data FILE --set task=clustering --out DIR
                                      the same without a target; or task=anomaly_detection,
                                      task=reduction, task=language
  run --data TEXT.txt --out DIR       a language model of a plain text (.txt, .md, either also .gz)
  run --data FILE --target GRADE --set task=ranking --set query=COLUMN --out DIR
                                      learns the order of rows that have the same value in COLUMN
      --data FILE      another data file than the spec's; repeated for several files with the same columns,
                       which are one data set
      --extractor FILE a network that a step extract reads features of images by: an ONNX file, or the model.json of
                       TensorFlow.js, its weights beside it (repeatable); else the one that comes with Terrarium
      --seed N         another seed
      --backend NAME   wasm, cpu or auto
      --workers N      threads that train, up to 64: boosting, forests and larger networks use several, and their number
                       changes no bit; else as many as the machine computes with at once, at most 8
      --resume         go on with a run that was interrupted, from its last checkpoint in DIR; without SPEC.yaml
                       and --data, with the run that DIR holds
      --checkpoint-every SECONDS
                       how often a training keeps a checkpoint; else every 2 seconds
      --set PATH=VALUE any field of the spec, for example --set evaluation.resamples=500 (repeatable)
  replay RUN.json                     run again and compare
      --data FILE      where the data is now (repeatable)
      --extractor FILE where a network is now that its spec names (repeatable)
      --backend NAME   another backend: metrics are compared within the documented tolerance
      --workers N      threads that train
      --strict         demand identical weights on any backend
  predict MODEL.onnx ROWS.csv --out FILE
                                      predict raw rows with an exported model; rows from stdin with - in
                                      the place of ROWS.csv, to stdout without --out
      --set data.read.FIELD=VALUE
                       how the rows are read, for example data.read.delimiter=';'
  write MODEL.onnx|DIR                a language model goes on from a prompt; of a run's folder the best one
      --prompt TEXT    what stands before; else nothing
      --temperature N  0 takes the likeliest character each time, 1 draws as the model says; else 0.8
      --seed N         another seed writes another text; else 1
      --length N       characters to write; else 500
  contract MODEL.onnx|RUN.json        what a model takes and gives, as JSON Schema of one record
      --out FILE       into a file; else to stdout
  audit FILE... --target COLUMN       what should be settled in the data before training
      --spec SPEC.yaml the decisions and the split to look at, else those that would be proposed
      --set PATH=VALUE any field of that spec, for example data.read.header=false
      --today DATE     the day of the audit: later dates lie in the future
  find-rate SPEC.yaml                 the first steps of a network at growing learning rates: the curve of its loss,
                                      and the rates that it suggests
      --data FILE      another data file than the spec's (repeatable)
      --extractor FILE where a network is that the spec names, or one for a step extract that names none (repeatable)
      --candidate NAME which network, where the spec has several
      --seed, --backend, --set
                       as for run
  --json               results and errors as JSON, and no progress

Exit codes: 0 done, 1 the run failed, a replay differs or an audit finds something severe,
2 the input or the call is wrong.`;
