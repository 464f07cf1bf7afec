// `npm run bench -- NAME` measures one thing beside its peer and ends with a line of JSON; `npm run bench` measures all
// and rewrites the table in docs/benchmarks.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '#cli/prepare.mjs';
import { measure } from './measure.ts';
import { entries } from './registry.ts';
import { benchTable, replaceTable } from './table.ts';

const document = join(repository, 'docs', 'benchmarks.md');
const [name, ...rest] = process.argv.slice(2);
const chosen = entries.filter((entry) => name === undefined || entry.name === name);

if (chosen.length === 0 || rest.length > 0) {
  console.error(
    `Usage: npm run bench [-- NAME], where NAME is one of ${entries.map((entry) => entry.name).join(', ')}`,
  );
  process.exitCode = 2;
} else {
  const measured = [];
  for (const entry of chosen) {
    const result = await measure(entry, (line) => console.error(line));
    measured.push({ entry, result });
    console.log(JSON.stringify(result));
  }
  if (name === undefined) {
    const text = readFileSync(document, 'utf8');
    writeFileSync(document, replaceTable(text, benchTable(measured, new Date())));
  }
}
