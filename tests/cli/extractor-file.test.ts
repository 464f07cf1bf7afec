import { expect, it } from 'vitest';
import { extractorBytes } from '#cli/extractor-file.ts';
import { shippedExtractor, shippedExtractorFile } from '#core/extractors/shipped-extractor.ts';
import { refusalOf } from '../support/refusal.ts';

it('the network that comes with Terrarium lies beside the program', async () => {
  expect((await extractorBytes(shippedExtractorFile)).byteLength).toBe(shippedExtractor.bytes);
});

it('one that came with another Terrarium is told from a file that is away, with what to do', async () => {
  const old = { file: `/specs/${shippedExtractor.file}`, sha256: 'ab'.repeat(32) };
  const { code, message, hint } = await refusalOf(() => extractorBytes(old));
  expect(code).toBe('extractor_of_other_version');
  expect(message).toContain('with the hash abababababab… came with another version of Terrarium');
  expect(message).toContain(shippedExtractor.sha256.slice(0, 12));
  expect(hint).toContain('with --extractor FILE; or leave the step’s extractor out');
  const own = { file: '/specs/own.onnx', sha256: 'ab'.repeat(32) };
  expect((await refusalOf(() => extractorBytes(own))).code).toBe('file_unreadable');
});
