import { createSubscriber } from 'svelte/reactivity';
import { toFailure, type FailureData } from '#core/errors.ts';
import type { Observable } from '#storage/observe.ts';

/**
 * An observable query as a rune: it is subscribed to while a component or effect reads it, and each
 * read sees the latest answer.
 */
export class Live<T> {
  readonly #subscribe: () => void;
  #state: LiveState<T> = { status: 'loading' };

  constructor(query: Observable<T>) {
    this.#subscribe = createSubscriber((update) => {
      const subscription = query.subscribe({
        next: (value) => {
          this.#state = { status: 'ready', value };
          update();
        },
        error: (thrown: unknown) => {
          this.#state = { status: 'failed', failure: toFailure(thrown) };
          update();
        },
      });
      return () => subscription.unsubscribe();
    });
  }

  get state(): LiveState<T> {
    this.#subscribe();
    return this.#state;
  }

  /** The answer; undefined until there is one. */
  get value(): T | undefined {
    return this.state.status === 'ready' ? this.state.value : undefined;
  }

  get failure(): FailureData | undefined {
    return this.state.status === 'failed' ? this.state.failure : undefined;
  }

  get loading(): boolean {
    return this.state.status === 'loading';
  }
}

export type LiveState<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: T }
  | { readonly status: 'failed'; readonly failure: FailureData };
