import { describe, expect, it } from 'vitest';
import type { FindingCode } from '#core/data/audit/finding.ts';
import { proposeSpec } from '#core/spec/propose-spec.ts';
import { audited, datasetOf, day, draws, found, times, type Columns } from './audited.ts';

const N = 60;
const given = [
  'Anna',
  'Peter',
  'Lucía',
  'Jürgen',
  'Wei',
  'Fatima',
  'John',
  'Chloé',
  'Łukasz',
  'Priya',
  'Marco',
  'Ingrid',
];
const family = ['Smith', 'Müller', 'García', 'Rossi', 'Nowak', 'Dubois', 'Chen', 'Silva', 'Hansen'];
const a = draws(N, given.length, 1);
const b = draws(N, family.length, 2);
const digits = draws(N, 9_000_000, 3).map((k) => String(1_000_000 + k));

function cycle(values: readonly string[]): string[] {
  return times(N, (row) => values[row % values.length] ?? '');
}

/** Codes of personal data by column. */
async function personal(columns: Columns): Promise<Record<string, FindingCode>> {
  const findings = await audited(columns);
  return Object.fromEntries(
    findings
      .filter(({ code }) => code.startsWith('personal_'))
      .map(({ code, columns: [name] }) => [name ?? '', code]),
  );
}

describe('personal data by content', () => {
  it.each<[FindingCode, string[]]>([
    ['personal_email', times(N, (row) => `user${row}@mail.example.org`)],
    [
      'personal_email',
      times(N, (row) =>
        row === 33 ? 'please write to jo.doe@example.com soon' : `note number ${row} of the day`,
      ),
    ],
    ['personal_phone', digits.map((one) => `+49 151 ${one}`)],
    ['personal_phone', digits.map((one) => `+49151${one}`)],
    ['personal_phone', digits.map((one, row) => `${row % 2 === 0 ? '+' : ''}49151${one}`)],
    ['personal_phone', digits.map((one) => `(11) 9${one.slice(0, 4)}-${one.slice(3)}`)],
    ['personal_phone', digits.map((one) => `(555) ${one.slice(0, 3)}-${one.slice(3)}`)],
    [
      'personal_phone',
      digits.map(
        (one) => `06 ${one.slice(0, 2)} ${one.slice(2, 4)} ${one.slice(4, 6)} 1${one[6] ?? ''}`,
      ),
    ],
    [
      'personal_card',
      cycle(['4111 1111 1111 1111', '5555-5555-5555-4444', '378282246310005', '6011111111111117']),
    ],
    ['personal_card', cycle(['4111111111111111', '5555555555554444', '4012888888881881'])],
    [
      'personal_iban',
      cycle([
        'DE89 3704 0044 0532 0130 00',
        'GB82WEST12345698765432',
        'FR1420041010050500013M02606',
      ]),
    ],
    ['personal_ip', draws(N, 250, 4).map((k, row) => `192.168.${row}.${k}`)],
    ['personal_ip', times(N, (row) => `2001:db8:85a3::8a2e:370:${(7000 + row).toString(16)}`)],
    ['personal_national_id', cycle(['123-45-6789', '219-09-9998', '078-05-1120'])],
    ['personal_national_id', cycle(['AB123456C', 'JG 10 37 59 A'])],
    ['personal_national_id', cycle(['12345678Z', 'X1234567L'])],
    ['personal_national_id', cycle(['RSSMRA85T10A562S', 'MRTMTT91D08F205J'])],
    ['personal_national_id', cycle(['44051401359', '02070803628'])],
    ['personal_national_id', cycle(['111.444.777-35', '529.982.247-25'])],
    ['personal_national_id', cycle(['811218-9876', '640823-3234'])],
    ['personal_national_id', cycle(['131052-308T'])],
    ['personal_national_id', cycle(['255081416802538', '1 84 12 76 451 089 46'])],
    ['personal_address', times(N, (row) => `${12 + row} Oak Street, Springfield`)],
    ['personal_address', times(N, (row) => `Hauptstraße ${row + 1}, 10115 Berlin`)],
    ['personal_address', times(N, (row) => `${row + 1} rue de la Paix, Paris`)],
    ['personal_address', times(N, (row) => `Calle Mayor ${row + 1}, Madrid`)],
    ['personal_address', times(N, (row) => `Av. Paulista, ${row + 1} - São Paulo`)],
    [
      'personal_name',
      times(N, (row) => `${given[a[row] ?? 0] ?? ''} ${family[b[row] ?? 0] ?? ''}`),
    ],
    [
      'personal_name',
      times(N, (row) => `${family[b[row] ?? 0] ?? ''}, ${given[a[row] ?? 0] ?? ''}`),
    ],
    ['personal_name', times(N, (row) => given[a[row] ?? 0] ?? '')],
    [
      'personal_name',
      times(N, (row) => {
        const letter = 'abcdefghij'[row % 10] ?? '';
        return row % 3 === 0
          ? `Quux${letter}, Mrs. John (Florence Bazz Thayer)`
          : `Bazz${letter}, Mr. Quux`;
      }),
    ],
  ])('%s %#', async (code, column) => {
    const findings = (await audited({ column, other: times(N, (row) => row % 4) })).filter((one) =>
      one.code.startsWith('personal_'),
    );
    expect(findings).toMatchObject([{ code, columns: ['column'], severity: 'severe' }]);
    expect(findings[0]?.remedies).toHaveLength(3);
  });

  it('is also dates that lie like births', async () => {
    const births = draws(N, 60 * 365, 5).map((k) => day(k - 75 * 365));
    expect(await found('personal_birth_date', { births_: births, d: births })).toHaveLength(2);
    expect(await found('personal_birth_date', { visited: times(N, day) })).toEqual([]);
  });
});

