import { describeSparseTables } from './sparse-tables.ts';

// 1,000 categories in 5,000 rows, and 3,000 words; the whole tables are in sparse.long.test.ts.
describeSparseTables(0.1);
