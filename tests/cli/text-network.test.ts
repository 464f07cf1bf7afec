import { afterAll, expect, test, vi } from 'vitest';
import { Workshop } from '../support/cli.ts';
import { noise, tableOf } from '../support/experiment.ts';

vi.setConfig({ testTimeout: 60_000 });
const workshop = new Workshop();
afterAll(() => {
  workshop.remove();
});

const praise = ['wonderful', 'comfortable', 'friendly', 'спасибо'];
const blame = ['broken', 'filthy', 'noisy', 'дорого'];
const filler = 'the room and breakfast were what anybody who travelled would call'.split(' ');

/** Reviews of which one word in fourteen says what is meant. */
const csv = tableOf(240, {
  review: (row) =>
    Array.from({ length: 14 }, (_, i) => {
      const said = row % 2 === 0 ? praise : blame;
      const list = i === row % 14 ? said : filler;
      return list[Math.floor(noise(row, i) * list.length)] ?? '';
    }).join(' '),
  nights: (row) => row % 5,
  verdict: (row) => (row % 2 === 0 ? 'again' : 'never'),
});

const candidates = [
  { name: 'majority', model: 'majority', parameters: {} },
  {
    ...{ name: 'words', model: 'text_classifier', parameters: { embedding_size: 8, epochs: 40 } },
    steps: [{ step: 'tokens', columns: 'text', parameters: { max_length: 20 } }],
  },
];
const settings = { candidates, columns: { nights: { type: 'ignore' } }, backend: 'wasm' };

test('a text network trains from a spec, and its file reads texts as they are', async () => {
  workshop.write('reviews.csv', csv);
  const { code, stderr } = await workshop.terrarium(
    ...['run', '--data', 'reviews.csv', '--target', 'verdict', '--out', 'o'],
    ...Object.entries(settings).flatMap(([key, set]) => ['--set', `${key}=${JSON.stringify(set)}`]),
  );
  expect(code, stderr).toBe(0);
  const record = workshop.record('o/run.json');
  const words = record.candidates.find(({ name }) => name === 'words');
  expect(words?.parity.passed).toBe(true);
  expect(words?.metrics.test['accuracy']?.value).toBeGreaterThan(0.9);
  expect(record.best).toBe('words');

  workshop.write('new.csv', 'review\n"WONDERFUL, the room"\nso filthy!\n🙂\n');
  const predict = ['predict', 'o/model.onnx', 'new.csv', '--out', 'p.csv'];
  const predicted = await workshop.terrarium(...predict);
  expect(predicted.code, predicted.stderr).toBe(0);
  const lines = workshop.read('p.csv').trim().split('\n');
  expect(lines).toHaveLength(4);
  expect(lines[1]).toMatch(/again/);
  expect(lines[2]).toMatch(/never/);
});