describe('personal data by the name of its column', () => {
  it('in several languages', async () => {
    const people = times(N, (row) => `Quux${'abcdefgh'[row % 8] ?? ''}`);
    expect(
      await personal({
        Geburtsdatum: times(N, (row) => day(row * 3)),
        birth_year: times(N, (row) => 1950 + (row % 50)),
        last_name: people,
        Vorname: people,
        mobile: digits.map((one) => `0${one}123`),
        telefono: digits.map((one) => Number(one)),
        bsn: cycle(['111222333', '123456782', '100000009']),
        steuer_id: cycle(['86095742719', '47036892816']),
        address: times(N, (row) => `Winkel ${row}b, Dorf`),
      }),
    ).toEqual({
      Geburtsdatum: 'personal_birth_date',
      birth_year: 'personal_birth_date',
      last_name: 'personal_name',
      Vorname: 'personal_name',
      mobile: 'personal_phone',
      telefono: 'personal_phone',
      bsn: 'personal_national_id',
      steuer_id: 'personal_national_id',
      address: 'personal_address',
    });
  });

  it('of authors with their initials', async () => {
    const author = times(N, (row) => `${family[b[row] ?? 0] ?? ''} ${'ABCDEF'[row % 6] ?? ''}.`);
    expect(await personal({ author })).toEqual({ author: 'personal_name' });
  });

  it('with a number behind it, or in one word', async () => {
    const people = times(N, (row) => `Quux${'abcdefgh'[row % 8] ?? ''}`);
    const numbers = digits.map((one) => Number(`555${one}`));
    const asked: Readonly<Record<string, readonly [FindingCode, readonly (string | number)[]]>> = {
      Phone1: ['personal_phone', numbers],
      mobilenumber: ['personal_phone', numbers],
      contactno: ['personal_phone', numbers],
      dateofbirth: ['personal_birth_date', times(N, (row) => day(row * 3))],
      YOB: ['personal_birth_date', times(N, (row) => 1950 + (row % 50))],
      surname1: ['personal_name', people],
      NAME_LAST: ['personal_name', people],
      ФИО: ['personal_name', cycle(['Иван Петров', 'Анна Смирнова'])],
      氏名: ['personal_name', cycle(['山田太郎', '佐藤花子'])],
    };
    const columns = Object.fromEntries(
      Object.entries(asked).map(([name, [, cells]]) => [name, cells]),
    );
    expect(await personal(columns)).toEqual(
      Object.fromEntries(Object.entries(asked).map(([name, [code]]) => [name, code])),
    );
  });

  it('of a national number whose country has no form here, or that is masked in part', async () => {
    expect(
      await personal({
        passport_no: digits.map((one, row) => `${'CFGHJK'[row % 6] ?? ''}${one}`),
        aadhaar: digits.map((one) => `4${one.slice(0, 3)} ${one.slice(3)} 5678`),
        ssn: digits.map((one) => `***-**-${one.slice(3)}`),
        national_id: digits.map((one) => Number(`3${one}`)),
      }),
    ).toEqual({
      passport_no: 'personal_national_id',
      aadhaar: 'personal_national_id',
      ssn: 'personal_national_id',
      national_id: 'personal_national_id',
    });
    expect(
      await personal({
        passport: cycle(['yes', 'no']),
        tin: digits.map((one) => Number(one) / 1e6),
        identity_score: digits.map((one) => Number(one) / 1e7),
      }),
    ).toEqual({});
  });
});

