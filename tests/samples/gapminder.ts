// Writes public/samples/gapminder.csv from vega-datasets' gapminder.json: `npx tsx tests/samples/gapminder.ts > FILE`.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Papa from 'papaparse';

interface Field {
  readonly name: string;
  readonly categories?: readonly { readonly value: number; readonly label: string }[];
}
interface DataPackage {
  readonly resources: readonly {
    readonly path: string;
    readonly schema?: { readonly fields: readonly Field[] };
  }[];
}
type Row = Readonly<
  Record<'country' | 'cluster' | 'year' | 'pop' | 'fertility' | 'life_expect', number>
>;

const folder = new URL('../../node_modules/vega-datasets/', import.meta.url);
const json = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

/** The table with its regions by their names, which the data package gives, instead of by number. */
export function gapminderCsv(): string {
  const { resources } = json('datapackage.json') as DataPackage;
  const described = resources.find(({ path }) => path === 'gapminder.json');
  const cluster = described?.schema?.fields.find(({ name }) => name === 'cluster');
  const regions = new Map(cluster?.categories?.map(({ value, label }) => [value, label]));
  const rows = (json('data/gapminder.json') as readonly Row[]).map((row) => ({
    country: row.country,
    region: regions.get(row.cluster),
    year: row.year,
    population: row.pop,
    fertility: row.fertility,
    life_expectancy: row.life_expect,
  }));
  return `${Papa.unparse(rows, { newline: '\n' })}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) process.stdout.write(gapminderCsv());
