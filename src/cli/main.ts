import { setFlagsFromString } from 'node:v8';
import { inputError, type FailureData, toFailure } from '#core/errors.ts';
import { USAGE, usageError } from './arguments.ts';
import { commandNames, helpOf, isCommand, overview } from './help.ts';

/**
 * Each command is loaded when it is called: the others' engines take a second.
 * @returns the exit code: 0 done, 1 the run failed, a replay differs or an audit finds something severe, 2 the input or
 * the call is wrong
 */
async function main(words: readonly string[]): Promise<number> {
  const [command, ...rest] = words;
  const isAsked = rest.includes('--help') || rest.includes('-h');
  if (isCommand(command) && isAsked) return tell(helpOf(command));
  switch (command) {
    case 'run':
      return (await import('./run.ts')).run(rest);
    case 'replay':
      return (await import('./replay.ts')).replay(rest);
    case 'predict':
      return (await import('./predict.ts')).predict(rest);
    case 'write':
      return (await import('./write.ts')).write(rest);
    case 'audit':
      return (await import('./audit.ts')).audit(rest);
    case 'find-rate':
      return (await import('./find-rate.ts')).findRate(rest);
    case 'contract':
      return (await import('./contract.ts')).contract(rest);
    case undefined:
    case 'help':
    case '--help':
    case '-h':
      return tell(isCommand(rest[0]) ? helpOf(rest[0]) : overview());
    default:
      throw usageError(`There is no command "${command}".`, command, commandNames);
  }
}

function tell(help: string): 0 {
  console.log(help);
  return 0;
}

function report(failure: FailureData, asJson: boolean): void {
  if (asJson) console.error(JSON.stringify({ error: withoutStack(failure) }));
  else console.error([`terrarium: ${failure.message}`, failure.hint ?? ''].join(' ').trim());
}

/** A wrong call is answered with where the right one stands. */
function pointingToHelp(failure: FailureData, [command]: readonly string[]): FailureData {
  if (failure.code !== USAGE) return failure;
  const see = `See terrarium ${isCommand(command) ? `${command} ` : ''}--help.`;
  return { ...failure, hint: `${failure.hint ?? ''} ${see}`.trim() };
}

function withoutStack(failure: FailureData): FailureData {
  const { details, ...rest } = failure;
  if (details === undefined) return rest;
  const kept = Object.fromEntries(Object.entries(details).filter(([key]) => key !== 'stack'));
  return { ...rest, details: kept };
}

// V8 compiles what runs often once more, and a process ends only after that: of one function of onnxruntime it takes a
// second and 200 MB. What newer V8s wait for before they begin is more than `predict` needs.
setFlagsFromString('--wasm-tiering-budget=13000000');

const words = process.argv.slice(2);

// A reader that has seen enough, as `head` has, closes the pipe; a disk may be full.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0);
  const failure = inputError(
    'output_unwritable',
    `The output cannot be written (${error.code ?? error.message}).`,
  );
  report(failure.toData(), words.includes('--json'));
  process.exit(2);
});
// Who no longer reads of the progress has not called the run off.
process.stderr.on('error', () => {});

try {
  process.exitCode = await main(words);
} catch (thrown) {
  const failure = pointingToHelp(toFailure(thrown), words);
  report(failure, words.includes('--json'));
  process.exitCode = failure.kind === 'input' || failure.kind === 'storage' ? 2 : 1;
}
