import { clinic, houses, machines, orders, survey, type Domain } from './domains.ts';
import { changed, column, someRows } from './draw.ts';
import { tellingRemarks } from './personal-contact.ts';
import { bsn, codiceFiscale, cpf, dni, nino, nir, personnummer, pesel, ssn, type Maker } from './personal-numbers.ts'; // prettier-ignore
import { disclosed, filled, plant, type PlantedTable } from './table.ts';

/** A table with a column of national identifiers, some of them missing. */
function identified(
  what: string,
  domain: Domain,
  rows: number,
  header: string,
  make: Maker,
  { missing = 0, target = undefined as null | undefined } = {},
): PlantedTable {
  return plant(`national identifier: ${what}`, domain, rows, (base, random) => {
    const all = column(rows, () => make(random));
    const cells = changed(all, someRows(random, rows, missing), () => '');
    return {
      columns: { ...base.columns, [header]: cells },
      ...(target === null ? { target } : {}),
      expected: [disclosed('personal_national_id', header, filled(cells))],
    };
  });
}

const spaced = (make: Maker, shape: RegExp, as: string): Maker => {
  return (random) => make(random).replace(shape, as);
};

/** Numbers of nine countries. */
export const nationalTables: readonly PlantedTable[] = [
  identified('SSN', clinic, 400, 'ssn', ssn),
  identified('SSN, called a member reference', survey, 300, 'member_ref', ssn, { missing: 60 }),
  plant('national identifier: SSN in 5% of the remarks', orders, 600, (base, random) => {
    const rows = someRows(random, 600, 30);
    return {
      columns: {
        ...base.columns,
        remark: tellingRemarks(random, 600, rows, () => `SSN ${ssn(random)} was checked`),
      },
      expected: [disclosed('personal_national_id', 'remark', rows)],
    };
  }),
  identified('NINO, called a code', machines, 450, 'code', nino),
  identified('NINO with spaces', clinic, 320, 'ni_number', spaced(nino, /(..)(..)(..)(..)(.)/, '$1 $2 $3 $4 $5')),
  identified('NIR with spaces', clinic, 380, 'numéro de sécurité sociale', spaced(nir, /(.)(..)(..)(..)(...)(...)(..)/, '$1 $2 $3 $4 $5 $6 $7')),
  identified('NIR read as numbers', survey, 500, 'assuré', nir),
  identified('DNI, a third missing, no target', orders, 420, 'documento', dni, { missing: 140, target: null }),
  identified('codice fiscale', houses, 350, 'codice', codiceFiscale),
  identified('BSN', clinic, 400, 'bsn', bsn, { missing: 20 }),
  identified('PESEL', survey, 360, 'pesel', pesel),
  identified('CPF with dots and dash, no target', orders, 500, 'inscrição', cpf, { target: null }),
  identified('personnummer, under a name that says nothing', machines, 330, 'nr', personnummer),
]; // prettier-ignore
