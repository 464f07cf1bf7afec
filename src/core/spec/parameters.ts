import { inputError } from '#core/errors.ts';
import { isRecord } from './spec-path.ts';
import { hintNear } from '#core/nearest-name.ts';
import { typedNumber } from '#core/typed-number.ts';
import { shownValue } from './shown-value.ts';
import type { Task } from './spec.ts';

/**
 * One hyper-parameter of a step or an estimator, as data: its form field, its validation, its
 * documentation and its spec entry all come from this.
 */
export type ParameterSpec =
  | NumberParameter
  | IntegerListParameter
  | ChoiceParameter
  | ChoiceOrNumberParameter
  | ChoiceListParameter
  | BooleanParameter
  | TextParameter
  | TextListParameter
  | NumberMapParameter;

interface Described {
  readonly name: string;
  readonly label: string;
  /** One sentence: what it does, with its unit. */
  readonly help: string;
  /** The one choice of another parameter with which it changes anything. */
  readonly onlyWith?: { readonly name: string; readonly choice: string };
  /** The tasks in which it changes anything; every one where absent. */
  readonly tasks?: readonly Task[];
}

export interface NumberParameter extends Described {
  readonly kind: 'integer' | 'number';
  readonly default: number;
  readonly min: number;
  readonly max: number;
}

export interface IntegerListParameter extends Described {
  readonly kind: 'integer_list';
  readonly default: readonly number[];
  readonly min: number;
  readonly max: number;
  readonly maxLength: number;
}

export interface ChoiceParameter extends Described {
  readonly kind: 'choice';
  readonly default: string;
  readonly choices: readonly string[];
}

/** One of some names, or a number in their place. */
export interface ChoiceOrNumberParameter extends Described {
  readonly kind: 'choice_or_number';
  readonly default: string;
  readonly choices: readonly string[];
  readonly min: number;
  readonly max: number;
  /** What the number is, for the form. */
  readonly numberLabel: string;
  /** The number that the form begins with. */
  readonly firstNumber: number;
}

/** Some of a set, each once; resolved, they stand in the set's own order. */
export interface ChoiceListParameter extends Described {
  readonly kind: 'choice_list';
  readonly default: readonly string[];
  readonly choices: readonly string[];
}

export interface BooleanParameter extends Described {
  readonly kind: 'boolean';
  readonly default: boolean;
}

export interface TextParameter extends Described {
  readonly kind: 'text';
  readonly default: string;
  readonly maxLength: number;
}

/** Texts, for example names of features, each once. */
export interface TextListParameter extends Described {
  readonly kind: 'text_list';
  readonly default: readonly string[];
  readonly maxLength: number;
}

/** Numbers by names, for example of classes; what is not named has none. */
export interface NumberMapParameter extends Described {
  readonly kind: 'number_map';
  readonly default: Readonly<Record<string, number>>;
  readonly min: number;
  readonly max: number;
  readonly maxLength: number;
}

export type ParameterValue =
  | number
  | string
  | boolean
  | readonly number[]
  | readonly string[]
  | Readonly<Record<string, number>>;
export type ParameterValues = Readonly<Record<string, ParameterValue>>;

/**
 * Fills defaults in and checks every value.
 * @param path where the values stand in the spec, for the message, for example `candidates[1].parameters`
 * @throws TerrariumError naming the parameter, the allowed range and what it got
 */
export function resolveParameters(
  specs: readonly ParameterSpec[],
  given: Readonly<Record<string, unknown>>,
  path: string,
): ParameterValues {
  for (const name of Object.keys(given)) {
    if (!specs.some((spec) => spec.name === name)) {
      const known = specs.map((spec) => spec.name);
      throw inputError(
        'unknown_parameter',
        `${path}.${name} is not a parameter here.`,
        hintNear(name, known, `Known parameters: ${known.join(', ') || 'none'}.`),
        { path: `${path}.${name}` },
      );
    }
  }
  const resolved: Record<string, ParameterValue> = {};
  for (const spec of specs) {
    const value = given[spec.name];
    resolved[spec.name] =
      value === undefined ? spec.default : checked(spec, value, `${path}.${spec.name}`);
  }
  return resolved;
}

