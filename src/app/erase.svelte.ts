import { inputError } from '#core/errors.ts';
import { eraseOrigin } from '#storage/erase.ts';
import { trainingNow } from '#storage/liveness.ts';
import { database } from './database.ts';
import { jobs } from './jobs.ts';

/** Whether all storage was erased, here or in another tab: this page can only begin anew. */
class Erased {
  #value = $state(false);

  get value(): boolean {
    return this.#value;
  }

  /** Ends all that could write, or open the database again. */
  happened(): void {
    this.#value = true;
    jobs.end();
    database.close({ disableAutoOpen: true });
    try {
      sessionStorage.clear();
    } catch {
      // Storage that is withheld holds nothing.
    }
  }
}

export const erased = new Erased();

/**
 * Erases all that pages of this address keep in this browser, for every tab.
 * @throws TerrariumError `run_in_progress` while a run trains in any tab, `erase_blocked`
 */
export async function eraseEverything(): Promise<void> {
  const training = await trainingNow(database);
  if (training !== null) throw stillTraining(training);
  erased.happened();
  await eraseOrigin(window);
}

function stillTraining(name: string) {
  return inputError(
    'run_in_progress',
    `Nothing was erased: the run ${name} still trains.`,
    'Wait for it to finish, or cancel it on its page, and erase again.',
  );
}
