import { DATABASE_NAME } from '#storage/database.ts';
import {
  canBePrivate,
  holdPrivateDatabase,
  privateDatabaseName,
} from '#storage/private-storage.ts';

const key = 'terrarium-private';

/**
 * Whether this tab keeps its data for good, or leaves no trace when it is closed. A private tab stays
 * private when it is reloaded, and begins with an empty database each time.
 */
class Session {
  readonly isPrivate: boolean = canBePrivate() && marked();
  readonly databaseName: string = this.isPrivate ? privateDatabaseName() : DATABASE_NAME;
  readonly canBePrivate: boolean = canBePrivate();
  #restarting = false;

  constructor() {
    if (this.isPrivate) holdPrivateDatabase(this.databaseName);
  }

  /** Whether the person has asked for a new start, so that the browser need not ask again. */
  get restarting(): boolean {
    return this.#restarting;
  }

  /** Makes this tab private, or no longer so; it starts anew, at its first page. */
  restart(asPrivate: boolean): void {
    if (asPrivate) sessionStorage.setItem(key, 'yes');
    else sessionStorage.removeItem(key);
    this.#restarting = true;
    location.hash = '#/';
    location.reload();
  }
}

function marked(): boolean {
  try {
    return sessionStorage.getItem(key) !== null;
  } catch {
    return false;
  }
}

export const session = new Session();
