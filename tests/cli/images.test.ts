import { afterAll, expect, test, vi } from 'vitest';
import { pngOf } from '../support/images.ts';
import { Workshop } from '../support/cli.ts';

vi.setConfig({ testTimeout: 120_000 });
const workshop = new Workshop();
afterAll(() => {
  workshop.remove();
});

test('a model of images predicts a folder of them without labels, and a table of paths', async () => {
  for (let i = 0; i < 30; i += 1) {
    workshop.write(`pets/dark/${i}.png`, pngOf(6, 6, i));
    workshop.write(`pets/light/${i}.png`, pngOf(6, 6, 200 + i));
  }
  const few =
    'candidates=[{name: baseline, model: majority}, {name: logistic, model: logistic_regression}]';
  const run = ['run', '--data', 'pets', '--target', 'label', '--out', 'o', '--set', few];
  expect(await workshop.terrarium(...run)).toMatchObject({ code: 0 });

  workshop.write('new/night.png', pngOf(20, 10, 5));
  workshop.write('new/noon.png', pngOf(9, 30, 240));
  const folder = await workshop.terrarium('predict', 'o/model.onnx', 'new');
  expect(folder.code, folder.stderr).toBe(0);
  expect(folder.stdout).toMatch(/^new\/night\.png,.*\bdark\b/m);
  expect(folder.stdout).toMatch(/^new\/noon\.png,.*\blight\b/m);

  workshop.write('new/list.csv', 'image,taken\nnight.png,at 3\nnoon.png,at 12\n');
  const table = await workshop.terrarium('predict', 'o/model.onnx', 'new/list.csv');
  expect(table.code, table.stderr).toBe(0);
  expect(table.stdout).toMatch(/^night\.png,at 3,dark,/m);

  workshop.write('new/list.csv', 'image\nlost.png\n');
  const lost = await workshop.terrarium('predict', 'o/model.onnx', 'new/list.csv');
  expect(lost.code).toBe(2);
  expect(lost.stderr).toContain('lost.png');
});
