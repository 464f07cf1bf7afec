import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository } from '#cli/prepare.mjs';
import { steps } from '#core/features/registry.ts';
import { estimators } from '#core/models/registry.ts';
import { contractSchema } from '#core/spec/contract.ts';
import { runRecordSchema } from '#core/spec/run-record.ts';
import { specSchema } from '#core/spec/spec.ts';

const document = (name: string): string => readFileSync(join(repository, 'docs', name), 'utf8');

/** Whatever of a valibot schema leads to further fields. */
interface SchemaLike {
  readonly type?: string;
  readonly entries?: Readonly<Record<string, SchemaLike>>;
  readonly wrapped?: SchemaLike;
  readonly item?: SchemaLike;
  readonly value?: SchemaLike;
}

/** The names of all fields of a schema, at any depth, without what lies under the given fields. */
function fieldNames(schema: SchemaLike, without: readonly string[] = []): string[] {
  const own = Object.entries(schema.entries ?? {});
  const inner = [schema.wrapped, schema.item, schema.value].filter(
    (one): one is SchemaLike => typeof one === 'object',
  );
  return [
    ...own.map(([name]) => name),
    ...own.flatMap(([name, field]) => (without.includes(name) ? [] : fieldNames(field, without))),
    ...inner.flatMap((one) => fieldNames(one, without)),
  ];
}

/** Whether a document has the name as code, alone or at the end of a path. */
function names(text: string, name: string): boolean {
  return [...text.matchAll(/`([^`\n]+)`/g)].some(([, code = '']) =>
    code.split(/[.[\]]/).includes(name),
  );
}

function undocumented(text: string, fields: readonly string[]): string[] {
  return [...new Set(fields)].filter((name) => !names(text, name));
}

describe('the documents name every field', () => {
  it('of run.json', () => {
    const fields = fieldNames(runRecordSchema, ['spec', 'contract']);
    expect(fields.length).toBeGreaterThan(50);
    expect(undocumented(document('run-json.md'), fields)).toEqual([]);
  });

  it('of the contract', () => {
    const contract = document('run-json.md').split('## The contract')[1] ?? '';
    expect(undocumented(contract, fieldNames(contractSchema))).toEqual([]);
  });

  it('of the spec, every step, every model and every parameter', () => {
    const parts = [...steps, ...estimators];
    const fields = [
      ...fieldNames(specSchema),
      ...parts.map(({ name }) => name),
      ...parts.flatMap(({ parameters }) => parameters.map(({ name }) => name)),
    ];
    expect(fields).toContain('hidden_units');
    expect(undocumented(document('spec.md'), fields)).toEqual([]);
  });
});
