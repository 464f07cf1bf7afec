import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { columnCells } from '#core/data/table.ts';
import { expectWrongCall, Workshop } from '../support/cli.ts';
import { readText, textsOf } from '../support/csv.ts';

vi.setConfig({ testTimeout: 60_000 });
const workshop = new Workshop();
const model = join('out', 'model.onnx');
const header = 'island,mass,flipper';

/** Predicts rows given as CSV text. */
function predict(csv: string | Uint8Array, ...options: string[]) {
  workshop.write('new.csv', csv);
  return workshop.terrarium('predict', model, 'new.csv', '--out', 'predictions.csv', ...options);
}

async function predicted(
  csv: string,
): Promise<{ names: readonly string[]; label: readonly string[] }> {
  const { code, stderr } = await predict(csv);
  expect(code, stderr).toBe(0);
  const { table } = await readText(workshop.read('predictions.csv'));
  const column = table.names.find((name) =>
    textsOf(columnCells(table, name)).every((cell) => /^(Adelie|Gentoo)$/.test(cell)),
  );
  return {
    names: table.names,
    label: textsOf(columnCells(table, column ?? 'no column of labels')),
  };
}

beforeAll(() => workshop.runBirds());
afterAll(() => workshop.remove());

describe('predict takes raw rows', () => {
  it('as they are in the file, and keeps their columns', async () => {
    const { label, names } = await predicted(`${header}\nDream,3600,188\nBiscoe,5000,219\n`);
    expect(label).toEqual(['Adelie', 'Gentoo']);
    expect(names).toEqual(expect.arrayContaining(['island', 'mass', 'flipper']));
  });

  it('with the columns in another order, and extra ones', async () => {
    const rows = 'note,flipper,mass,species,island\n"a, b",188,3600,,Dream\nx,219,5000,,Biscoe\n';
    expect((await predicted(rows)).label).toEqual(['Adelie', 'Gentoo']);
  });

  it('with empty cells, missing tokens and categories never seen', async () => {
    const rows = `${header}\n,,219\nNA,NA,188\nAtlantis,3600,188\n?,5000,\n`;
    expect((await predicted(rows)).label).toEqual(['Gentoo', 'Adelie', 'Adelie', 'Gentoo']);
  });

  it('in another style of CSV', async () => {
    const rows = `\uFEFF${header.replaceAll(',', ';')}\r\n" Dream ";3600.0;1.88e2\r\nBiscoe;+5000;219.\r\n`;
    expect((await predicted(rows)).label).toEqual(['Adelie', 'Gentoo']);
  });
});

describe('predict reads rows as it is said', () => {
  it('with another mark between fields, or in another encoding', async () => {
    const rows = `${header}\nDréam,3600,188\n`.replaceAll(',', '|');
    const set = ['--set', "data.read.delimiter='|'", '--set', 'data.read.encoding=latin-1'];
    const { code, stderr } = await predict(Buffer.from(rows, 'latin1'), ...set);
    expect(code, stderr).toBe(0);
    expect(workshop.read('predictions.csv')).toContain('Dréam');
  });

  it('with decimal commas, which the training rows did not have', async () => {
    const rows = `${header}\nDream;3600,5;188,25\nBiscoe;5000,0;219\n`.replaceAll(
      header,
      header.replaceAll(',', ';'),
    );
    const asFound = await predict(rows);
    expectWrongCall(asFound, 'Row 1, column "mass": "3600,5" is not a number', 'data.read.decimal');
    const { code, stderr } = await predict(rows, '--set', "data.read.decimal=','");
    expect(code, stderr).toBe(0);
    const answers = () =>
      workshop
        .read('predictions.csv')
        .split('\n')
        .map((line) => line.split(',').slice(-3));
    const said = answers();
    expect(said[1]?.[0]).toBe('Adelie');
    expect((await predict(rows.replaceAll(',', '.'))).code).toBe(0);
    expect(said).toEqual(answers());
  });

  it('and sets nothing else', async () => {
    const rows = `${header}\nDream,3600,188\n`;
    expectWrongCall(await predict(rows, '--set', 'seed=3'), 'data.read');
    expectWrongCall(await predict(rows, '--set', 'data.read.header=maybe'), 'data.read.header');
  });
});

