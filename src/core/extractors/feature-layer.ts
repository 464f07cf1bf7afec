import type { GraphProto, NodeProto } from 'onnx-buf';
import { refuseExtractor, shown } from './refuse-extractor.ts';

/** What stands between the last fully connected layer and the classes. */
const headOperators = new Set([
  ...['Add', 'Softmax', 'LogSoftmax', 'Sigmoid', 'Identity', 'Dropout', 'Cast'],
  ...['Reshape', 'Flatten', 'Squeeze', 'Unsqueeze', 'ArgMax'],
]);
const fullyConnected = new Set(['Gemm', 'MatMul']);
/** Names that a refusal lists. */
const FEW_SHOWN = 8;

/**
 * The tensor that features are read from: the one of that name; or what goes into the fully connected layer that the
 * network ends in, which is what it knows before it names classes; or its output where it ends in none.
 * @throws TerrariumError `bad_extractor` where there is no such tensor
 */
export function chooseLayer({ node, output }: GraphProto, wanted: string, file: string): string {
  const makers = new Map(node.flatMap((one) => one.output.map((name) => [name, one] as const)));
  if (wanted !== '') {
    if (makers.has(wanted)) return wanted;
    const names = [...makers.keys()].reverse().slice(0, FEW_SHOWN).map(shown).join(', ');
    throw refuseExtractor(
      file,
      `has no layer ${shown(wanted)}`,
      `Name one of its tensors; the last ones are ${names}.`,
    );
  }
  const [last] = output;
  if (last === undefined) {
    throw refuseExtractor(file, 'has no output', 'Export it again, with one.');
  }
  return inputOfHead(last.name, makers) ?? last.name;
}

function inputOfHead(last: string, makers: ReadonlyMap<string, NodeProto>): string | undefined {
  let name = last;
  // A tensor that is made from itself is refused later; here it must only not go on for ever.
  for (let steps = 0; steps < headOperators.size; steps += 1) {
    const maker = makers.get(name);
    if (maker === undefined) return undefined;
    if (fullyConnected.has(maker.opType)) return maker.input[0];
    const only = maker.opType === 'Add' ? madeAlone(maker, makers) : maker.input[0];
    if (!headOperators.has(maker.opType) || only === undefined) return undefined;
    name = only;
  }
  return undefined;
}

/** What is added to constants; undefined where it is two that depend on the image. */
function madeAlone({ input }: NodeProto, makers: ReadonlyMap<string, NodeProto>) {
  const made = input.filter((name) => (makers.get(name)?.opType ?? 'Constant') !== 'Constant');
  return made.length === 1 ? made[0] : undefined;
}
