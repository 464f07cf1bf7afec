import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDataset } from '#core/data/dataset.ts';
import { diffDatasets } from '#core/data/diff/diff-datasets.ts';
import { keyColumns } from '#core/data/diff/row-keys.ts';
import type { Dataset } from '#core/data/table.ts';

function csv(text: string, name = 'table.csv'): Promise<Dataset> {
  return readDataset(new Blob([text]).stream(), name);
}

const before = await csv(`id,height,colour
a,1.50,red
b,2.5,green
c,NA,green
d,4,blue
`);
const after = await csv(`id,colour,height,weight
a,red,1.5,9
b,green,2.75,8
e,red,3,7
c,green,,6
`);

describe('columns of two versions', () => {
  it('are told apart by name: added, removed and of another type', async () => {
    const text = await csv('id,height,weight\na,tall,9\nb,2.5,8\n');
    const { columns } = await diffDatasets(before, text, { key: null });
    expect(columns).toEqual({
      added: ['weight'],
      removed: ['colour'],
      retyped: [{ name: 'height', before: 'numeric', after: expect.any(String) as string }],
      rewritten: [],
    });
  });

  it.each([
    ['True', 'False', 'false or true', 'False or True'],
    ['1', '0', 'false or true', '0 or 1'],
    ['1.0', '0.0', 'false or true', '0 or 1'],
    ['yes', 'no', 'false or true', 'no or yes'],
    ['Y', 'N', 'false or true', 'N or Y'],
  ])(
    'of yes and no that another program has saved as %s and %s have another notation, and no other values',
    async (yes, no, wasWritten, isWritten) => {
      const text = (words: readonly string[]) =>
        `id,ill\n${words.map((word, i) => `k${i},${word}`).join('\n')}\n`;
      const words = ['true', 'false', '', 'true', 'false', 'false'];
      const said: Readonly<Record<string, string>> = { true: yes, false: no, '': '' };
      const one = await csv(text(words));
      const again = await csv(text(words.map((word) => said[word] ?? '')));
      for (const key of ['id', null]) {
        const { columns, rows, shifts } = await diffDatasets(one, again, { key });
        expect(rows).toMatchObject({ same: 6, added: 0, removed: 0 });
        expect(columns.rewritten).toEqual([{ name: 'ill', before: wasWritten, after: isWritten }]);
        expect(shifts.find(({ name }) => name === 'ill')).toMatchObject({ distance: 0 });
      }
      // What did change is still a change, shown as the files have it.
      words[1] = 'true';
      const healed = await csv(text(words.map((word) => said[word] ?? '')));
      const { rows } = await diffDatasets(one, healed, { key: 'id' });
      expect(rows).toMatchObject({
        changed: 1,
        examples: {
          changed: [{ key: 'k1', cells: [{ column: 'ill', before: 'false', after: yes }] }],
        },
      });
      expect((await diffDatasets(one, one, { key: null })).columns.rewritten).toEqual([]);
    },
  );

  it('of other words than yes and no are compared as they stand', async () => {
    const one = await csv('id,ill\na,true\nb,false\n');
    const other = await csv('id,ill\na,true\nb,perhaps\n');
    const { columns, rows } = await diffDatasets(one, other, { key: 'id' });
    expect(columns.rewritten).toEqual([]);
    expect(rows).toMatchObject({ changed: 1, same: 1 });
  });
});

describe('rows with a key', () => {
  it('are added, removed, changed and the same', async () => {
    const { rows } = await diffDatasets(before, after, { key: 'id' });
    expect(rows).toEqual({
      key: 'id',
      added: 1,
      removed: 1,
      changed: 1,
      same: 2,
      changedColumns: [{ name: 'height', rows: 1 }],
      examples: {
        added: [3],
        removed: [4],
        changed: [
          {
            key: 'b',
            before: 2,
            after: 2,
            cells: [{ column: 'height', before: '2.5', after: '2.75' }],
          },
        ],
      },
    });
  });

  it('of numbers are matched by value, 1.0 with 1', async () => {
    const one = await csv('n,x\n1.0,a\n2.0,b\n');
    const two = await csv('n,x\n2,c\n1,a\n');
    const { rows } = await diffDatasets(one, two, { key: 'n' });
    expect(rows).toMatchObject({ added: 0, removed: 0, changed: 1, same: 1 });
  });

  it('are refused by name where two rows have the same one', async () => {
    const twice = await csv('id,height\na,1\nb,2\na,3\nb,4\n');
    await expect(diffDatasets(before, twice, { key: 'id' })).rejects.toMatchObject({
      code: 'duplicate_keys',
      message:
        'The column "id" can\'t tell rows apart: in the later version rows 1 and 3, rows 2 and 4 have the same value.',
    });
    await expect(diffDatasets(twice, before, { key: 'id' })).rejects.toThrow('the earlier version');
  });

  it('are refused where a row has none, and where a version has no such column', async () => {
    const lacking = await csv('id,height\na,1\n,2\n');
    await expect(diffDatasets(before, lacking, { key: 'id' })).rejects.toMatchObject({
      code: 'missing_keys',
      message: expect.stringContaining('is empty in row 2') as string,
    });
    await expect(diffDatasets(before, after, { key: 'weight' })).rejects.toMatchObject({
      code: 'no_key_column',
    });
  });
});

