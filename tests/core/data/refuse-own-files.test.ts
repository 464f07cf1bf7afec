import { expect, test } from 'vitest';
import { readDataset } from '#core/data/dataset.ts';
import type { ReadSettings } from '#core/data/read/settings.ts';
import { refusalOf } from '../../support/refusal.ts';

const spec = 'version: 1\nname: birds\ndata:\n  source: birds.csv\ntask: classification\n';
const read = (name: string, text: string, settings: ReadSettings = {}) =>
  readDataset(new Blob([text]).stream(), name, { settings });
const refused = async (name: string, text: string): Promise<string> => {
  const { message, hint = '' } = await refusalOf(() => read(name, text));
  return `${message} ${hint}`;
};

test('a model, and a spec, are told apart from data and say where they go', async () => {
  expect(await refused('model.ONNX', '\b\b: anything')).toMatch(/is a model \(ONNX\)/);
  expect(await refused('spec.yaml', spec)).toMatch(/is a spec .+ the tab YAML/);
  expect(await refused('old.yml', spec)).toMatch(/is a spec/);
});

test('who says how such a file is read has it read, and other YAML is what it was', async () => {
  const { info } = await read('spec.yaml', spec, { format: 'text' });
  expect(info.rows).toBe(5);
  expect((await read('rows.yaml', 'a,b\n1,2\n')).info.rows).toBe(1);
});
