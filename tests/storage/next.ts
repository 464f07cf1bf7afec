import type { Observable } from '#storage/observe.ts';

/** Waits until the observable has emitted a value that passes. */
export function next<T>(observable: Observable<T>, passes: (value: T) => boolean): Promise<T> {
  return new Promise((resolve, reject) => {
    const subscription = observable.subscribe((value) => {
      if (!passes(value)) return;
      resolve(value);
      setTimeout(() => subscription.unsubscribe(), 0);
    }, reject);
  });
}
