import { sizesOf } from '#core/onnx/export-model.ts';
import type { AnswerKind } from '#core/models/estimator.ts';
import type { Contract, ContractInput } from '#core/spec/contract.ts';
import { shownExample } from '#core/spec/shown-example.ts';

const numpyTypes = { float32: 'np.float32', float64: 'np.float64', string: 'object' } as const;

/** Python that loads model.onnx and predicts one record; pasted as it is, it runs beside the file. */
export function pythonSnippet(contract: Contract, kind?: AnswerKind): string {
  const lines = contract.inputs.map(
    (input) => `    ${text(input.tensor)}: ${exampleArray(input)},${note(input)}`,
  );
  const numbers = kind ?? (contract.target.classes === undefined ? undefined : 'probabilities');
  const answer = answerLines(contract, numbers);
  return [
    'import numpy as np',
    'import onnxruntime as ort',
    '',
    'session = ort.InferenceSession("model.onnx")',
    'record = {  # one row; use float("nan") or "" where a value is missing',
    ...lines,
    '}',
    ...answer,
  ].join('\n');
}

function answerLines(contract: Contract, numbers: AnswerKind | undefined): readonly string[] {
  const only = contract.task === 'ranking' ? 'score' : 'value';
  switch (numbers) {
    case undefined:
      return [`${only}, = session.run(["${only}"], record)`, `print(${only}[0, 0])`];
    case 'text':
      return [
        'probabilities, nats = session.run(["probabilities", "nats"], record)',
        'print(probabilities[0], nats[0, 0])',
      ];
    case 'components':
      return ['components, = session.run(["components"], record)', 'print(components[0])'];
    default:
      return [
        `label, ${numbers} = session.run(["label", "${numbers}"], record)`,
        `print(label[0], ${numbers}[0])`,
      ];
  }
}

/** One row; of a forecast's window the same value again and again. */
function exampleArray(input: ContractInput): string {
  const type = numpyTypes[input.dtype];
  if (input.preprocessing !== undefined) {
    return `np.zeros((1, ${sizesOf(input).join(', ')}), dtype=${type})`;
  }
  return input.window === undefined
    ? `np.array([[${example(input)}]], dtype=${type})`
    : `np.full((1, ${input.window.rows}), ${example(input)}, dtype=${type})`;
}

function note({ window, preprocessing }: ContractInput): string {
  if (preprocessing !== undefined) {
    const { height, width, channels, fit } = preprocessing;
    const what = channels === 1 ? 'grey' : 'red, green and blue';
    return `  # an image as ${height} rows of ${width} pixels, ${what} from 0 to 1 (${fit})`;
  }
  return window === undefined ? '' : `  # the last ${window.rows} values, oldest first`;
}

function example(input: ContractInput): string {
  const shown = shownExample(input);
  return typeof input.example === 'number' ? shown : text(shown);
}

/** A Python string literal; JSON's escapes are Python's too. */
function text(value: string): string {
  return JSON.stringify(value);
}
