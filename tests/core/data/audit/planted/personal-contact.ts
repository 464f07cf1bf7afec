import type { RandomStream } from '#core/random.ts';
import { clinic, houses, machines, orders, survey } from './domains.ts';
import { between, changed, column, pick, someRows } from './draw.ts';
import { email, phone } from './people.ts';
import { disclosed, filled, plant, type PlantedTable } from './table.ts';

export const remarks = [
  'came back for a second look',
  'nothing to report',
  'asked for a quote',
  'very friendly',
  'wants it sooner',
  'no answer yet',
  'second attempt',
  'paid in advance',
];

/** Remarks of which some rows, from 0, hold a telling one. */
export function tellingRemarks(
  random: RandomStream,
  rows: number,
  telling: readonly number[],
  tell: () => string,
): string[] {
  return changed(column(rows, () => pick(random, remarks)), telling, tell); // prettier-ignore
}

export const emailTables: readonly PlantedTable[] = [
  plant('e-mail: a column of its own', clinic, 400, (base, random) => {
    const cells = column(400, () => email(random));
    return {
      columns: { email: cells, ...base.columns },
      expected: [disclosed('personal_email', 'email', filled(cells))],
    };
  }),
  plant('e-mail: under the name of contact, a third missing', houses, 360, (base, random) => {
    const all = column(360, () => email(random));
    const cells = changed(all, someRows(random, 360, 120), () => '');
    return {
      columns: { ...base.columns, Kontakt: cells },
      expected: [disclosed('personal_email', 'Kontakt', filled(cells))],
    };
  }),
  plant('e-mail: in 4% of the remarks', orders, 500, (base, random) => {
    const rows = someRows(random, 500, 20);
    return {
      columns: {
        ...base.columns,
        remark: tellingRemarks(random, 500, rows, () => `please write to ${email(random)}, thanks`),
      },
      expected: [disclosed('personal_email', 'remark', rows)],
    };
  }),
  plant('e-mail: capitals and plus signs as a login, no target', survey, 300, (base, random) => {
    const cells = column(300, () => {
      const [name = '', domain = ''] = email(random).split('@');
      return pick(random, [`${name}+shop@${domain}`, `${name.toUpperCase()}@${domain}`]);
    });
    return {
      columns: { login: cells, ...base.columns },
      target: null,
      expected: [disclosed('personal_email', 'login', filled(cells))],
    };
  }),
  plant('e-mail: a nested column, mostly empty', machines, 600, (base, random) => {
    const rows = someRows(random, 600, 36);
    return {
      columns: {
        ...base.columns,
        'operator.mail': changed(column(600, () => ''), rows, () => email(random)), // prettier-ignore
      },
      expected: [disclosed('personal_email', 'operator.mail', rows)],
    };
  }),
];

export const phoneTables: readonly PlantedTable[] = [
  plant('phone: the United States, four notations', orders, 500, (base, random) => {
    const cells = column(500, () => phone.us(random));
    return {
      columns: { phone: cells, ...base.columns },
      expected: [disclosed('personal_phone', 'phone', filled(cells))],
    };
  }),
  plant('phone: Germany', clinic, 350, (base, random) => {
    const cells = column(350, () => phone.de(random));
    return {
      columns: { ...base.columns, Telefonnummer: cells },
      expected: [disclosed('personal_phone', 'Telefonnummer', filled(cells))],
    };
  }),
  plant(
    'phone: the United Kingdom, under another name, some missing',
    houses,
    420,
    (base, random) => {
      const all = column(420, () => phone.uk(random));
      const cells = changed(all, someRows(random, 420, 90), () => '');
      return {
        columns: { ...base.columns, contact_2: cells },
        expected: [disclosed('personal_phone', 'contact_2', filled(cells))],
      };
    },
  ),
  plant('phone: France, no target', survey, 300, (base, random) => {
    const cells = column(300, () => phone.fr(random));
    return {
      columns: { tél_domicile: cells, ...base.columns },
      target: null,
      expected: [disclosed('personal_phone', 'tél_domicile', filled(cells))],
    };
  }),
  plant('phone: in 5% of the remarks', machines, 600, (base, random) => {
    const rows = someRows(random, 600, 30);
    return {
      columns: {
        ...base.columns,
        note: tellingRemarks(random, 600, rows, () => `call ${phone.international(random)} first`),
      },
      expected: [disclosed('personal_phone', 'note', rows)],
    };
  }),
  plant('phone: ten digits, read as numbers', orders, 450, (base, random) => {
    const cells = column(450, () => phone.us(random).replaceAll(/\D/g, '').slice(-10));
    return {
      columns: { ...base.columns, mobile: cells },
      expected: [disclosed('personal_phone', 'mobile', filled(cells))],
    };
  }),
  plant(
    'phone: five countries with their prefixes, under a name that says nothing',
    clinic,
    380,
    (base, random) => {
      const cells = column(380, () => phone.international(random));
      return {
        columns: { reach: cells, ...base.columns },
        expected: [disclosed('personal_phone', 'reach', filled(cells))],
      };
    },
  ),
];

const ipv4 = (random: RandomStream): string =>
  [between(random, 11, 223), random.integer(256), random.integer(256), between(random, 1, 254)].join('.'); // prettier-ignore

const group = (random: RandomStream): string => between(random, 1, 0xffff).toString(16);

const ipv6 = (random: RandomStream): string =>
  pick(random, [
    `2001:db8::${group(random)}`,
    `2001:db8:${group(random)}:${group(random)}::${group(random)}`,
    `2a02:${Array.from({ length: 7 }, () => group(random)).join(':')}`,
    `fe80::${group(random)}:${group(random)}`,
  ]);

export const ipTables: readonly PlantedTable[] = [
  plant('IP: version 4', orders, 800, (base, random) => {
    const cells = column(800, () => ipv4(random));
    return {
      columns: { client_ip: cells, ...base.columns },
      expected: [disclosed('personal_ip', 'client_ip', filled(cells))],
    };
  }),
  plant('IP: both versions, under a name that says little', machines, 500, (base, random) => {
    const cells = column(500, () => pick(random, [ipv4, ipv6])(random));
    return {
      columns: { ...base.columns, src: cells },
      expected: [disclosed('personal_ip', 'src', filled(cells))],
    };
  }),
  plant('IP: version 6, a fifth missing, no target', survey, 400, (base, random) => {
    const all = column(400, () => ipv6(random));
    const cells = changed(all, someRows(random, 400, 80), () => '');
    return {
      columns: { ...base.columns, origen: cells },
      target: null,
      expected: [disclosed('personal_ip', 'origen', filled(cells))],
    };
  }),
  plant('IP: inside the lines of a log', machines, 700, (base, random) => {
    const rows = someRows(random, 700, 140);
    return {
      columns: {
        ...base.columns,
        message: tellingRemarks(
          random,
          700,
          rows,
          () => `login refused from ${ipv4(random)} twice`,
        ),
      },
      expected: [disclosed('personal_ip', 'message', rows)],
    };
  }),
];
