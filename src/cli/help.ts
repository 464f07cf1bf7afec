interface CommandHelp {
  /** What it does, in a line of the overview. */
  readonly summary: string;
  /** How it is called, its options and an example. */
  readonly text: string;
}

const commands = {
  run: {
    summary: 'trains the models of a spec, or of the defaults, and compares them',
    text: `
  terrarium run SPEC.yaml --out DIR
  terrarium run --data FILE --target COLUMN --out DIR
  terrarium run --data FILE --set task=clustering --out DIR
  terrarium run --data FILE --target GRADE --set task=ranking --set query=COLUMN --out DIR
  terrarium run --data TEXT.txt --out DIR
  terrarium run --out DIR --resume

Without a spec it fills in the defaults that the page would. Without a target the task is clustering,
anomaly_detection, reduction or language, and language of a plain text (.txt, .md, either also .gz).
A ranking learns the order of rows that have the same value in COLUMN.

Options:
  --out DIR         the folder for its results
  --data FILE       another data file than the spec's; repeated for several files with the same columns,
                    which are one data set
  --target COLUMN   the column to predict
  --set PATH=VALUE  any field of the spec, for example --set evaluation.resamples=500 (repeatable)
  --seed N          another seed
  --backend NAME    wasm, cpu or auto
  --workers N       threads that train, up to 64: boosting, forests and larger networks use several, and their
                    number changes no bit; else as many as the machine computes with at once, at most 8
  --resume          go on with a run that was interrupted, from its last checkpoint in DIR; without SPEC.yaml
                    and --data, with the run that DIR holds
  --checkpoint-every SECONDS
                    how often a training keeps a checkpoint; else every 2 seconds
  --extractor FILE  a network that a step extract reads features of images by: an ONNX file, or the model.json
                    of TensorFlow.js, its weights beside it (repeatable); else the one that comes with Terrarium
  --json            results and errors as JSON, and no progress

Example:
  terrarium run examples/penguins.yaml --out out/penguins

Exit codes: 0 done, 1 the run failed, 2 the input or the call is wrong.`,
  },
  replay: {
    summary: 'runs a recorded run again, and compares',
    text: `
  terrarium replay RUN.json

Options:
  --data FILE       where the data is now (repeatable)
  --extractor FILE  where a network is now that its spec names (repeatable)
  --backend NAME    wasm, cpu or auto, else the record's: on another backend metrics are compared within
                    the documented tolerance
  --workers N       threads that train, up to 64
  --strict          demand identical weights on any backend
  --json            the comparison and errors as JSON, and no progress

Example:
  terrarium replay out/penguins/run.json

Exit codes: 0 it agrees, 1 it differs or the run failed, 2 the input or the call is wrong.`,
  },
  predict: {
    summary: 'predicts raw rows with an exported model',
    text: `
  terrarium predict MODEL.onnx ROWS.csv --out FILE

Rows come from stdin with - in the place of ROWS.csv.

Options:
  --out FILE        the rows with their predictions; to stdout without it
  --set data.read.FIELD=VALUE
                    how the rows are read, for example --set data.read.delimiter=';' (repeatable)
  --json            predictions and errors as JSON

Example:
  terrarium predict out/penguins/model.onnx new-rows.csv --out predictions.csv

Exit codes: 0 done, 1 it failed, 2 the input or the call is wrong.`,
  },
  write: {
    summary: 'lets a language model go on from a prompt',
    text: `
  terrarium write MODEL.onnx|DIR

Of the folder of a run it takes the best model.

Options:
  --prompt TEXT     what stands before; else nothing
  --temperature N   0 takes the likeliest character each time, 1 draws as the model says; else 0.8
  --seed N          another seed writes another text; else 1
  --length N        characters to write; else 500
  --json            the text and errors as JSON

Example:
  terrarium write out/poems --prompt 'The '

Exit codes: 0 done, 1 it failed, 2 the input or the call is wrong.`,
  },
  contract: {
    summary: 'writes what a model takes and gives, as JSON Schema of one record',
    text: `
  terrarium contract MODEL.onnx|RUN.json

Options:
  --out FILE        into a file; to stdout without it
  --json            errors as JSON

Example:
  terrarium contract out/penguins/model.onnx

Exit codes: 0 done, 2 the input or the call is wrong.`,
  },
  audit: {
    summary: 'says what should be settled in the data before training',
    text: `
  terrarium audit FILE... --target COLUMN
  terrarium audit --spec SPEC.yaml

Options:
  --target COLUMN   the column to predict
  --spec SPEC.yaml  the decisions and the split to look at, else those that would be proposed
  --set PATH=VALUE  any field of that spec, for example --set data.read.header=false (repeatable)
  --today DATE      the day of the audit: later dates lie in the future
  --json            findings and errors as JSON

Example:
  terrarium audit public/samples/penguins.csv --target species

Exit codes: 0 done, 1 it finds something severe, 2 the input or the call is wrong.`,
  },
  'find-rate': {
    summary: 'tries learning rates of a network, and suggests two',
    text: `
  terrarium find-rate SPEC.yaml

It takes the first steps of the training at growing learning rates, and shows the loss over them.

Options:
  --candidate NAME  which network, where the spec has several
  --data FILE       another data file than the spec's (repeatable)
  --set PATH=VALUE  any field of the spec (repeatable)
  --seed N          another seed
  --backend NAME    wasm, cpu or auto
  --extractor FILE  where a network is that the spec names, or one for a step extract that names none
                    (repeatable)
  --json            the curve and errors as JSON, and no progress

Example:
  terrarium find-rate examples/penguins.yaml

Exit codes: 0 done, 1 it failed, 2 the input or the call is wrong.`,
  },
} as const satisfies Readonly<Record<string, CommandHelp>>;

export type CommandName = keyof typeof commands;

/** In the order of the overview. */
export const commandNames = Object.keys(commands) as CommandName[];

export function isCommand(word: string | undefined): word is CommandName {
  return commandNames.some((name) => name === word);
}

/** A line for each command, and how to get more. */
export function overview(): string {
  return `terrarium: audit data, and train, replay and use models on the command line

${commandNames.map((name) => `  ${name.padEnd(10)}  ${commands[name].summary}`).join('\n')}

Example:
  terrarium run --data FILE --target COLUMN --out DIR

terrarium COMMAND --help says how a command is called, with its options.
Exit codes: 0 done, 1 the run failed, a replay differs or an audit finds something severe,
2 the input or the call is wrong.`;
}

/** How a command is called, with its options and an example. */
export function helpOf(name: CommandName): string {
  const { summary, text } = commands[name];
  return `terrarium ${name}: ${summary}\n${text}`;
}
