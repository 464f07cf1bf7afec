import { afterAll, expect, test, vi } from 'vitest';
import { gifOf, pngOf } from '../support/images.ts';
import { Workshop } from '../support/cli.ts';

vi.setConfig({ testTimeout: 60_000 });
const workshop = new Workshop();
afterAll(() => {
  workshop.remove();
});

test('a folder of images is a data set: models of their pixels are trained and replayed', async () => {
  for (let i = 0; i < 30; i += 1) {
    workshop.write(`pets/cat/${i}.png`, pngOf(8, 8, i));
    workshop.write(`pets/dog/${i}.gif`, gifOf(8, 8 + i));
  }
  workshop.write('pets/.DS_Store', 'x');
  const run = ['run', '--data', 'pets', '--target', 'label', '--out', 'o'];
  expect(await workshop.terrarium(...run)).toMatchObject({ code: 0 });
  const { dataset, spec } = workshop.record('o/run.json');
  expect(dataset).toMatchObject({ name: 'pets.zip', rows: 60 });
  expect(spec.candidates.map(({ model }) => model)).toEqual([
    ...['majority', 'logistic_regression', 'cnn'],
  ]);
  expect((await workshop.terrarium('replay', 'o/run.json')).code).toBe(0);
});

test('a folder without files is refused', async () => {
  workshop.write('bare/.hidden', 'x');
  const finished = await workshop.terrarium('audit', 'bare', '--target', 'label');
  expect(finished.code).toBe(2);
  expect(finished.stderr).toContain('bare: The folder holds no files.');
});
