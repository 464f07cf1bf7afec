import type { Cells } from '../../cells.ts';
import type { StoredValues } from './page-values.ts';
import type { Page } from './pages.ts';

/** Takes the pages of one column, chunk after chunk, and makes its cells of them. */
export interface Sink {
  dictionary(values: StoredValues): void;
  add(page: Page): void;
  finish(): Cells;
}
