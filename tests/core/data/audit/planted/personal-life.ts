import type { RandomStream } from '#core/random.ts';
import { clinic, houses, machines, orders, survey } from './domains.ts';
import { between, changed, column, dayFirst, isoDate, monthFirst, pick, someRows } from './draw.ts';
import { address, familyName, fullName, givenName } from './people.ts';
import { tellingRemarks } from './personal-contact.ts';
import { disclosed, filled, plant, type PlantedTable } from './table.ts';

const born = (random: RandomStream): string => isoDate('1936-01-01', between(random, 0, 26_000));

export const birthDateTables: readonly PlantedTable[] = [
  plant('birth date: dob', clinic, 500, (base, random) => {
    const cells = column(500, () => born(random));
    return {
      columns: { dob: cells, ...base.columns },
      expected: [disclosed('personal_birth_date', 'dob', filled(cells))],
    };
  }),
  plant('birth date: German, day first, a fifth missing', clinic, 400, (base, random) => {
    const all = column(400, () => dayFirst(born(random)));
    const cells = changed(all, someRows(random, 400, 80), () => '');
    return {
      columns: { ...base.columns, Geburtsdatum: cells },
      expected: [disclosed('personal_birth_date', 'Geburtsdatum', filled(cells))],
    };
  }),
  plant('birth date: Spanish, no target', survey, 350, (base, random) => {
    const cells = column(350, () => dayFirst(born(random), '/'));
    return {
      columns: { 'fecha de nacimiento': cells, ...base.columns },
      target: null,
      expected: [disclosed('personal_birth_date', 'fecha de nacimiento', filled(cells))],
    };
  }),
  plant('birth date: nested, as in the United States', orders, 450, (base, random) => {
    const cells = column(450, () => monthFirst(born(random)));
    return {
      columns: { ...base.columns, 'customer.date_of_birth': cells },
      expected: [disclosed('personal_birth_date', 'customer.date_of_birth', filled(cells))],
    };
  }),
  plant('birth date: French', houses, 300, (base, random) => {
    const cells = column(300, () => dayFirst(born(random), '/'));
    return {
      columns: { ...base.columns, date_naissance: cells },
      expected: [disclosed('personal_birth_date', 'date_naissance', filled(cells))],
    };
  }),
];

export const addressTables: readonly PlantedTable[] = [
  plant('address: whole, English', orders, 500, (base, random) => {
    const cells = column(500, () => address.en(random, true));
    return {
      columns: { address: cells, ...base.columns },
      expected: [disclosed('personal_address', 'address', filled(cells))],
    };
  }),
  plant('address: whole, German, a fifth missing', clinic, 400, (base, random) => {
    const all = column(400, () => address.de(random, true));
    const cells = changed(all, someRows(random, 400, 80), () => '');
    return {
      columns: { ...base.columns, Anschrift: cells },
      expected: [disclosed('personal_address', 'Anschrift', filled(cells))],
    };
  }),
  plant('address: street and number, French, no target', houses, 450, (base, random) => {
    const cells = column(450, () => address.fr(random, false));
    return {
      columns: { ...base.columns, adresse: cells },
      target: null,
      expected: [disclosed('personal_address', 'adresse', filled(cells))],
    };
  }),
  plant('address: under a name that says otherwise', machines, 320, (base, random) => {
    const cells = column(320, () => address.en(random, true));
    return {
      columns: { ...base.columns, site_info: cells },
      expected: [disclosed('personal_address', 'site_info', filled(cells))],
    };
  }),
  plant('address: Spanish header', survey, 380, (base, random) => {
    const cells = column(380, () => address.es(random, true));
    return {
      columns: { domicilio: cells, ...base.columns },
      expected: [disclosed('personal_address', 'domicilio', filled(cells))],
    };
  }),
  plant('address: in 6% of the remarks', orders, 700, (base, random) => {
    const rows = someRows(random, 700, 42);
    return {
      columns: {
        ...base.columns,
        remark: tellingRemarks(
          random,
          700,
          rows,
          () => `left at ${address.en(random, true)} today`,
        ),
      },
      expected: [disclosed('personal_address', 'remark', rows)],
    };
  }),
];

const rareGiven = ['Xiulan', 'Tevita', 'Oyelaran', 'Ngozi', 'Wiremu', 'Aroha', 'Ifeoma', 'Nanuq'];
const rareFamily = ['Okonkwo', 'Mäkelä', 'Tuiasosopo', 'Bjarnason', 'Ravelomanana', 'Szczęsny', 'Þórsson', 'Zubizarreta']; // prettier-ignore

export const nameTables: readonly PlantedTable[] = [
  plant('name: of the patient', clinic, 400, (base, random) => {
    const cells = column(400, () => fullName(random, 'en'));
    return {
      columns: { patient_name: cells, ...base.columns },
      expected: [disclosed('personal_name', 'patient_name', filled(cells))],
    };
  }),
  plant('name: given and family names, German', orders, 500, (base, random) => {
    const given = column(500, () => givenName(random, 'de'));
    const family = column(500, () => familyName(random, 'de'));
    return {
      columns: { Vorname: given, Nachname: family, ...base.columns },
      expected: [
        disclosed('personal_name', 'Vorname', filled(given)),
        disclosed('personal_name', 'Nachname', filled(family)),
      ],
    };
  }),
  plant('name: by content alone', machines, 450, (base, random) => {
    const cells = column(450, () => fullName(random, pick(random, ['en', 'de'])));
    return {
      columns: { ...base.columns, assigned: cells },
      expected: [disclosed('personal_name', 'assigned', filled(cells))],
    };
  }),
  plant('name: family name first, in capitals, some missing', clinic, 300, (base, random) => {
    const all = column(
      300,
      () => `${familyName(random, 'fr').toUpperCase()}, ${givenName(random, 'fr')}`,
    );
    const cells = changed(all, someRows(random, 300, 45), () => '');
    return {
      columns: { ...base.columns, surname: cells },
      expected: [disclosed('personal_name', 'surname', filled(cells))],
    };
  }),
  plant('name: Spanish header, no target', houses, 350, (base, random) => {
    const cells = column(350, () => fullName(random, 'es'));
    return {
      columns: { 'nombre y apellidos': cells, ...base.columns },
      target: null,
      expected: [disclosed('personal_name', 'nombre y apellidos', filled(cells))],
    };
  }),
  plant('name: rare ones, told by the header', survey, 320, (base, random) => {
    const cells = column(320, () => `${pick(random, rareGiven)} ${pick(random, rareFamily)}`);
    return {
      columns: { full_name: cells, ...base.columns },
      expected: [disclosed('personal_name', 'full_name', filled(cells))],
    };
  }),
];
