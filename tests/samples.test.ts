import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Sample } from '#app/samples.ts';
import { repository } from '#cli/prepare.mjs';
import { audit } from '#core/data/audit/audit.ts';
import { readFile } from './support/read.ts';
import { gapminderCsv } from './samples/gapminder.ts';

const folder = join(repository, 'public', 'samples');
const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
const samples = JSON.parse(text('samples.json')) as readonly Sample[];

it.each(samples.map((sample) => [sample.id, sample] as const))(
  'the list says of %s what its file holds, and its licence stands beside it',
  async (_, sample) => {
    const bytes = readFileSync(join(folder, sample.file));
    const { info } = await readFile(sample.file, bytes);
    expect({ rows: info.rows, bytes: info.bytes }).toEqual({
      rows: sample.rows,
      bytes: sample.bytes,
    });
    expect(info.columns.map(({ name }) => name)).toContain(sample.target ?? 'text');
    expect(text('LICENCES.md')).toContain(`**${sample.file}**`);
    expect(bytes.length).toBeLessThan(1_000_000);
  },
);

it('the list names every file there is', () => {
  const files = readdirSync(folder).filter(
    (name) => name !== 'samples.json' && name !== 'LICENCES.md',
  );
  expect(samples.map(({ file }) => file).toSorted()).toEqual(files.toSorted());
});

it('the table of countries is what its script makes of vega-datasets', () => {
  expect(text('gapminder.csv')).toBe(gapminderCsv());
});

it('the text is one, in lines of a book, and the audit has nothing against it', async () => {
  const dataset = await readFile('moby-dick.txt', readFileSync(join(folder, 'moby-dick.txt')));
  expect(dataset.info.reading).toEqual({ format: 'text', encoding: 'utf-8', text: 'text' });
  expect(dataset.info.doubts).toEqual([]);
  expect(dataset.table.columns[0]?.at(2)).toMatch(/^Call me Ishmael\. /);
  expect(
    Math.max(
      ...text('moby-dick.txt')
        .split('\n')
        .map(({ length }) => length),
    ),
  ).toBe(72);
  expect(await audit(dataset, { today: '2026-01-31' })).toEqual([]);
});
