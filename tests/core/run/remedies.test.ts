import { describe, expect, it } from 'vitest';
import { audit } from '#core/data/audit/audit.ts';
import { textCells } from '#core/data/text-cells.ts';
import { predictTable } from '#core/predict.ts';
import { modelCard } from '#core/registry/model-card.ts';
import { changeSpec } from '#core/spec/change-spec.ts';
import { checkRows } from '#core/spec/check-rows.ts';
import { checkSpec } from '#core/spec/check-spec.ts';
import type { Spec } from '#core/spec/spec.ts';
import { readText } from '../../support/csv.ts';
import { noise, openBest, runCsv, runSpec, tableOf } from '../../support/experiment.ts';
import { refusalOf } from '../../support/refusal.ts';
import { category, infoOf } from '../../support/spec.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';

const csv = tableOf(120, {
  city: (row) => ['Bern', 'BERN', 'Genf', 'genf '][row % 4] ?? '',
  owner: (row) => ['Ann', 'Bob', 'Cleo'][row % 3] ?? '',
  size: (row) => noise(row, 1).toFixed(3),
  kind: (row) => (noise(row, 1) + 0.3 * noise(row, 2) > 0.6 ? 'big' : 'small'),
});

/** Only the baseline and the linear model, which are quick. */
function quick(spec: Spec, columns: Spec['columns'] = {}): Spec {
  return { ...spec, columns, candidates: spec.candidates.filter(({ model }) => model !== 'mlp') };
}

describe('remedies in a run', () => {
  it('fold, hash and drop reach the contract, and predict reads rows in the same way', async () => {
    const salt = '0123456789abcdef';
    const experiment = await runCsv(csv, 'kind', (spec) =>
      quick(spec, { city: { fold: true }, owner: { personal: { decision: 'hash', salt } } }),
    );
    const { inputs } = experiment.outcome.record.contract;
    expect(inputs.find(({ name }) => name === 'city')).toMatchObject({
      fold: true,
      categories: ['bern', 'genf'],
    });
    const owner = inputs.find(({ name }) => name === 'owner');
    expect(owner).toMatchObject({ salt });
    expect(owner?.categories).toHaveLength(3);
    expect(owner?.categories?.every((text) => /^[0-9a-f]{16}$/.test(text))).toBe(true);

    const { session, contract } = await openBest(experiment);
    const rows = (city: string) => ({
      names: ['city', 'owner', 'size'],
      columns: [[city], ['Ann'], ['0.4']].map(textCells),
      rowCount: 1,
    });
    const [one] = await predictTable(session, contract, rows('Bern'));
    const [other] = await predictTable(session, contract, rows('  bern'));
    await session.release();
    expect(other).toEqual(one);
  });

  it('leave a dropped column out, and the card repeats why another is kept', async () => {
    const { outcome } = await runCsv(csv, 'kind', (spec) =>
      quick(spec, {
        city: { personal: { decision: 'drop' } },
        owner: {
          personal: {
            decision: 'keep',
            reason: 'Owners agreed.',
            by: 'A. Keeper',
            at: '2026-01-31',
          },
        },
      }),
    );
    expect(outcome.record.contract.inputs.map(({ name }) => name)).toEqual(['owner', 'size']);
    const card = modelCard(outcome.record);
    expect(card).toContain('- `city`: left out of the model');
    expect(card).toContain('- `owner`: kept. Owners agreed. (decided by A. Keeper, 2026-01-31)');
  });

  it('drop repeated rows before the split, and count them', async () => {
    const lines = csv.trimEnd().split('\n');
    const doubled = [...lines, ...lines.slice(1, 21)].join('\n');
    const { outcome } = await runCsv(doubled, 'kind', (spec) => ({
      ...quick(spec),
      rows: { duplicates: 'drop' },
    }));
    const { dataset, split, warnings } = outcome.record;
    expect(dataset).toMatchObject({ rows: 140, rowsUsed: 120, rowsRepeated: 20 });
    expect(split.train + split.validation + split.test).toBe(120);
    expect(warnings).toContain('Rows left out because they repeat an earlier one: 20.');
    expect(modelCard(outcome.record)).toContain('20 more repeat an earlier row');
  });

  it('drop rows that repeat all that a run reads, whatever they are called', async () => {
    const lines = csv.trimEnd().split('\n');
    const named = [...lines, ...lines.slice(1, 21)].map((line, i) =>
      i === 0 ? `id,${line}` : `R${1000 + i},${line}`,
    );
    const repeats = async (duplicates: Spec['rows']['duplicates']) => {
      const { outcome } = await runCsv(named.join('\n'), 'kind', (spec) => ({
        ...quick(spec),
        rows: { duplicates },
      }));
      return outcome.record.dataset.rowsRepeated;
    };
    expect(await repeats('drop')).toBe(0);
    expect(await repeats('drop_used')).toBe(20);
  });

  it('leave out rows that contradict others: the rarer class, both of two, values far apart', async () => {
    const lines = csv.trimEnd().split('\n');
    const other = (line = '') =>
      line.endsWith('big') ? line.replace(/big$/, 'small') : line.replace(/small$/, 'big');
    // Of the first row's inputs there are two of one class and one of the other; of the second row's one of each.
    const mixed = [...lines, lines[1], other(lines[1]), other(lines[2])].join('\n');
    const { outcome } = await runCsv(mixed, 'kind', (spec) => ({
      ...quick(spec),
      rows: { duplicates: 'keep', conflicts: 'drop' },
    }));
    const { dataset, warnings } = outcome.record;
    expect(dataset).toMatchObject({ rows: 123, rowsUsed: 120, rowsConflicting: 3 });
    expect(warnings).toContain(
      'Rows left out because they contradict others of the same inputs: 3. Such rows will come again, and no figure here tells how they are answered.',
    );
    expect(modelCard(outcome.record)).toContain('3 more contradict others of the same inputs');

    const prices = ['size,price', ...Array.from({ length: 60 }, (_, i) => `${i},${2 * i}`)];
    const doubled = [...prices, '7,14.5', '9,90'].join('\n');
    const priced = await runCsv(doubled, 'price', (spec) => ({
      ...quick(spec),
      columns: { size: { type: 'numeric' as const } },
      rows: { duplicates: 'keep', conflicts: 'drop' },
    }));
    expect(priced.outcome.record.dataset).toMatchObject({ rowsUsed: 60, rowsConflicting: 2 });
  });

  it('are refused where they leave too few rows', async () => {
    const few = ['x,kind', ...Array.from({ length: 30 }, (_, i) => `${i % 15},${i < 15}`)];
    const refused = refusalOf(() =>
      runCsv(few.join('\n'), 'kind', (spec) => ({
        ...quick(spec),
        columns: { x: { type: 'numeric' as const } },
        rows: { duplicates: 'keep', conflicts: 'drop' },
      })),
    );
    expect(await refused).toMatchObject({ code: 'too_few_rows' });
  });
});

