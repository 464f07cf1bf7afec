import { session } from './session.ts';

export type ThemeChoice = 'system' | 'light' | 'dark';

const key = 'terrarium-theme';
const order: readonly ThemeChoice[] = ['system', 'light', 'dark'];

/**
 * The theme: the system's until a person chooses. It is kept in localStorage and not in the database,
 * for it must be known before the first frame.
 */
class Theme {
  #choice: ThemeChoice = $state(stored());
  readonly #system = matchMedia('(prefers-color-scheme: dark)');

  constructor() {
    this.#system.addEventListener('change', () => this.#apply());
    this.#apply();
  }

  get choice(): ThemeChoice {
    return this.#choice;
  }

  /** system, light, dark, and round again. */
  next(): void {
    const at = order.indexOf(this.#choice);
    this.choose(order[(at + 1) % order.length] ?? 'system');
  }

  choose(choice: ThemeChoice): void {
    this.#choice = choice;
    this.#apply();
    if (session.isPrivate) return;
    try {
      localStorage.setItem(key, choice);
    } catch {
      // Without storage the choice holds until the page is left.
    }
  }

  #apply(): void {
    const dark = this.#choice === 'dark' || (this.#choice === 'system' && this.#system.matches);
    document.documentElement.dataset['theme'] = dark ? 'dark' : 'light';
  }
}

function stored(): ThemeChoice {
  try {
    const text = localStorage.getItem(key);
    return order.find((choice) => choice === text) ?? 'system';
  } catch {
    return 'system';
  }
}

export const theme = new Theme();