it('rows come out of a pipe, and the predictions go into one', async () => {
  workshop.write('rows.csv', `${header}\nDream,3600,188\nBiscoe,5000,219\n`);
  const fromFile = await workshop.terrarium('predict', model, 'rows.csv');
  const call = `cat rows.csv | "$0" "$1" predict ${model} - && "$0" "$1" predict ${model} <(cat rows.csv)`;
  const { stdout } = await promisify(execFile)(
    'bash',
    ['-c', call, process.execPath, inject('commandLine')],
    { cwd: workshop.folder },
  );
  expect(fromFile.stdout).toContain('Adelie');
  expect(stdout).toBe(fromFile.stdout.repeat(2));
});

describe('predict refuses with exit code 2', () => {
  it('a missing column, by name', async () => {
    expectWrongCall(await predict('island,flipper\nDream,188\n'), /mass/);
  });

  it('a number that is none, with its row and column', async () => {
    const finished = await predict(`${header}\nDream,3600,188\nBiscoe,about 5 kg,219\n`);
    expectWrongCall(finished, /mass/, /about 5 kg/, /\b(row 2|line 3)\b/i);
  });

  it.each([
    ['a leading zero', '007'],
    ['hexadecimal', '0x10'],
    ['infinity', 'Infinity'],
    ['too large', '1e400'],
    ['a decimal comma', '"3600,5"'],
  ])('the same texts that training would not take: %s', async (_, cell) => {
    expectWrongCall(await predict(`${header}\nDream,${cell},188\n`), /mass/);
  });

  it('no rows', async () => {
    expectWrongCall(await predict(`${header}\n`), /row|header/i);
  });

  it('a row with too many fields, with its line', async () => {
    expectWrongCall(await predict(`${header}\nDream,3600,188\nDream,3600,188,9\n`), /line 3/i);
  });

  it('rows that are not there', async () => {
    expectWrongCall(
      await workshop.terrarium('predict', model, 'gone.csv', '--out', 'p.csv'),
      /gone\.csv/,
    );
  });

  it('a model that is none', async () => {
    workshop.write('rows.csv', `${header}\nDream,3600,188\n`);
    workshop.write('garbage.onnx', 'not a model');
    workshop.write('empty.onnx', '');
    for (const name of ['garbage.onnx', 'empty.onnx', 'rows.csv']) {
      const finished = await workshop.terrarium('predict', name, 'rows.csv', '--out', 'p.csv');
      expectWrongCall(finished, /onnx/i);
    }
    expect(existsSync(join(workshop.folder, 'p.csv'))).toBe(false);
  }, 30_000);

  it('a model whose contract or graph is damaged', async () => {
    workshop.write('rows.csv', `${header}\nDream,3600,188\n`);
    const bytes = readFileSync(join(workshop.folder, model));
    for (const [within, said] of [
      ['{"version":1', /no Terrarium contract/],
      ['Gemm', /onnxruntime cannot load the model/],
    ] as const) {
      const damaged = Buffer.from(bytes);
      damaged.write('#', damaged.indexOf(within));
      workshop.write('damaged.onnx', damaged);
      const call = ['predict', 'damaged.onnx', 'rows.csv', '--out', 'p.csv'];
      expectWrongCall(await workshop.terrarium(...call), said);
    }
  }, 30_000);

  it('an output that cannot be written', async () => {
    workshop.write('rows.csv', `${header}\nDream,3600,188\n`);
    for (const out of ['out', join('rows.csv', 'p.csv')]) {
      expectWrongCall(await workshop.terrarium('predict', model, 'rows.csv', '--out', out), out);
    }
  }, 30_000);
});