describe('what the audit of a table offers', () => {
  const measured = tableOf(240, {
    far: (row) => (row === 9 ? '5000' : noise(row, 1).toFixed(3)),
    skewed: (row) => (1 / (0.01 + noise(row, 2))).toFixed(4),
    gap: (row) => (noise(row, 1) < 0.4 && row % 3 > 0 ? '' : noise(row, 3).toFixed(3)),
    kind: (row) => (row < 6 ? 'odd' : noise(row, 1) + 0.2 * noise(row, 4) > 0.9 ? 'rare' : 'usual'),
  });

  it('trains: far values cut, skewed ones evened, gaps said, classes weighed, a rare one left out', async () => {
    const dataset = await readText(measured);
    const proposed = quick(proposeSpec(dataset.info, 'kind', { seed: 7 }));
    const findings = await audit(dataset, { spec: proposed, today: '2026-01-31' });
    const wanted = [
      'Cut "far"',
      'Even "skewed"',
      'Fill "gap" in, and say',
      'Let models',
      'Read "odd"',
    ];
    const remedies = wanted.map((label) =>
      findings.flatMap((one) => one.remedies).find((one) => one.label.startsWith(label)),
    );
    expect(remedies.map((one, i) => (one === undefined ? wanted[i] : ''))).toEqual([
      '',
      '',
      '',
      '',
      '',
    ]);
    const spec = changeSpec(
      proposed,
      remedies.flatMap((one) => one?.changes ?? []),
    );
    const { outcome } = await runSpec(dataset, spec);
    const { record } = outcome;
    expect(record.status).toBe('finished');
    expect(record.contract.target).toMatchObject({ classes: ['rare', 'usual'] });
    expect(record.dataset.rowsWithoutTarget).toBe(6);
    expect(record.spec.steps.slice(0, 3).map(({ step }) => step)).toEqual([
      'impute',
      'power',
      'clip',
    ]);
    const balances = record.spec.candidates.map(({ balance }) => balance?.method);
    expect(balances).toEqual([undefined, 'class_weight']);
  });
});

describe('a decision that lacks something', () => {
  const info = infoOf(category('city', ['a', 'b']), category('kind', ['x', 'y']));
  it.each<[string, Spec['columns'][string], string]>([
    [
      'a reason to keep',
      { personal: { decision: 'keep', by: 'me', at: '2026-01-31' } },
      'columns.city.personal.reason',
    ],
    ['a salt to hash', { personal: { decision: 'hash' } }, 'columns.city.personal.salt'],
    ['texts to fold', { type: 'numeric', fold: true }, 'columns.city.fold'],
  ])('is refused: %s', async (_, city, path) => {
    const spec = { ...proposeSpec(info, 'kind'), columns: { city } };
    expect(await refusalOf(() => checkSpec(spec, info))).toMatchObject({ details: { path } });
  });

  it('is refused where rows cannot contradict each other', async () => {
    const rows = { duplicates: 'keep', conflicts: 'drop' } as const;
    const ranking: Spec = { ...proposeSpec(info, 'kind'), task: 'ranking', rows };
    const refused = await refusalOf(() => checkRows(ranking));
    expect(refused).toMatchObject({ details: { path: 'rows.conflicts' } });
  });

  it('is refused for the target', async () => {
    const spec = {
      ...proposeSpec(info, 'kind'),
      columns: { kind: { personal: { decision: 'mask' as const } } },
    };
    expect(await refusalOf(() => checkSpec(spec, info))).toMatchObject({
      details: { path: 'columns.kind.personal.decision' },
    });
  });
});
