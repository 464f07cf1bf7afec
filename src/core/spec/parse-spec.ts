import { readSettingsSchema, type ReadSettings } from '#core/data/read/settings.ts';
import * as v from 'valibot';
import { parseDocument, stringify } from 'yaml';
import { inputError } from '#core/errors.ts';
import { hintNear } from '#core/nearest-name.ts';
import { checkMeaning } from './check-spec.ts';
import { refuseNewer } from './refuse-newer.ts';
import { shownValue } from './shown-value.ts';
import { SPEC_VERSION, specSchema, type Spec } from './spec.ts';
import { specKeys } from './spec-keys.ts';
import { formatPath, isRecord } from './spec-path.ts';

/**
 * Reads a spec from YAML (or JSON, which is YAML).
 * @throws TerrariumError whose message and `details.path` name the place in the spec
 */
export function parseSpec(yaml: string): Spec {
  return checkShape(parseSpecText(yaml));
}

/** The plain data of a YAML text, not yet held against the schema. */
export function parseSpecText(yaml: string): unknown {
  const document = parseDocument(yaml, { prettyErrors: true });
  const [syntaxError] = document.errors;
  if (syntaxError !== undefined) {
    const line = syntaxError.linePos?.[0].line;
    if (syntaxError.code === 'MULTIPLE_DOCS') throw severalDocuments(line);
    throw inputError(
      'yaml_syntax',
      `The spec is not valid YAML${line === undefined ? '' : `, line ${line}`}: ${firstLine(syntaxError.message)}`,
      'Correct the text; two spaces per level, and quotes around texts with a colon.',
      line === undefined ? {} : { line },
    );
  }
  try {
    const data = document.toJS({ maxAliasCount: 50 }) as unknown;
    JSON.stringify(data); // refuses what holds itself
    return data;
  } catch (thrown) {
    const reason = thrown instanceof Error ? firstLine(thrown.message) : 'unknown reason';
    throw inputError(
      'yaml_syntax',
      `The spec cannot be read: ${reason.replace(/[.!?]?$/, '.')}`,
      'Write it without aliases that are unknown, too many, or refer to themselves.',
    );
  }
}

/** Holds plain data against the spec's schema, fills defaults in, and checks what needs no data. */
export function checkShape(value: unknown): Spec {
  if (!isRecord(value)) {
    throw inputError(
      'spec_shape',
      'The spec is empty or not a mapping of keys to values.',
      'Begin with version, name, data, task and target.',
      { path: '' },
    );
  }
  refuseNewer('The spec', value, SPEC_VERSION);
  const result = v.safeParse(specSchema, value);
  if (!result.success) throw shapeError(result.issues[0]);
  for (const key of Object.keys(isRecord(value['columns']) ? value['columns'] : {})) {
    if (!Object.hasOwn(result.output.columns, key)) {
      throw inputError(
        'unusable_column_name',
        `columns.${key}: a column with this name cannot have settings.`,
        'Rename the column in the data.',
        { path: `columns.${key}` },
      );
    }
  }
  checkMeaning(result.output);
  return result.output;
}

const partlyRead = v.looseObject({ data: v.looseObject({ read: v.optional(readSettingsSchema) }) });

/**
 * How a spec wants its file read, for when the rest of it is checked against what was read.
 * @throws TerrariumError naming a field below `data.read`
 */
export function readSettingsOf(spec: unknown): ReadSettings {
  const result = v.safeParse(partlyRead, spec);
  if (result.success) return result.output.data.read ?? {};
  throw shapeError(result.issues[0]);
}

export function specToYaml(spec: Spec): string {
  return stringify(spec, { lineWidth: 100, aliasDuplicateObjects: false });
}

function severalDocuments(line: number | undefined): Error {
  const place = line === undefined ? '' : `, the second one at line ${line}`;
  return inputError(
    'several_documents',
    `The text holds several YAML documents, set apart by ---${place}; a spec is one.`,
    'Keep one of them, and write each of the others to a file of its own.',
    line === undefined ? {} : { line },
  );
}

function shapeError(issue: v.BaseIssue<unknown>): Error {
  const keys = (issue.path ?? []).map(({ key }) => (typeof key === 'number' ? key : String(key)));
  const path = formatPath(keys);
  const name = String(keys.at(-1) ?? '');
  const details = { path };
  if (issue.expected === 'never') {
    return inputError(
      'unknown_key',
      `${path}: there is no key "${name}" in a spec.`,
      hintNear(name, specKeys(keys.slice(0, -1)), 'Remove it, or correct its spelling.'),
      details,
    );
  }
  if (issue.received === 'undefined') {
    return inputError(
      'missing_key',
      `${path} is missing.`,
      `Add it: docs/spec.md lists every field.`,
      details,
    );
  }
  const got = shownValue(issue.input);
  const wanted = issue.kind === 'validation' ? issue.message : `must be ${expectation(issue)}`;
  return inputError(
    'wrong_value',
    `${path} ${wanted.startsWith('must') ? wanted : `is not valid (${wanted})`}, and got ${got.slice(0, 80)}.`,
    'Correct the value in the spec.',
    details,
  );
}

function expectation(issue: v.BaseIssue<unknown>): string {
  const names: Readonly<Record<string, string>> = {
    Object: 'a mapping',
    Array: 'a list',
    string: 'a text',
    number: 'a number',
    boolean: 'true or false',
  };
  const expected = (issue.expected ?? 'another value').replaceAll(/[()]/g, '').split(' | ');
  return expected.map((one) => names[one] ?? one).join(' or ');
}

function firstLine(text: string): string {
  return text.split('\n')[0]?.replace(/:$/, '.') ?? text;
}
