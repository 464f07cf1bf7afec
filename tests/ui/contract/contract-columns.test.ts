import { beforeAll, describe, expect, it } from 'vitest';
import type { DatasetInfo } from '#core/data/table.ts';
import { describeSplit } from '#core/run/describe-split.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import {
  contractColumns,
  heldText,
  leftOut,
  withPins,
} from '#ui/pages/contract/contract-columns.ts';
import { withTerms } from '#ui/pages/contract/spec-terms.ts';
import { readText } from '../../support/csv.ts';
import { noise, tableOf } from '../../support/experiment.ts';

const csv = tableOf(240, {
  id: (row) => `bird-${row}`,
  mass: (row) => (row === 3 ? '' : (2700 + 20 * row).toString()),
  temperature: (row) => (row % 9 === 0 ? '-999' : (30 + noise(row)).toFixed(2)),
  island: (row) => ['Biscoe', 'Dream', 'Torgersen'][row % 3] ?? '',
  colony: (row) => `c${row % 60}`,
  keeper: (row) => (noise(row, 2) > 0.5 ? 'Ann' : 'Bob'),
  species: (row) => (noise(row, 3) > 0.5 ? 'Adelie' : 'Gentoo'),
});
let dataset: Awaited<ReturnType<typeof readText>>;
let info: DatasetInfo;
let spec: Spec;

beforeAll(async () => {
  dataset = await readText(csv);
  info = dataset.info;
  spec = {
    ...proposeSpec(info, 'species'),
    columns: {
      keeper: { personal: { decision: 'hash', salt: '0123456789abcdef' } },
      temperature: { missing: ['-999'] },
      island: { known: false },
    },
  };
});

describe('the columns of a contract', () => {
  it('are the inputs, and what would be one if it were known in time', () => {
    const columns = contractColumns(spec, info);
    const names = columns.map(({ column }) => column.name);
    expect(names).toEqual(['mass', 'temperature', 'island', 'colony', 'keeper']);
    expect(leftOut(spec, info, columns)).toEqual(['id']);
    expect(columns.map(heldText)).toEqual([
      '2700 to 7480, 1 missing',
      expect.stringMatching(/^-999 to 30\.\d+, none missing$/),
      '3 values, none missing',
      '60 values, none missing',
      '2 values, none missing',
    ]);
  });

  it('are pinned to what the data holds, codes that mean missing and hidden values left out', () => {
    const pinned = withPins(spec, contractColumns(spec, info), 'data').columns;
    expect(pinned['mass']).toEqual({ range: { min: 2700, max: 7480 } });
    expect(pinned['temperature']?.range).toEqual({ max: expect.any(Number) as number });
    expect(pinned['temperature']?.nullable).toBeUndefined();
    expect(pinned['island']).toMatchObject({
      categories: expect.arrayContaining(['Dream']) as string[],
    });
    expect(pinned['colony']).toEqual({ nullable: false });
    expect(pinned['keeper']?.categories).toBeUndefined();
  });

  it('so that the data keeps to it, and unpinning gives the spec back', () => {
    const pinned = withPins(spec, contractColumns(spec, info), 'data');
    expect(() => describeSplit(pinned, dataset)).not.toThrow();
    expect(withPins(pinned, contractColumns(pinned, info), 'nothing')).toEqual(spec);
  });

  it('are none where the spec leaves none', () => {
    const columns = Object.fromEntries(
      info.columns.map(({ name }) => [name, { type: 'ignore' as const }]),
    );
    expect(contractColumns({ ...spec, columns }, info)).toEqual([]);
  });
});

it('terms are set and taken out, and without any there is no contract', () => {
  const asking = withTerms(withTerms(spec, { threshold: 0.9 }), { row: 'one bird' });
  expect(asking.contract).toEqual({ threshold: 0.9, row: 'one bird' });
  const less = withTerms(asking, { threshold: undefined });
  expect(less.contract).toEqual({ row: 'one bird' });
  expect(withTerms(less, { row: undefined })).toEqual(spec);
});
