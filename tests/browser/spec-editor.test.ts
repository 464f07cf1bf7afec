import { flushSync, mount, unmount } from 'svelte';
import { afterEach, expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { SpecDraft } from '#app/spec-draft.svelte.ts';
import { readDataset } from '#core/data/dataset.ts';
import { parseSpec } from '#core/spec/parse-spec.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import SpecForm from '#ui/pages/setup/SpecForm.svelte';
import YamlEditor from '#ui/pages/setup/YamlEditor.svelte';

/** The form and the YAML editor side by side over one draft. */
async function open(target = 'species'): Promise<SpecDraft> {
  const file = await (await fetch('/samples/penguins.csv')).blob();
  const { info } = await readDataset(file.stream(), 'penguins.csv');
  const draft = new SpecDraft(proposeSpec(info, target), info);
  const place = document.body.appendChild(document.createElement('div'));
  const onyaml = (): void => undefined;
  mounted.push(mount(SpecForm, { target: place, props: { draft, onyaml } }));
  mounted.push(mount(YamlEditor, { target: place, props: { draft } }));
  flushSync();
  return draft;
}

const mounted: Record<string, unknown>[] = [];

afterEach(async () => {
  await Promise.all(mounted.splice(0).map((component) => unmount(component)));
  document.body.replaceChildren();
});

const yaml = () => page.getByLabelText(/^The spec as YAML/);
const yamlText = () => (yaml().element() as HTMLTextAreaElement).value;

test('every kind of field in the form rewrites the YAML', async () => {
  await open();
  await page.getByLabelText('Seed').fill('7');
  await page.getByLabelText('Primary metric').selectOptions('accuracy');
  await page.getByLabelText('Read island as').selectOptions('ignore');
  await page.getByLabelText('Missing in sex').fill('?, not seen');
  await page.getByRole('checkbox', { name: 'Keep the shares' }).click();
  await page.getByRole('button', { name: 'Remove logistic' }).click();
  await page.getByText('Change parameters').click();
  await page.getByLabelText('Hidden layers').fill('8, 4');
  await page.getByLabelText('Activation').selectOptions('tanh');
  const spec = parseSpec(yamlText());
  expect(spec.seed).toBe(7);
  expect(spec.metric).toBe('accuracy');
  expect(spec.columns).toEqual({
    island: { type: 'ignore' },
    sex: { missing: ['?', 'not seen'] },
  });
  expect(spec.split.stratify).toBe(false);
  expect(spec.candidates.map(({ name }) => name)).toEqual(['baseline', 'network']);
  expect(spec.candidates[1]?.parameters).toMatchObject({
    hidden_units: [8, 4],
    activation: 'tanh',
  });
});

test('what is typed in the YAML is in the form', async () => {
  await open();
  await yaml().fill(
    yamlText()
      .replace('seed: 1', 'seed: 42')
      .replace('backend: auto', 'backend: cpu')
      .replace('strategy: median', 'strategy: mean')
      .replace('name: network', 'name: small net'),
  );
  await expect.element(page.getByLabelText('Seed')).toHaveValue('42');
  await expect.element(page.getByLabelText('Backend')).toHaveValue('cpu');
  await expect.element(page.getByLabelText('Strategy').first()).toHaveValue('mean');
  await expect
    .element(page.getByLabelText('Name', { exact: true }).last())
    .toHaveValue('small net');
});

test('a number on its way is left as it is typed', async () => {
  const draft = await open();
  const train = page.getByLabelText('Training');
  await userEvent.clear(train);
  await userEvent.type(train, '0.');
  await expect.element(train).toHaveValue('0.');
  await userEvent.type(train, '50');
  await expect.element(train).toHaveValue('0.50');
  expect(draft.spec.split.train).toBe(0.5);
});

test('a value that is wrong is said at its field and at its line', async () => {
  await open();
  await page.getByLabelText('Test', { exact: true }).fill('-0.2');
  await expect
    .element(page.getByLabelText('Test', { exact: true }))
    .toHaveAttribute('aria-invalid');
  const line = yamlText().split('\n').indexOf('  test: -0.2') + 1;
  expect(line).toBeGreaterThan(1);
  await expect
    .element(page.getByRole('button', { name: `Go to line ${line}` }))
    .toBeInTheDocument();
});

test('a YAML that cannot be read is kept with its reason, and the form waits', async () => {
  const draft = await open();
  const before = draft.spec;
  await yaml().fill('version: 1\nname: "no end');
  await expect.element(page.getByText('The YAML cannot be read as a spec')).toBeInTheDocument();
  expect(page.getByLabelText('Seed').query()).toBeNull();
  expect(yamlText()).toBe('version: 1\nname: "no end');
  await page.getByRole('button', { name: 'Back to the last valid spec' }).first().click();
  await expect.element(page.getByLabelText('Seed')).toHaveValue('1');
  expect(parseSpec(yamlText())).toEqual(before);
});

test('another target brings its task, its models and its metric, in both', async () => {
  await open();
  await page.getByLabelText('Target').selectOptions('body_mass_g');
  await expect.element(page.getByLabelText('Task')).toHaveValue('regression');
  await expect.element(page.getByRole('heading', { name: 'Ridge regression' })).toBeInTheDocument();
  expect(parseSpec(yamlText())).toMatchObject({ task: 'regression', metric: 'rmse' });
});

test('the baseline can be neither moved nor removed', async () => {
  await open();
  expect(page.getByRole('button', { name: 'Remove baseline' }).query()).toBeNull();
  await expect.element(page.getByRole('button', { name: 'Move logistic up' })).toBeDisabled();
  await page.getByRole('button', { name: 'Move network up' }).click();
  expect(parseSpec(yamlText()).candidates.map(({ name }) => name)).toEqual([
    'baseline',
    'network',
    'logistic',
  ]);
});
