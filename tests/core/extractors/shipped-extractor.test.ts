import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { repository } from '#cli/prepare.mjs';
import { bytesSha256 } from '#core/bytes-hash.ts';
import { openExtractor } from '#core/extractors/open-extractor.ts';
import { readExtractor } from '#core/extractors/read-extractor.ts';
import { settleScaling } from '#core/extractors/settle-scaling.ts';
import { shippedExtractor, shippedExtractorFile } from '#core/extractors/shipped-extractor.ts';
import { extract } from '#core/features/images/extract.ts';
import { resolveParameters } from '#core/spec/parameters.ts';
import { withExtractorFiles } from '#core/spec/extractor-files.ts';
import { checkShape } from '#core/spec/parse-spec.ts';
import { openModelOnNode } from '#engine/node-inference.ts';
import expected from '../../extractors/mobilenet_v2.json' with { type: 'json' };
import { shippedBytes } from '../../support/shipped-extractor.ts';

/** Waves, a disc and a bar, as `tests/extractors/mobilenet_v2.py` draws them: levels ÷ 255. @returns [side, side, 3] */
function drawnImage(side: number): Float32Array {
  const red = [220, 40, 30] as const;
  const blue = [20, 60, 200] as const;
  const [third, half, fifth] = [3, 2, 5].map((part) => Math.floor(side / part)) as [
    number,
    number,
    number,
  ];
  const isBar = (x: number, y: number): boolean =>
    y >= Math.floor((2 * side) / 3) &&
    y < Math.floor((3 * side) / 4) &&
    x >= Math.floor(side / 8) &&
    x < half;
  return Float32Array.from({ length: side * side * 3 }, (_, at) => {
    const c = at % 3;
    const x = Math.floor(at / 3) % side;
    const y = Math.floor(at / 3 / side);
    if (isBar(x, y)) return (blue[c] ?? 0) / 255;
    if ((y - third) ** 2 + (x - half) ** 2 < fifth ** 2) return (red[c] ?? 0) / 255;
    return ((x * (3 + c) + y * (5 - c) + Math.floor((x * y) / (17 + c))) % 256) / 255;
  });
}

async function shipped() {
  const parameters = resolveParameters(extract.parameters, {}, 'parameters');
  const { layer, ...asked } = extract.extraction(parameters);
  const extractor = await readExtractor(shippedBytes(), shippedExtractor.file, layer);
  return { extractor, settings: settleScaling(asked, extractor), parameters };
}

describe('the network that comes with Terrarium', () => {
  it('is the file that specs name, takes any size, and tells how it wants pixels', async () => {
    const bytes = shippedBytes();
    expect(bytes.byteLength).toBe(shippedExtractor.bytes);
    expect(await bytesSha256(bytes)).toBe(shippedExtractor.sha256);
    const { extractor, settings, parameters } = await shipped();
    expect(extractor.input).toMatchObject({ layout: 'channels_first', height: null, width: null });
    expect(extractor.layer).toBe('features');
    expect(settings).toEqual({ scaling: 'symmetric', order: 'rgb', pool: 'average' });
    expect(extract.readImage(parameters, extractor.input)).toMatchObject({ height: 224 });
  });

  it('gives the features that the detector’s own runtime, LiteRT, has at that place', async () => {
    const { extractor, settings } = await shipped();
    const { side, means } = expected;
    const size = { height: side, width: side };
    const opened = await openExtractor(extractor, size, settings, openModelOnNode);
    const found = await opened.run(drawnImage(side), 1);
    await opened.release();
    expect(found).toHaveLength(means.length);
    const off = found.map((feature, i) => Math.abs(feature - (means[i] ?? NaN)));
    expect(Math.max(...off)).toBeLessThanOrEqual(1e-4);
  });

  it('comes with its licence', () => {
    const licence = (name: string) =>
      readFileSync(join(repository, 'public', 'extractors', name), 'utf8');
    expect(licence('LICENCES.md')).toContain(`**${shippedExtractor.file}**`);
    expect(licence('LICENSE')).toContain('Apache License');
    expect(Buffer.from(shippedBytes()).toString('latin1')).toContain(shippedExtractor.licence);
  });
});

describe('a spec', () => {
  const spec = (...steps: readonly object[]) =>
    checkShape({
      ...{ version: 1, name: 'a', data: { source: 'a.zip' }, task: 'classification' },
      ...{ target: 'label', steps, metric: 'accuracy' },
      candidates: [
        { name: 'base', model: 'majority', steps: [{ step: 'extract', columns: 'image' }] },
      ],
    });

  it('names it where a step reads features by a network and names none', () => {
    const own = { file: 'own.onnx', sha256: '0'.repeat(64) };
    const given = [
      { step: 'extract', columns: 'image' },
      { step: 'extract', columns: 'image', extractor: own },
      { step: 'scale', columns: 'image' },
    ];
    const { steps, candidates } = spec(...given);
    expect(steps.map(({ extractor }) => extractor)).toEqual([shippedExtractorFile, own, undefined]);
    expect(candidates[0]?.steps?.[0]?.extractor).toEqual(shippedExtractorFile);
    const moved = withExtractorFiles(spec(...given), (file) => `elsewhere/${file}`);
    expect(moved.steps.map(({ extractor }) => extractor?.file)).toEqual([
      shippedExtractor.file,
      'elsewhere/own.onnx',
      undefined,
    ]);
  });
});
