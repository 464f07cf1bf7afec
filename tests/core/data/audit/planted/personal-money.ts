import { clinic, houses, machines, orders, survey } from './domains.ts';
import { changed, column, someRows } from './draw.ts';
import { tellingRemarks } from './personal-contact.ts';
import { card, ibanOf, inFours, visa } from './personal-numbers.ts';
import { disclosed, filled, plant, type PlantedTable } from './table.ts';

export const cardTables: readonly PlantedTable[] = [
  plant('card: plain digits, read as numbers', orders, 500, (base, random) => {
    const cells = column(500, () => card(random));
    return {
      columns: { card_number: cells, ...base.columns },
      expected: [disclosed('personal_card', 'card_number', filled(cells))],
    };
  }),
  plant('card: groups of four, called a reference', survey, 300, (base, random) => {
    const cells = column(300, () => inFours(card(random)));
    return {
      columns: { ...base.columns, payment_ref: cells },
      expected: [disclosed('personal_card', 'payment_ref', filled(cells))],
    };
  }),
  plant('card: in 3% of the remarks, with dashes', orders, 800, (base, random) => {
    const rows = someRows(random, 800, 24);
    return {
      columns: {
        ...base.columns,
        remark: tellingRemarks(random, 800, rows, () => `paid with ${inFours(visa(random), '-')}`),
      },
      expected: [disclosed('personal_card', 'remark', rows)],
    };
  }),
  plant('card: under the name of account, 40% missing, no target', houses, 400, (base, random) => {
    const all = column(400, () => visa(random));
    const cells = changed(all, someRows(random, 400, 160), () => '');
    return {
      columns: { ...base.columns, Konto: cells },
      target: null,
      expected: [disclosed('personal_card', 'Konto', filled(cells))],
    };
  }),
];

export const ibanTables: readonly PlantedTable[] = [
  plant('IBAN: Germany and the Netherlands', orders, 400, (base, random) => {
    const cells = column(400, () => ibanOf('DE', 'NL')(random));
    return {
      columns: { iban: cells, ...base.columns },
      expected: [disclosed('personal_iban', 'iban', filled(cells))],
    };
  }),
  plant('IBAN: in groups of four, German header', clinic, 300, (base, random) => {
    const cells = column(300, () => inFours(ibanOf('DE', 'AT', 'CH')(random)));
    return {
      columns: { ...base.columns, Bankverbindung: cells },
      expected: [disclosed('personal_iban', 'Bankverbindung', filled(cells))],
    };
  }),
  plant('IBAN: eight countries, a quarter missing, no target', houses, 480, (base, random) => {
    const all = column(480, () => ibanOf('FR', 'BE', 'GB', 'SE', 'CH', 'IE', 'LT', 'AT')(random));
    const cells = changed(all, someRows(random, 480, 120), () => '');
    return {
      columns: { ...base.columns, payout_to: cells },
      target: null,
      expected: [disclosed('personal_iban', 'payout_to', filled(cells))],
    };
  }),
  plant('IBAN: in 8% of the remarks', machines, 500, (base, random) => {
    const rows = someRows(random, 500, 40);
    return {
      columns: {
        verwendung: tellingRemarks(
          random,
          500,
          rows,
          () => `refund to ${ibanOf('GB', 'FR', 'IE')(random)} please`,
        ),
        ...base.columns,
      },
      expected: [disclosed('personal_iban', 'verwendung', rows)],
    };
  }),
];
