import { parseArgs, type ParseArgsConfig } from 'node:util';
import { inputError } from '#core/errors.ts';
import { nearestName } from '#core/nearest-name.ts';
import type { BackendChoice } from '#core/spec/spec.ts';

/** The code of errors behind which the help of the command is named. */
export const USAGE = 'usage';

/**
 * @param given a word that is none of those there are
 * @param names those there are
 */
export function usageError(message: string, given = '', names: readonly string[] = []): Error {
  const nearest = nearestName(given, names);
  return inputError(USAGE, message, nearest === null ? undefined : `Did you mean "${nearest}"?`);
}

/** Parses a command's words strictly; an unknown or incomplete option is a usage error. */
export function parseWords<T extends NonNullable<ParseArgsConfig['options']>>(
  words: readonly string[],
  options: T,
) {
  try {
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (thrown) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    const [sentence = message] = message.split(/\. |\n/);
    const known = Object.keys(options).map((name) => `--${name}`);
    const [, unknown] = /^Unknown option '(--[^']+)'/.exec(message) ?? [];
    throw usageError(`${sentence.replace(/\.$/, '')}.`, unknown, known);
  }
}

export function parseSeed(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seed = Number(text);
  if (Number.isInteger(seed) && seed >= 1 && seed < 2 ** 31) return seed;
  throw usageError(`--seed must be an integer from 1 to 2147483647, and got "${text}".`);
}

/** More than the machine computes with at once are allowed: they change no result. */
export function parseWorkers(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const workers = Number(text);
  if (Number.isInteger(workers) && workers >= 1 && workers <= 64) return workers;
  throw usageError(`--workers must be an integer from 1 to 64, and got "${text}".`);
}

/** @returns milliseconds */
export function parseSeconds(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const seconds = Number(text);
  if (text.trim() !== '' && seconds >= 0 && seconds <= 3600) return seconds * 1000;
  throw usageError(`--${option} must be seconds from 0 to 3600, and got "${text}".`);
}

/** webgpu is for the browser: Node has none. */
export function parseBackend(text: string | undefined): BackendChoice | undefined {
  if (text === undefined || text === 'wasm' || text === 'cpu' || text === 'auto') return text;
  throw usageError(`--backend must be wasm, cpu or auto, and got "${text}".`);
}
