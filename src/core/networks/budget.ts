import { numberOf, type ParameterSpec, type ParameterValues } from '#core/spec/parameters.ts';

/** How long a network may train, and how much memory it may take. */
export interface Budget {
  /** Steps of the optimizer; 0 for no limit. */
  readonly maxSteps: number;
  /** Seconds of work, without pauses; 0 for no limit. */
  readonly maxSeconds: number;
  /** Infinity for no limit. */
  readonly maxMemoryBytes: number;
}

export const budgetParameters: readonly ParameterSpec[] = [
  {
    name: 'max_seconds',
    label: 'Most seconds',
    kind: 'number',
    min: 0,
    max: 1e6,
    default: 0,
    help: 'Training stops once it has worked for so long. The run says after which step, and a replay stops there; 0 is no limit.',
  },
  {
    name: 'max_steps',
    label: 'Most steps',
    kind: 'integer',
    min: 0,
    max: 1e9,
    default: 0,
    help: 'Steps of the optimizer, at most; 0 is no limit.',
  },
  {
    name: 'max_memory_mb',
    label: 'Most memory in MB',
    kind: 'number',
    min: 0,
    max: 1e6,
    default: 2000,
    help: 'A training that needs more for its rows, weights and batches is refused, on a GPU of its memory; 0 is no limit.',
  },
];

/** What may be spent, from a network's parameters. */
export function budgetOf(parameters: ParameterValues): Budget {
  const megabytes = numberOf(parameters, 'max_memory_mb');
  return {
    maxSteps: numberOf(parameters, 'max_steps'),
    maxSeconds: numberOf(parameters, 'max_seconds'),
    maxMemoryBytes: megabytes === 0 ? Infinity : 1e6 * megabytes,
  };
}

/** How many steps may follow after so many. */
export function stepsLeft({ maxSteps }: Budget, step: number): number {
  return maxSteps === 0 ? Infinity : Math.max(0, maxSteps - step);
}

/** Whether it has worked for as long as it may. */
export function isTimeUp({ maxSeconds }: Budget, workedMs: number): boolean {
  return maxSeconds > 0 && workedMs >= 1000 * maxSeconds;
}

/**
 * The parameters under which a training ends where another one did, however long it takes: after the same step, where time
 * had stopped that one.
 * @param stoppedAtStep undefined where time did not stop it
 */
export function stoppingAt<Parameters extends object>(
  parameters: Parameters,
  stoppedAtStep: number | undefined,
): Parameters {
  if (stoppedAtStep !== undefined) {
    return { ...parameters, max_seconds: 0, max_steps: stoppedAtStep };
  }
  return 'max_seconds' in parameters ? { ...parameters, max_seconds: 0 } : parameters;
}
