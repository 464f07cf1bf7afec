import type { ParameterSpec } from '#core/spec/parameters.ts';
import { constant } from './constant.ts';
import { cosine } from './cosine.ts';
import { oneCycle } from './one-cycle.ts';
import type { Schedule } from './schedule.ts';
import { step } from './step.ts';

const schedules = { constant, step, cosine, one_cycle: oneCycle } satisfies Record<
  string,
  Schedule
>;

export type ScheduleName = keyof typeof schedules;

/** The schedule of this name. @throws TypeError where there is none, which the parameter's spec refuses before */
export function scheduleNamed(name: string): Schedule {
  if (!(name in schedules)) throw new TypeError(`there is no schedule ${name}`);
  return schedules[name as ScheduleName];
}

/** What a network says of how its learning rate changes from step to step. */
export const scheduleParameters: readonly ParameterSpec[] = [
  {
    name: 'schedule',
    label: 'Learning rate over time',
    kind: 'choice',
    choices: Object.keys(schedules),
    default: 'constant',
    help: 'constant; step: drops every few epochs; cosine: falls to 0 over all epochs; one_cycle: rises first, then falls.',
  },
  {
    name: 'drop_epochs',
    label: 'Epochs between drops',
    kind: 'integer',
    min: 1,
    max: 10_000,
    default: 30,
    help: 'Epochs after which the learning rate drops, again and again.',
    onlyWith: { name: 'schedule', choice: 'step' },
  },
  {
    name: 'drop_factor',
    label: 'What a drop leaves',
    kind: 'number',
    min: 0.001,
    max: 1,
    default: 0.1,
    help: 'The learning rate is multiplied by this at each drop.',
    onlyWith: { name: 'schedule', choice: 'step' },
  },
  {
    name: 'warmup',
    label: 'Share that rises',
    kind: 'number',
    min: 0,
    max: 0.9,
    default: 0.3,
    help: 'Share of all steps in which the learning rate rises to its highest.',
    onlyWith: { name: 'schedule', choice: 'one_cycle' },
  },
];