describe('a key is proposed', () => {
  it('where a column has a value of its own in every row of both versions', () => {
    expect(keyColumns(before.info, after.info)).toEqual(['id']);
  });

  it('but never a measured number, and an identifier first', async () => {
    const rows = Array.from({ length: 20 }, (_, i) => `${i * 3},${i + 0.5},c${i}`).join('\n');
    const table = await csv(`code,measured,name\n${rows}\n`);
    const keys = keyColumns(table.info, table.info);
    expect(keys).toContain('code');
    expect(keys).not.toContain('measured');
    expect(keys[0]).toBe('name');
  });
});

describe('rows without a key', () => {
  it('are compared as wholes, by the columns that both versions have', async () => {
    const { rows } = await diffDatasets(before, after, { key: null });
    expect(rows).toEqual({
      key: null,
      added: 2,
      removed: 2,
      same: 2,
      examples: { added: [2, 3], removed: [2, 4] },
    });
  });

  it('count as often as they stand', async () => {
    const one = await csv('x,y\n1,a\n1,a\n1,a\n2,b\n');
    const two = await csv('x,y\n2,b\n2,b\n1,a\n');
    const { rows } = await diffDatasets(one, two, { key: null });
    expect(rows).toMatchObject({ added: 1, removed: 2, same: 2 });
  });

  it('tell where one cell ends and the next begins', async () => {
    const one = await csv('x,y\nab,c\nq,\n');
    const two = await csv('x,y\na,bc\n,q\n');
    expect((await diffDatasets(one, two, { key: null })).rows).toMatchObject({ same: 0, added: 2 });
  });

  it('agree with counting the rows one by one, whatever the tables', async () => {
    const cell = fc.constantFrom('1', '1.0', '2', '', 'x');
    const table = fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(table, table, async (one, two) => {
        const text = (rows: typeof one) =>
          `p,q\nx,x\n${rows.map((row) => row.join(',')).join('\n')}\nx,x\n`;
        const { rows } = await diffDatasets(await csv(text(one)), await csv(text(two)), {
          key: null,
        });
        const left = [...one];
        let same = 2;
        for (const row of two) {
          const at = left.findIndex((other) => other.join() === row.join());
          if (at < 0) continue;
          left.splice(at, 1);
          same += 1;
        }
        expect(rows).toMatchObject({ same, removed: left.length, added: two.length + 2 - same });
      }),
      { numRuns: 60 },
    );
  });
});

describe('distributions', () => {
  const measured = (shift: number) =>
    Array.from({ length: 300 }, (_, i) => `${(i % 97) + shift},${i % 3 === 0 ? 'a' : 'b'}`);

  it('that moved are named, with how far and how sure', async () => {
    const one = await csv(`x,c\n${measured(0).join('\n')}\n`);
    const two = await csv(`x,c\n${measured(30).join('\n').replaceAll(',a', ',c')}\n`);
    const { shifts } = await diffDatasets(one, two, { key: null });
    const [c, x] = shifts.toSorted((a, b) => a.name.localeCompare(b.name));
    expect(c).toMatchObject({ measure: 'total-variation', moved: true });
    expect(c?.distance).toBeCloseTo(1 / 3, 12);
    expect(c?.categories?.[0]).toMatchObject({ before: 1 / 3, after: 0 });
    expect(x).toMatchObject({ measure: 'ks', moved: true });
    expect((x?.medians?.after ?? 0) - (x?.medians?.before ?? 0)).toBe(30);
  });

  it('that did not move are not said to have, nor those of a handful of rows', async () => {
    const one = await csv(`x,c\n${measured(0).join('\n')}\n`);
    const { shifts } = await diffDatasets(one, one, { key: null });
    expect(shifts).toHaveLength(2);
    expect(shifts.every(({ moved, distance }) => !moved && distance === 0)).toBe(true);
    const few = await diffDatasets(await csv('x\n1\n2\n3\n'), await csv('x\n4\n5\n6\n'), {
      key: null,
    });
    expect(few.shifts[0]).toMatchObject({ distance: 1, moved: false });
  });

  it('have moved where many more values are missing', async () => {
    const one = await csv(`x,c\n${measured(0).join('\n')}\n`);
    const holes = measured(0).map((row, i) => (i % 4 === 0 ? row.replace(/^\d+/, '') : row));
    const two = await csv(`x,c\n${holes.join('\n')}\n`);
    const x = (await diffDatasets(one, two, { key: null })).shifts.find(({ name }) => name === 'x');
    expect(x?.missing).toMatchObject({ before: 0, after: 0.25 });
    expect(x?.moved).toBe(true);
  });
});

it('is cancelled on the way, and tells how far it is', async () => {
  const stop = new AbortController();
  const heard: number[] = [];
  await diffDatasets(before, after, { key: 'id', onProgress: (done) => heard.push(done) });
  expect(heard.at(-1)).toBe(1);
  expect(heard).toEqual(heard.toSorted((a, b) => a - b));
  stop.abort();
  await expect(
    diffDatasets(before, after, { key: 'id', signal: stop.signal }),
  ).rejects.toMatchObject({ kind: 'cancelled' });
});
