import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { prepareFolder } from '#cli/files.ts';
import { Workshop } from '../support/cli.ts';
import { refusalOf } from '../support/refusal.ts';

const workshop = new Workshop();
afterAll(() => {
  workshop.remove();
});

it('a file in the place of the results, or of a folder above them, is named as what it is', async () => {
  const file = join(workshop.folder, workshop.write('data.csv', 'a,b\n1,2\n'));
  for (const path of [file, join(file, 'in', 'it')]) {
    const { code, message } = await refusalOf(() => prepareFolder(path));
    expect(code).toBe('output_unwritable');
    expect(message).toBe(`The results cannot go into the folder ${path}: ${file} is a file.`);
  }
  expect(workshop.read('data.csv')).toBe('a,b\n1,2\n');
  await prepareFolder(join(workshop.folder, 'a', 'b', 'c'));
  await prepareFolder(workshop.folder);
});
