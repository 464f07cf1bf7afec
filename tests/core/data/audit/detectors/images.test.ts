import { zipSync } from 'fflate';
import { expect, it } from 'vitest';
import { audit, type AuditOptions } from '#core/data/audit/audit.ts';
import { prepareTarget } from '#core/run/prepare-target.ts';
import { changeSpec } from '#core/spec/change-spec.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import { pngOf } from '../../../../support/images.ts';
import { readFile } from '../../../../support/read.ts';

/** What the audit finds in a zip of images: each path with the grey of its one pixel, or its size and its grey. */
async function audited(
  images: Readonly<Record<string, readonly [side: number, grey: number]>>,
  options: Partial<AuditOptions> = {},
) {
  const files = Object.entries(images).map(
    ([path, [side, grey]]) => [path, pngOf(side, side, grey)] as const,
  );
  const dataset = await readFile('x.zip', zipSync(Object.fromEntries(files)));
  return audit(dataset, { today: '2026-01-31', ...options });
}

/** Two labels of a hundred different images each. */
const clean = Object.fromEntries(
  Array.from({ length: 200 }, (_, i) => [`${i % 2 ? 'cat' : 'dog'}/${i}.png`, [8, i] as const]),
);

it.each([{}, { target: 'label' }])(
  'a clean set of images of one size raises nothing',
  async (options) => {
    expect(await audited(clean, options)).toEqual([]);
  },
);

it.each([{}, { target: 'label' }])('one image under two labels is severe', async (options) => {
  const findings = await audited({ ...clean, 'cat/0.png': [8, 0] }, options);
  expect(findings).toMatchObject([
    { code: 'duplicate_images', severity: 'severe', columns: ['label'], count: 2 },
  ]);
  expect(findings[0]?.message).toBe(
    '2 images (1%) are byte for byte the same as others that have another "label", such as "cat/0.png" and "dog/0.png".',
  );
  expect(findings[0]?.rows).toEqual([1, 102]);
  const changes = findings[0]?.remedies.flatMap((one) => one.changes);
  expect(changes).toEqual('target' in options ? [{ path: 'rows.conflicts', value: 'drop' }] : []);
});

it('a repeated image of one label is a warning, where no test image is trained on', async () => {
  const findings = await audited({ ...clean, 'dog/copy.png': [8, 0], 'dog/third.png': [8, 0] });
  expect(findings).toMatchObject([{ code: 'duplicate_images', severity: 'warning', count: 2 }]);
  expect(findings[0]?.message).toContain('such as "dog/0.png" and "dog/copy.png"');
});

it('and severe where test images are trained on', async () => {
  const copies = Object.entries(clean).map(
    ([path, image]) => [path.replace('/', '/copy-of-'), image] as const,
  );
  const findings = await audited({ ...clean, ...Object.fromEntries(copies) }, { target: 'label' });
  expect(findings).toMatchObject([{ code: 'duplicate_images', severity: 'severe', count: 200 }]);
  expect(findings[0]?.message).toMatch(/; \d+ test images of the split are trained on too\.$/);
});

it('and settled by leaving out those of two labels, before the split', async () => {
  const images = { ...clean, 'cat/0.png': [8, 0] } as const;
  const files = Object.entries(images).map(
    ([path, [side, grey]]) => [path, pngOf(side, side, grey)] as const,
  );
  const dataset = await readFile('x.zip', zipSync(Object.fromEntries(files)));
  const proposed = proposeSpec(dataset.info, 'label');
  const spec = changeSpec(proposed, [{ path: 'rows.conflicts', value: 'drop' }]);
  expect(prepareTarget(spec, dataset)).toMatchObject({ rowsConflicting: 2 });
  const [decided] = await audit(dataset, { spec, today: '2026-01-31' });
  expect(decided).toMatchObject({ code: 'duplicate_images', severity: 'note', remedies: [] });
});

it('and settled by dropping repeats, of which one label each stays, before the split', async () => {
  const images = { ...clean, 'dog/copy.png': [8, 0], 'cat/also.png': [8, 7] } as const;
  const files = Object.entries(images).map(
    ([path, [side, grey]]) => [path, pngOf(side, side, grey)] as const,
  );
  const dataset = await readFile('x.zip', zipSync(Object.fromEntries(files)));
  const proposed = proposeSpec(dataset.info, 'label');
  const [found] = await audit(dataset, { spec: proposed, today: '2026-01-31' });
  const [remedy] = found?.remedies ?? [];
  expect(remedy?.label).toBe('Drop repeated images');
  const spec = changeSpec(proposed, remedy?.changes ?? []);
  expect(prepareTarget(spec, dataset)).toMatchObject({ rowsRepeated: 2 });
  const [decided] = await audit(dataset, { spec, today: '2026-01-31' });
  expect(decided).toMatchObject({ code: 'duplicate_images', severity: 'note', remedies: [] });
  expect(decided?.message).toContain('decided: they are dropped');
});

it('a size that tells the label is a leak like any other, where a model is to read sizes', async () => {
  const sized = Object.fromEntries(
    Object.entries(clean).map(([path, [, grey]], i) => [
      path,
      [(path.startsWith('cat') ? 10 : 30) + (i % 5), grey] as const,
    ]),
  );
  const codesOf = async (options: Partial<AuditOptions>) =>
    (await audited(sized, { target: 'label', ...options })).map(({ code }) => code);
  expect(await codesOf({})).not.toContain('determines_target');
  const files = Object.keys(sized).map((path) => [path, pngOf(8, 8)] as const);
  const { info } = await readFile('x.zip', zipSync(Object.fromEntries(files)));
  const spec = { ...proposeSpec(info, 'label'), columns: {} };
  expect(await codesOf({ spec })).toContain('determines_target');
});

it('images of a CSV with labels of its own are compared by the target', async () => {
  const table = 'file,kind\na.png,cat\nb.png,dog\nc.png,dog\n';
  const dataset = await readFile(
    'x.zip',
    zipSync({
      'labels.csv': new TextEncoder().encode(table),
      'a.png': pngOf(3, 3),
      'b.png': pngOf(3, 3),
      'c.png': pngOf(3, 3, 9),
    }),
  );
  const severities = async (options: Partial<AuditOptions>) =>
    (await audit(dataset, { today: '2026-01-31', ...options }))
      .filter(({ code }) => code === 'duplicate_images')
      .map(({ severity }) => severity);
  expect(await severities({ target: 'kind' })).toEqual(['severe']);
  expect(await severities({})).toEqual(['warning']);
});
