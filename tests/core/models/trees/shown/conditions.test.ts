import { describe, expect, it } from 'vitest';
import {
  markMeaning,
  numberMeaning,
  scaledMeaning,
  type FeatureMeaning,
} from '#core/features/meaning.ts';
import { LARGEST_FLOAT } from '#core/models/trees/bin-edges.ts';
import { conditionOf, shortest } from '#core/models/trees/shown/conditions.ts';
import type { NodeSplit } from '#core/models/trees/shown/model-trees.ts';

const at = (threshold: number): NodeSplit => ({
  ...{ feature: 0, left: 1, right: 2, missingGoesLeft: false },
  threshold: Math.fround(threshold),
});
const setOf = (...codes: number[]): NodeSplit => ({ ...at(0), codes });
const says = (meaning: FeatureMeaning, split: NodeSplit, missing = false) => {
  const { left, right } = conditionOf(meaning, split, missing);
  return `${left} / ${right}`;
};
const size: FeatureMeaning = {
  ...{ kind: 'place', name: 'size', centre: 0, scale: 1 },
  categories: ['small', 'medium', 'large'],
};

describe('conditions in words', () => {
  it('a number and its threshold, with no more digits than a float32 has', () => {
    expect(says(numberMeaning('length'), at(206.5))).toBe('length ≤ 206.5 / length > 206.5');
    expect(says(numberMeaning('length'), at(43.35))).toBe('length ≤ 43.35 / length > 43.35');
    expect(says(numberMeaning('share'), at(1.25e-5))).toBe('share ≤ 0.0000125 / share > 0.0000125');
    expect(says(numberMeaning('id'), at(123456.5))).toBe('id ≤ 123456.5 / id > 123456.5');
  });

  it('a scaled number in its own unit', () => {
    const scaled = scaledMeaning(numberMeaning('length'), 200.9, 14.07);
    if (scaled.kind === 'text') throw new Error('a number is no text');
    expect(says(scaled, at((206.5 - 200.9) / 14.07))).toBe('length ≤ 206.5 / length > 206.5');
  });

  it('twice scaled, back through both', () => {
    const twice = scaledMeaning(scaledMeaning(numberMeaning('mass'), 4000, 800), -2, 5);
    if (twice.kind === 'text') throw new Error('a number is no text');
    const z = ((3100 - 4000) / 800 + 2) / 5;
    expect(says(twice, at(z))).toBe('mass ≤ 3100 / mass > 3100');
  });

  it('a number that another step changed is not said to be the column’s', () => {
    const altered: FeatureMeaning = {
      kind: 'number',
      name: 'mass',
      centre: 0,
      scale: 1,
      altered: true,
    };
    expect(says(altered, at(0.25))).toBe(
      'mass after its steps ≤ 0.25 / mass after its steps > 0.25',
    );
  });

  it('a mark by what it marks, wherever between 0 and 1 the threshold is', () => {
    const mark = markMeaning('island=Biscoe', 'island is Biscoe', 'island is not Biscoe');
    for (const threshold of [0, 0.5, 0.99]) {
      expect(says(mark, at(threshold))).toBe('island is not Biscoe / island is Biscoe');
    }
    expect(says(mark, at(1.5))).toBe('island=Biscoe ≤ 1.5 / island=Biscoe > 1.5');
  });

  it('places in a list by the names on either side', () => {
    expect(says(size, at(0.5))).toBe('size is small / size is not small');
    expect(says(size, at(1.5))).toBe('size is not large / size is large');
  });

  it('sets of categories by the shorter list', () => {
    expect(says(size, setOf(0, 2))).toBe('size is not medium / size is medium');
    const letters = Array.from('abcdefghijklmnopqrstuvwxyz');
    const many: FeatureMeaning = { ...size, name: 'letter', categories: letters };
    expect(says(many, setOf(0, 1, 2))).toBe('letter is a, b or c / letter is not a, b or c');
    expect(says(many, setOf(...Array.from(letters.keys()).filter((code) => code % 2 === 0)))).toBe(
      'letter is a, c, e, g, i, k or one of 7 more / letter is not a, c, e, g, i, k or one of 7 more',
    );
  });

  it('says where missing values go, where there were some', () => {
    const split = at(5);
    expect(says(numberMeaning('x'), split, true)).toBe('x ≤ 5 / x > 5 or missing');
    expect(says(numberMeaning('x'), { ...split, missingGoesLeft: true }, true)).toBe(
      'x ≤ 5 or missing / x > 5',
    );
    expect(says(numberMeaning('x'), at(LARGEST_FLOAT), true)).toBe('x is there / x is missing');
    expect(says(numberMeaning('x'), at(-LARGEST_FLOAT), true)).toBe('x is missing / x is there');
  });

  it('the shortest number within a distance', () => {
    expect(shortest(0.1 + 0.2, 1e-9)).toBe('0.3');
    expect(shortest(-4049.9999, 0.01)).toBe('-4050');
    expect(shortest(Math.PI, 0)).toBe(String(Math.PI));
    expect(shortest(0, 0)).toBe('0');
  });
});
