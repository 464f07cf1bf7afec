import { refuse } from './refuse.ts';
import type { Spec } from './spec.ts';

/** An order belongs to an ordinal column, names each value once, and an ordinal column needs one. */
export function checkColumns(spec: Spec): void {
  for (const [name, { type, order }] of Object.entries(spec.columns)) {
    const path = `columns.${name}.order`;
    if (type === 'ordinal' && order === undefined) {
      throw refuse(
        path,
        'is missing, and an ordinal column needs one',
        'List its values, lowest first.',
      );
    }
    if (order === undefined) continue;
    if (type !== 'ordinal') {
      throw refuse(path, 'is for ordinal columns', `Set columns.${name}.type to ordinal.`);
    }
    const twin = order.find((value, i) => order.indexOf(value) !== i);
    if (twin !== undefined) {
      throw refuse(path, `names "${twin}" twice`, 'Name every value once, lowest first.');
    }
  }
}
