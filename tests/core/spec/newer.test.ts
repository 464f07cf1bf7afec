import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { parseRecord } from '#cli/read-record.ts';
import { CONTRACT_KEY } from '#core/onnx/export-model.ts';
import { readContract } from '#core/predict.ts';
import { parseSpec } from '#core/spec/parse-spec.ts';
import { refusalOf } from '../../support/refusal.ts';
import { goodSpec } from '../../support/spec.ts';

describe('what a newer Terrarium wrote is refused for that, whatever else is in it', () => {
  it('a spec', async () => {
    const newer = stringify({ ...goodSpec(), version: 2, seeds: [1], target: { name: 'x' } });
    const { code, message, hint, details } = await refusalOf(() => parseSpec(newer));
    expect(code).toBe('newer_version');
    expect(message).toBe(
      'The spec was written by a newer Terrarium: it is of version 2, and this Terrarium reads version 1.',
    );
    expect(hint).toMatch(/^Update Terrarium/);
    expect(details?.['path']).toBe('version');
  });

  it.each([0, -1, '2', null, 1.5])('and a version of %j is no newer one', async (version) => {
    const { message } = await refusalOf(() => parseSpec(stringify({ ...goodSpec(), version })));
    expect(message).toMatch(version === 1.5 ? /version 1\.5/ : /^version must be 1/);
  });

  it('a run.json, and one with a newer spec or contract', async () => {
    const said = (record: unknown): Promise<string> =>
      refusalOf(() => parseRecord('old/run.json', JSON.stringify(record))).then(
        (one) => one.message,
      );
    expect(await said({ version: 3, all: 'new' })).toMatch(
      /^old\/run\.json was written by a newer Terrarium: it is of version 3, /,
    );
    expect(await said({ version: 1, spec: { version: 2 } })).toMatch(
      /^The spec in old\/run\.json was/,
    );
    expect(await said({ version: 1, contract: { version: 2 } })).toMatch(/^The contract in old/);
    expect(await said({ version: 1 })).toMatch(/is not a run record/);
  });

  it('a model', async () => {
    const { message } = await refusalOf(() => readContract(modelWith({ version: 2, name: 'x' })));
    expect(message).toMatch(/^The model was written by a newer Terrarium: it is of version 2, /);
    const { code } = await refusalOf(() => readContract(modelWith({ version: 1, name: 'x' })));
    expect(code).toBe('no_contract');
  });
});

it('several documents in one text are counted as such, with the line of the second', async () => {
  const one = stringify(goodSpec());
  const { code, message, details } = await refusalOf(() => parseSpec(`${one}---\n${one}`));
  expect(code).toBe('several_documents');
  const line = one.split('\n').length;
  expect(message).toBe(
    `The text holds several YAML documents, set apart by ---, the second one at line ${line}; a spec is one.`,
  );
  expect(details).toEqual({ line });
  expect(parseSpec(`---\n${one}`).name).toBe(goodSpec().name);
  expect(parseSpec(`${one}...\n`).name).toBe(goodSpec().name);
});

/** An ONNX file of an empty graph and a contract. */
function modelWith(contract: unknown): Uint8Array {
  const entry = [...field(1, CONTRACT_KEY), ...field(2, JSON.stringify(contract))];
  return Uint8Array.from([...field(7, ''), ...field(14, entry)]);
}

/** A length-delimited field of protobuf. */
function field(number: number, content: string | readonly number[]): number[] {
  const bytes = typeof content === 'string' ? [...new TextEncoder().encode(content)] : content;
  return [(number << 3) | 2, bytes.length, ...bytes];
}
