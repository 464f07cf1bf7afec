import { describe, expect, it } from 'vitest';
import { importancesSection } from '#core/registry/importances-section.ts';

const code = (text: string) => `\`${text}\``;

describe('the card on what a model of trees uses', () => {
  it('says nothing where the model does not tell, or uses nothing', () => {
    expect(importancesSection({}, code)).toEqual([]);
    expect(importancesSection({ importances: [] }, code)).toEqual([]);
  });

  it('names the first ten, and how many there are besides', () => {
    const importances = Array.from({ length: 12 }, (_, i) => ({
      feature: `f${i}`,
      share: (12 - i) / 78,
    }));
    const [title, table = '', note] = importancesSection({ importances }, code);
    expect(title).toBe('## Features that it uses most');
    expect(table.split('\n').slice(0, 3)).toEqual([
      '| feature | share of the gain |',
      '|---|---|',
      '| `f0` | 15.4% |',
    ]);
    expect(table.split('\n')).toHaveLength(12);
    expect(note).toContain('2 more in run.json');
  });
});
