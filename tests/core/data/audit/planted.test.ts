import { describe, expect, test } from 'vitest';
import {
  findingCodes,
  severities,
  type Finding,
  type FindingCode,
} from '#core/data/audit/finding.ts';
import type { Dataset } from '#core/data/table.ts';
import { changeSpec } from '#core/spec/change-spec.ts';
import { checkSpec } from '#core/spec/check-spec.ts';
import { parseSpec } from '#core/spec/parse-spec.ts';
import { examine, isAlarm, missed, shown, specFor } from './planted/examine.ts';
import type { GeneratedTable } from './planted/table.ts';
import { cleanTables, plantedTables } from './planted/tables.ts';

const MOST_EXAMPLES = 20;
const MOST_FALSE_ALARMS = 1;
/** What no field of a spec settles, as docs/audit.md says. */
const REMEDILESS: readonly FindingCode[] = [
  'conflicting_labels',
  'duplicate_rows',
  'broken_encoding',
];

describe('every planted fault is found', () => {
  test.each(plantedTables)('$name', async (table) => {
    const { dataset, findings } = await examine(table);
    expect(missed(table, findings), findings.map(shown).join('\n')).toEqual([]);
    expectSound(table, dataset, findings);
  });
});

describe('a clean table is left in peace', () => {
  test.each(cleanTables)('$name', async (table) => {
    const { dataset, findings } = await examine(table);
    const alarms = findings.filter(isAlarm).map(shown);
    expect(alarms.length, alarms.join('\n')).toBeLessThanOrEqual(MOST_FALSE_ALARMS);
    expectSound(table, dataset, findings);
  });
});

test('the suite as a whole: each code planted, all faults found, few false alarms', async () => {
  const planted = new Set(
    plantedTables.flatMap(({ expected }) => expected.flatMap((one) => one.codes)),
  );
  // Images are no tables: theirs is planted in detectors/images.test.ts.
  const ofTables = findingCodes.filter((code) => code !== 'duplicate_images');
  expect([...planted].sort()).toEqual(ofTables.sort());

  let faults = 0;
  const lost: string[] = [];
  for (const table of plantedTables) {
    const { findings } = await examine(table);
    faults += table.expected.length;
    lost.push(
      ...missed(table, findings).map(({ codes }) => `${table.name}: ${codes.join(' or ')}`),
    );
  }
  const falseAlarms: number[] = [];
  for (const table of cleanTables) {
    falseAlarms.push((await examine(table)).findings.filter(isAlarm).length);
  }
  const helpless = new Set<FindingCode>();
  for (const table of [...plantedTables, ...cleanTables]) {
    const { findings } = await examine(table);
    for (const finding of findings) {
      if (isAlarm(finding) && finding.remedies.length === 0 && !isOfTarget(table, finding)) {
        helpless.add(finding.code);
      }
    }
  }
  expect(REMEDILESS).toEqual(expect.arrayContaining([...helpless]));
  const total = falseAlarms.reduce((sum, count) => sum + count, 0);
  console.log(
    `audit: ${faults - lost.length} of ${faults} faults in ${plantedTables.length} tables found; ${total} false alarms in ${cleanTables.length} clean tables`,
  );
  expect(lost).toEqual([]);
  expect(Math.max(...falseAlarms)).toBeLessThanOrEqual(MOST_FALSE_ALARMS);
}, 300_000);

/** Of what is to be predicted nothing can be left out, cut or filled in. */
function isOfTarget({ target }: GeneratedTable, { columns }: Finding): boolean {
  return target !== undefined && columns.includes(target);
}

/** What holds for every finding: it says what, where, how much and why, and what it offers can be done. */
function expectSound(table: GeneratedTable, dataset: Dataset, findings: readonly Finding[]): void {
  for (const finding of findings) {
    const { message, why, columns, count, rows } = finding;
    const about = `${table.name}: ${shown(finding)}: ${message}`;
    expect(severities, about).toContain(finding.severity);
    expect(dataset.table.names, about).toEqual(expect.arrayContaining([...columns]));
    expect(columns.length === 0 || columns.some((name) => message.includes(name)), about).toBe(
      true,
    );
    expect(message, about).toMatch(/\d|\bonce\b|\bone\b/i);
    expect(why.trim(), about).not.toBe('');
    expect(Number.isInteger(count) && count >= rows.length, about).toBe(true);
    expect(rows.length, about).toBeLessThanOrEqual(MOST_EXAMPLES);
    expect(new Set(rows).size, about).toBe(rows.length);
    // A name is in no row.
    if (finding.code !== 'broken_encoding') expect(rows, about).not.toEqual([]);
    for (const row of rows) {
      expect(Number.isInteger(row) && row >= 1 && row <= dataset.table.rowCount, about).toBe(true);
    }
    expectUsable(table, dataset, finding, about);
  }
}

/** Each remedy gives a spec that can be written, read again and held against the data. */
function expectUsable(
  table: GeneratedTable,
  dataset: Dataset,
  finding: Finding,
  about: string,
): void {
  for (const { label, changes } of finding.remedies) {
    expect(label.trim(), about).not.toBe('');
    expect(changes.length, about).toBeGreaterThan(0);
    expect(() => {
      const changed = changeSpec(specFor(table, dataset, finding), changes);
      checkSpec(parseSpec(JSON.stringify(changed)), dataset.info);
    }, `${about}\nremedy: ${label}`).not.toThrow();
  }
}
