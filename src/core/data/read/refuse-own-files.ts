import { inputError } from '#core/errors.ts';

/**
 * What Terrarium writes itself is no data: a spec, dropped where data goes, became a table of its lines.
 * @param name in small letters, without `.gz`
 * @throws TerrariumError for a model, or a spec, that says where it goes
 */
export function refuseOwnFiles(head: Uint8Array, name: string): void {
  if (name.endsWith('.onnx')) {
    throw inputError(
      'no_data',
      'The file is a model (ONNX), and no data.',
      'Open a file of data. The page of a run predicts with its model, and so does terrarium predict on the command line.',
    );
  }
  if (/\.ya?ml$/.test(name) && isSpec(new TextDecoder().decode(head))) {
    throw inputError(
      'no_data',
      'The file is a spec of an experiment, and no data.',
      'Open its data, and the spec on the tab YAML of the setup; on the command line it goes to terrarium run.',
    );
  }
}

function isSpec(text: string): boolean {
  return /^version:/m.test(text) && /^task:/m.test(text);
}
