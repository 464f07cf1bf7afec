import { beforeAll, describe, expect, it } from 'vitest';
import { TreeReader } from '#core/models/trees/shown/tree-reader.ts';
import type { ShownNode } from '#core/models/trees/shown/shown-tree.ts';
import { treeText } from '#core/models/trees/shown/tree-text.ts';
import type { SpecCandidate } from '#core/spec/spec.ts';
import { noise, runCsv, tableOf, type Experiment } from '../../../../support/experiment.ts';
import { refusalOf } from '../../../../support/refusal.ts';

const islands = ['Biscoe', 'Dream', 'Torgersen'];
const places = ['low', 'middle', 'high'];
/** Gentoos are long; of the others the ones from Dream are Chinstraps. Amounts jump at a length of 150. */
const csv = tableOf(240, {
  length: (row) => 100 + Math.floor(noise(row, 1) * 100),
  island: (row) => islands[row % 3] ?? '',
  place: (row) => places[Math.floor(noise(row, 2) * 3)] ?? '',
  species: (row) => speciesOf(row),
  amount: (row) => (noise(row, 1) < 0.5 ? 1000 : 3000) + noise(row, 4),
});

function speciesOf(row: number): string {
  if (100 + Math.floor(noise(row, 1) * 100) > 149) return 'Gentoo';
  return row % 3 === 1 ? 'Chinstrap' : 'Adelie';
}

const candidates: readonly SpecCandidate[] = [
  { name: 'tree', model: 'decision_tree', parameters: { max_depth: 3 } },
  { name: 'forest', model: 'random_forest', parameters: { n_estimators: 3 } },
  { name: 'boosting', model: 'gradient_boosting', parameters: { max_iter: 2 } },
];

function nodesBelow(node: ShownNode): readonly ShownNode[] {
  return [node, ...(node.split?.children ?? []).flatMap(nodesBelow)];
}

describe('the trees of a model file', () => {
  const runs = new Map<string, Experiment>();
  beforeAll(async () => {
    for (const [target, other] of [
      ['species', 'amount'],
      ['amount', 'species'],
    ] as const) {
      runs.set(
        target,
        await runCsv(csv, target, (spec) => ({
          ...spec,
          columns: { ...spec.columns, [other]: { ...spec.columns[other], type: 'ignore' } },
          candidates: [...spec.candidates.slice(0, 1), ...candidates],
        })),
      );
    }
  });

  function readerOf(target: string, name: string): TreeReader {
    const { outcome } = runs.get(target) ?? {};
    const bytes = outcome?.models.get(name);
    if (outcome === undefined || bytes === undefined) throw new Error(`no model ${name}`);
    return new TreeReader(bytes, outcome.record.contract);
  }

  it('are read in words of the columns, behind steps that scale and encode them', () => {
    const tree = readerOf('species', 'tree').branch({ tree: 0, node: 0 }, 9);
    const { train = 0 } = runs.get('species')?.outcome.record.split ?? {};
    expect(tree).toMatchObject({ trees: 1, says: 'shares', leaves: 3, depth: 2, impurity: 'gini' });
    expect(tree.root.rows).toBe(train);
    const counted = treeText(tree).replaceAll(/\d+ rows/g, 'N rows');
    expect(counted).toBe(
      [
        '|--- length ≤ 149',
        '|   |--- island is not Dream',
        '|   |   |--- Adelie 100% (N rows)',
        '|   |--- island is Dream',
        '|   |   |--- Chinstrap 100% (N rows)',
        '|--- length > 149',
        '|   |--- Gentoo 100% (N rows)',
        '',
      ].join('\n'),
    );
  });

  it('rows and answers of a split are those of its leaves', () => {
    for (const [target, name] of [
      ['species', 'forest'],
      ['amount', 'tree'],
      ['amount', 'boosting'],
    ] as const) {
      const reader = readerOf(target, name);
      for (let tree = 0; tree < reader.count; tree += 1) {
        for (const { split, rows, says } of nodesBelow(reader.branch({ tree, node: 0 }, 99).root)) {
          const [left, right] = split?.children ?? [];
          if (left === undefined || right === undefined) continue;
          expect(left.rows + right.rows).toBe(rows);
          const mean = says.map(
            (_, k) => ((left.says[k] ?? 0) * left.rows + (right.says[k] ?? 0) * right.rows) / rows,
          );
          for (const [k, value] of mean.entries()) expect(says[k]).toBeCloseTo(value, 8);
        }
      }
    }
  });

  it('of values say them in the target’s unit', () => {
    const { root, says, range } = readerOf('amount', 'tree').branch({ tree: 0, node: 0 }, 1);
    expect(says).toBe('value');
    expect(range[0]).toBeCloseTo(1000, 0);
    expect(range[1]).toBeCloseTo(3001, 0);
    expect(root.split?.conditions.left).toMatch(/^length ≤ 149/);
    const [left, right] = root.split?.children ?? [];
    expect(left?.says[0]).toBeCloseTo(1000.5, 0);
    expect(right?.says[0]).toBeCloseTo(3000.5, 0);
  });

  it('of boosting say what they add, of classes to one class each', () => {
    const values = readerOf('amount', 'boosting');
    expect(values.count).toBe(2);
    const first = values.branch({ tree: 0, node: 0 }, 9);
    expect(first.says).toBe('change');
    expect(first.root.says[0]).toBeCloseTo(0, 3);
    expect(first.range[1] - first.range[0]).toBeGreaterThan(150);
    const classes = readerOf('species', 'boosting');
    expect(classes.count).toBe(6);
    expect(classes.branch({ tree: 4, node: 0 }, 0)).toMatchObject({
      says: 'score',
      classes: ['Chinstrap'],
    });
  });

  it('a branch is cut where it is asked to be, and goes on from any node', () => {
    const reader = readerOf('species', 'tree');
    const whole = reader.branch({ tree: 0, node: 0 }, 9);
    const cut = reader.branch({ tree: 0, node: 0 }, 1);
    expect(nodesBelow(cut.root)).toHaveLength(3);
    expect(treeText(cut)).toContain('2 leaves below');
    const [left] = cut.root.split?.children ?? [];
    const below = reader.branch({ tree: 0, node: left?.node ?? -1 }, 9);
    expect(below.root).toEqual(whole.root.split?.children?.[0]);
  });

  it('refuses models and trees that are not there', async () => {
    const baseline = await refusalOf(() => readerOf('species', 'baseline'));
    expect(baseline.code).toBe('no_trees');
    const reader = readerOf('species', 'forest');
    const { code, message } = await refusalOf(() => reader.branch({ tree: 3, node: 0 }, 1));
    expect(code).toBe('no_such_tree');
    expect(message).toContain('tree 4');
  });
});
