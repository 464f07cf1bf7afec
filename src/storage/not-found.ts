import { inputError, type TerrariumError } from '#core/errors.ts';

export function datasetNotFound(id: string): TerrariumError {
  return inputError(
    'dataset_not_found',
    `There is no data set ${id} in this browser.`,
    'It may have been deleted in another tab. Choose one from the list, or import the file again.',
    { id },
  );
}

export function versionNotFound(name: string, number: number): TerrariumError {
  return inputError(
    'version_not_found',
    `The data set ${name} has no version ${number}.`,
    'It may have been deleted, or made a data set of its own. Choose one from the list of its versions.',
    { name, number },
  );
}

export function runNotFound(id: string): TerrariumError {
  return inputError(
    'run_not_found',
    `There is no run ${id} in this browser.`,
    'It may have been deleted in another tab. Choose one from the list of runs.',
    { id },
  );
}
