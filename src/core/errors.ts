/**
 * The one error type of Terrarium. A code for programs, a sentence for people (what, where), a hint
 * (what to do), and details a page or `--json` can use. Worker boundaries drop error classes, so a
 * failure travels as plain data and is revived on the other side.
 */
export type ErrorKind = 'input' | 'run' | 'storage' | 'cancelled' | 'internal';

export interface FailureData {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly message: string;
  readonly hint?: string;
  readonly details?: Readonly<Record<string, unknown>>;
}

export type Result<T> =
  { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: FailureData };

export class TerrariumError extends Error {
  readonly code: string;
  readonly kind: ErrorKind;
  readonly hint: string | undefined;
  readonly details: Readonly<Record<string, unknown>> | undefined;

  constructor(failure: FailureData) {
    super(failure.message);
    this.name = 'TerrariumError';
    this.code = failure.code;
    this.kind = failure.kind;
    this.hint = failure.hint;
    this.details = failure.details;
  }

  toData(): FailureData {
    return {
      code: this.code,
      kind: this.kind,
      message: this.message,
      ...(this.hint === undefined ? {} : { hint: this.hint }),
      ...(this.details === undefined ? {} : { details: this.details }),
    };
  }
}

/** The input or the call is wrong, and the person can mend it. */
export function inputError(
  code: string,
  message: string,
  hint?: string,
  details?: Readonly<Record<string, unknown>>,
): TerrariumError {
  return new TerrariumError({
    code,
    kind: 'input',
    message,
    ...(hint === undefined ? {} : { hint }),
    ...(details === undefined ? {} : { details }),
  });
}

/** The input was fine and the run failed all the same. */
export function runError(
  code: string,
  message: string,
  hint?: string,
  details?: Readonly<Record<string, unknown>>,
): TerrariumError {
  return new TerrariumError({ ...inputError(code, message, hint, details).toData(), kind: 'run' });
}

/** The code of a run's failure whose GPU is gone: another worker gets it back, and goes on from the last checkpoint. */
export const DEVICE_LOST = 'gpu_lost';
/** The code of a failure whose backend does not start, which another day it may. */
export const BACKEND_UNAVAILABLE = 'backend_unavailable';
/** The code of a failure for want of room in the browser's storage. */
export const STORAGE_FULL = 'storage_full';

/** The code of a run's refusal because of personal data on which nobody has decided. */
export const UNDECIDED = 'personal_undecided';

export function cancelledError(): TerrariumError {
  return new TerrariumError({ code: 'cancelled', kind: 'cancelled', message: 'Cancelled.' });
}

/** Any thrown value as plain data; what is not ours is reported as internal, with its own message. */
export function toFailure(thrown: unknown): FailureData {
  if (thrown instanceof TerrariumError) return thrown.toData();
  if (thrown instanceof DOMException && thrown.name === 'AbortError') {
    return cancelledError().toData();
  }
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  const stack = thrown instanceof Error ? thrown.stack : undefined;
  return {
    code: 'internal',
    kind: 'internal',
    message: `Something went wrong inside Terrarium: ${message}`,
    ...(stack === undefined ? {} : { details: { stack } }),
  };
}

/** Runs a worker method's body and gives its value or its failure, never a throw. */
export async function settle<T>(body: () => Promise<T> | T): Promise<Result<T>> {
  try {
    return { ok: true, value: await body() };
  } catch (thrown) {
    return { ok: false, error: toFailure(thrown) };
  }
}

/** The value of a result, or its failure thrown as a `TerrariumError`. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new TerrariumError(result.error);
}