describe('a column of personal data is one finding', () => {
  const nhs = digits.flatMap((one) => withCheck(`94${one}`)).slice(0, 40);
  const withColumn = async (name: string, values: readonly string[]) =>
    (await audited({ [name]: values, x: times(values.length, (row) => row % 7) }))
      .filter(({ columns }) => columns.includes(name))
      .map(({ code }) => code);

  /** Nine digits with the check digit of the NHS, or nothing where they have none. */
  function withCheck(body: string): string[] {
    const sum = Array.from(body).reduce((total, digit, i) => total + Number(digit) * (10 - i), 0);
    const check = (11 - (sum % 11)) % 11;
    return check === 10 ? [] : [`${body}${check}`];
  }

  it('where a national number looks like a phone number', async () => {
    const spaced = nhs.map((one) => `${one.slice(0, 3)} ${one.slice(3, 6)} ${one.slice(6)}`);
    for (const name of ['nhs_number', 'NHS', 'patient nhs no']) {
      expect(await withColumn(name, spaced), name).toEqual(['personal_national_id']);
      expect(await withColumn(name, nhs), name).toEqual(['personal_national_id']);
    }
    expect(await withColumn('reached at', spaced)).toEqual(['personal_phone']);
    const wrong = nhs.map((one) => `${one.slice(0, 9)}${(Number(one[9]) + 1) % 10}`);
    expect(await withColumn('nhs', wrong)).not.toContain('personal_national_id');
  });

  it('where it names the rows too, until it is decided on', async () => {
    expect(await withColumn('nhs_number', nhs)).not.toContain('identifier_column');
    const table = {
      nhs_number: nhs,
      x: times(40, (row) => row % 7),
      y: times(40, (row) => row % 2),
    };
    const { info } = await datasetOf(table);
    const spec = {
      ...proposeSpec(info, 'y'),
      columns: {
        nhs_number: { personal: { decision: 'hash' as const, salt: '0123456789abcdef' } },
      },
    };
    const decided = await found('identifier_column', table, { spec });
    expect(decided).toMatchObject([{ columns: ['nhs_number'] }]);
  });
});

describe('what is no personal data', () => {
  it('versions of four numbers in a column that is called so, unlike addresses', async () => {
    const versions = cycle(['1.2.3.4', '1.2.4.0', '2.0.0.1']);
    expect(await personal({ version: versions, firmware_version: versions, v1: versions })).toEqual(
      {
        v1: 'personal_ip',
      },
    );
    const addresses = { ip_version: times(N, (row) => `10.0.0.${row}`) };
    expect(await personal(addresses)).toEqual({ ip_version: 'personal_ip' });
  });

  it('names of species and products, codes, prices, dates, versions and measurements', async () => {
    const random = draws(N, 1_000_000_000, 6);
    expect(
      await personal({
        name: cycle([
          'Iris',
          'Rose',
          'Daisy',
          'Lily',
          'Oak',
          'Fern',
          'Moss',
          'Tulip',
          'Pine',
          'Ash',
        ]),
        product_name: cycle([
          'Office Chair',
          'Desk Lamp',
          'Paper A4',
          'Pen Set',
          'Monitor Arm',
          'Cable Box',
          'USB Hub',
          'Rug',
        ]),
        city: cycle([
          'Paris',
          'Berlin',
          'San Jose',
          'St. Louis',
          'Florence',
          'Sydney',
          'Jackson',
          'Wien',
          'Rom',
        ]),
        sku: random.map((k) => `SKU-${k}`),
        article: random.map((k) => 100_000_000 + (k % 900_000_000)),
        long_id: random.map((k) => `${1_000_000 + (k % 9_000_000)}${2_000_000 + (k % 7_000_000)}`),
        price: random.map((k) => (k / 1e6).toFixed(2)),
        when: times(N, (row) => `${day(row)} 12:30:00`),
        clock: times(N, (row) => `12:${10 + (row % 50)}`),
        version: cycle(['1.2.3', '1.10.0', '2.0.1']),
        colour: cycle(['red', 'green', 'blue']),
        size: cycle(['10 x 20', '15 x 30', '8 x 12']),
        built: draws(N, 100 * 365, 7).map((k) => day(k - 100 * 365)),
      }),
    ).toEqual({});
  });
});

describe('a decision', () => {
  it('settles the finding', async () => {
    const table = {
      mail: times(N, (row) => `user${row}@example.org`),
      x: times(N, (row) => row % 7),
      y: times(N, (row) => row % 2),
    };
    const { info } = await datasetOf(table);
    const spec = {
      ...proposeSpec(info, 'y'),
      columns: { mail: { personal: { decision: 'drop' as const } } },
    };
    const [finding] = await found('personal_email', table, { spec });
    expect(finding).toMatchObject({ severity: 'note', remedies: [] });
    expect(finding?.message).toContain('decided: drop');
  });
});
