import { inputError, toFailure, type FailureData } from '#core/errors.ts';
import { eraseOrigin } from '#storage/erase.ts';
import { trainingNow } from '#storage/liveness.ts';
import { capture } from './capture.svelte.ts';
import { database } from './database.ts';
import { jobs } from './jobs.ts';

/** How erasing everything goes, from this tab or another: from its beginning on the page can only begin anew. */
class Erasure {
  #state: 'none' | 'going' | 'done' | FailureData = $state.raw('none');

  get state(): 'none' | 'going' | 'done' | FailureData {
    return this.#state;
  }

  /**
   * Erases all that pages of this address keep in this browser, for every tab; `state` tells how it goes.
   * @throws TerrariumError `run_in_progress` while a run trains in any tab; then nothing was touched
   */
  async begin(): Promise<void> {
    const training = await trainingNow(database);
    if (training !== null) throw stillTraining(training);
    await this.go();
  }

  /** Erases, or tries again what failed. */
  async go(): Promise<void> {
    this.#state = 'going';
    this.#let();
    try {
      await eraseOrigin(window);
      this.#state = 'done';
    } catch (thrown) {
      this.#state = toFailure(thrown);
    }
  }

  /** Another tab erases: this one lets go of the storage. */
  elsewhere(): void {
    if (this.#state !== 'none') return;
    this.#state = 'done';
    this.#let();
    try {
      sessionStorage.clear();
    } catch {
      // Storage that is withheld holds nothing.
    }
  }

  /** Ends all that could write, or open the database again, and lets go of what only this tab holds. */
  #let(): void {
    jobs.end();
    capture.clear();
    database.close({ disableAutoOpen: true });
  }
}

export const erasure = new Erasure();

function stillTraining(name: string) {
  return inputError(
    'run_in_progress',
    `Nothing was erased: the run ${name} still trains.`,
    'Wait for it to finish, or cancel it on its page, and erase again.',
  );
}