function checked(spec: ParameterSpec, value: unknown, path: string): ParameterValue {
  if (spec.kind === 'choice') {
    if (typeof value === 'string' && spec.choices.includes(value)) return value;
    throw refused(path, `one of ${spec.choices.join(', ')}`, value);
  }
  if (spec.kind === 'choice_list') {
    const chosen = spec.choices.filter((choice) => Array.isArray(value) && value.includes(choice));
    if (Array.isArray(value) && chosen.length === value.length) return chosen;
    throw refused(path, `a list of any of ${spec.choices.join(', ')}`, value);
  }
  if (spec.kind === 'boolean') {
    if (typeof value === 'boolean') return value;
    throw refused(path, 'true or false', value);
  }
  if (spec.kind === 'text') {
    if (typeof value === 'string' && value.length <= spec.maxLength) return value;
    throw refused(path, `a text of at most ${spec.maxLength} characters`, value);
  }
  if (spec.kind === 'text_list') {
    const isList = Array.isArray(value) && value.every((item) => typeof item === 'string');
    if (isList && value.length <= spec.maxLength && new Set(value).size === value.length) {
      return value;
    }
    throw refused(path, `a list of at most ${spec.maxLength} different texts`, value);
  }
  const range = `from ${typedNumber(spec.min)} to ${typedNumber(spec.max)}`;
  const isWhole = spec.kind === 'integer' || spec.kind === 'integer_list';
  const fits = (item: unknown): item is number =>
    typeof item === 'number' &&
    item >= spec.min &&
    item <= spec.max &&
    (!isWhole || Number.isInteger(item));
  if (spec.kind === 'choice_or_number') {
    if (fits(value) || (typeof value === 'string' && spec.choices.includes(value))) return value;
    throw refused(path, `one of ${spec.choices.join(', ')}, or a number ${range}`, value);
  }
  if (spec.kind === 'integer_list') {
    if (Array.isArray(value) && value.length <= spec.maxLength && value.every(fits)) {
      return value;
    }
    throw refused(path, `a list of at most ${spec.maxLength} integers ${range}`, value);
  }
  if (spec.kind === 'number_map') {
    if (isNumberMap(value, fits) && Object.keys(value).length <= spec.maxLength) return value;
    throw refused(path, `at most ${spec.maxLength} numbers ${range}, each by its name`, value);
  }
  if (fits(value)) return value;
  throw refused(path, `${spec.kind === 'integer' ? 'an integer' : 'a number'} ${range}`, value);
}

function isNumberMap(
  value: unknown,
  fits: (item: unknown) => boolean,
): value is Readonly<Record<string, number>> {
  return isRecord(value) && Object.values(value).every(fits);
}

function refused(path: string, allowed: string, value: unknown): Error {
  return inputError(
    'parameter_out_of_range',
    `${path} must be ${allowed}, and got ${shownValue(value)}.`,
    'Change the value.',
    { path },
  );
}

/**
 * Refuses a parameter that changes nothing in a task, unless it has its default, as in specs that were filled in.
 * @param path where the values stand in the spec
 */
export function refuseOtherTasks(
  specs: readonly ParameterSpec[],
  values: ParameterValues,
  task: Task,
  path: string,
): void {
  for (const { name, default: usual, ...spec } of specs) {
    const value = values[name];
    if (isOfTask(spec, task) || JSON.stringify(value) === JSON.stringify(usual)) continue;
    throw inputError(
      'parameter_of_another_task',
      `${path}.${name} is ${shownValue(value)}, and changes nothing where the task is ${task}.`,
      'Remove it.',
      { path: `${path}.${name}` },
    );
  }
}

export function isOfTask({ tasks }: Pick<ParameterSpec, 'tasks'>, task: Task): boolean {
  return tasks === undefined || tasks.includes(task);
}

/** Whether a parameter changes anything beside these values of the others; those left out have their defaults. */
export function hasEffect(
  { onlyWith }: ParameterSpec,
  specs: readonly ParameterSpec[],
  values: Readonly<Record<string, unknown>>,
): boolean {
  if (onlyWith === undefined) return true;
  const other = specs.find(({ name }) => name === onlyWith.name);
  return (values[onlyWith.name] ?? other?.default) === onlyWith.choice;
}

/** A resolved numeric parameter. */
export function numberOf(values: ParameterValues, name: string): number {
  const value = values[name];
  if (typeof value !== 'number') throw new TypeError(`parameter ${name} is not a number`);
  return value;
}

/** A resolved choice. */
export function choiceOf(values: ParameterValues, name: string): string {
  const value = values[name];
  if (typeof value !== 'string') throw new TypeError(`parameter ${name} is not a choice`);
  return value;
}

/** A resolved choice, or the number in its place. */
export function choiceOrNumberOf(values: ParameterValues, name: string): string | number {
  return typeof values[name] === 'number' ? numberOf(values, name) : choiceOf(values, name);
}

/** A resolved yes or no. */
export function booleanOf(values: ParameterValues, name: string): boolean {
  const value = values[name];
  if (typeof value !== 'boolean') throw new TypeError(`parameter ${name} is not a boolean`);
  return value;
}

/** A resolved text. */
export function textOf(values: ParameterValues, name: string): string {
  const value = values[name];
  if (typeof value !== 'string') throw new TypeError(`parameter ${name} is not a text`);
  return value;
}

/** A resolved list of choices, or of texts. */
export function choicesOf(values: ParameterValues, name: string): readonly string[] {
  const value = values[name];
  if (!Array.isArray(value)) throw new TypeError(`parameter ${name} is not a list`);
  return value as readonly string[];
}

/** A resolved list of integers. */
export function integersOf(values: ParameterValues, name: string): readonly number[] {
  const value = values[name];
  if (!Array.isArray(value)) throw new TypeError(`parameter ${name} is not a list`);
  return value as readonly number[];
}

/** Resolved numbers by their names. */
export function numbersByName(values: ParameterValues, name: string): ReadonlyMap<string, number> {
  const value = values[name];
  if (!isNumberMap(value, (item) => typeof item === 'number')) {
    throw new TypeError(`parameter ${name} is no numbers by names`);
  }
  return new Map(Object.entries(value));
}
