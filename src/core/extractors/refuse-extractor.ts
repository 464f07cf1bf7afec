import { inputError, type TerrariumError } from '#core/errors.ts';

/** @param what completes "The extractor FILE …" */
export function refuseExtractor(file: string, what: string, hint: string): TerrariumError {
  return inputError('bad_extractor', `The extractor ${shown(file)} ${what}.`, hint, { file });
}

/** A name of the file that stays in one line. */
export function shown(name: string): string {
  const line = name.replaceAll(/\s+/g, ' ');
  return `"${line.length > 60 ? `${line.slice(0, 59)}…` : line}"`;
}
