import type { RandomStream } from '#core/random.ts';
import { between, digits, padded, pick } from './draw.ts';

/** Made-up people of several countries: the commonest names of each, invented numbers and streets. */
interface Country {
  readonly given: readonly string[];
  readonly family: readonly string[];
}

const countries = {
  en: {
    given: ['James', 'Mary', 'John', 'Patricia', 'Robert', 'Jennifer', 'Michael', 'Linda', 'William', 'Elizabeth', 'David', 'Susan', 'Thomas', 'Sarah', 'Daniel', 'Emma'],
    family: ['Smith', 'Johnson', 'Williams', 'Brown', 'Jones', 'Miller', 'Davis', 'Wilson', 'Anderson', 'Taylor', 'Thomas', 'Moore', 'Martin', 'Clark', 'Lewis', 'Walker'],
  },
  de: {
    given: ['Hans', 'Anna', 'Peter', 'Maria', 'Thomas', 'Sabine', 'Michael', 'Petra', 'Andreas', 'Monika', 'Stefan', 'Julia', 'Wolfgang', 'Ursula', 'Klaus', 'Katharina'],
    family: ['Müller', 'Schmidt', 'Schneider', 'Fischer', 'Weber', 'Meyer', 'Wagner', 'Becker', 'Schulz', 'Hoffmann', 'Koch', 'Bauer', 'Richter', 'Klein', 'Wolf', 'Neumann'],
  },
  fr: {
    given: ['Jean', 'Marie', 'Pierre', 'Nathalie', 'Michel', 'Isabelle', 'Philippe', 'Sylvie', 'Nicolas', 'Catherine', 'Louis', 'Camille'],
    family: ['Martin', 'Bernard', 'Dubois', 'Thomas', 'Robert', 'Richard', 'Petit', 'Durand', 'Leroy', 'Moreau', 'Simon', 'Laurent'],
  },
  es: {
    given: ['José', 'María', 'Antonio', 'Carmen', 'Manuel', 'Ana', 'Francisco', 'Isabel', 'Juan', 'Laura', 'Javier', 'Cristina'],
    family: ['García', 'González', 'Rodríguez', 'Fernández', 'López', 'Martínez', 'Sánchez', 'Pérez', 'Gómez', 'Martín', 'Jiménez', 'Ruiz'],
  },
} satisfies Record<string, Country>; // prettier-ignore

export type CountryCode = keyof typeof countries;

export function givenName(random: RandomStream, country: CountryCode): string {
  return pick(random, countries[country].given);
}

export function familyName(random: RandomStream, country: CountryCode): string {
  return pick(random, countries[country].family);
}

export function fullName(random: RandomStream, country: CountryCode): string {
  return `${givenName(random, country)} ${familyName(random, country)}`;
}

/** `mary.clark42@example.org`, under the domains that are reserved for examples (RFC 2606) and a few free ones. */
export function email(random: RandomStream): string {
  const name = `${givenName(random, 'en')}.${familyName(random, 'en')}`.toLowerCase();
  const domain = pick(random, ['example.org', 'example.com', 'mail.example.net', 'gmail.com']);
  return `${name}${between(random, 1, 99)}@${domain}`;
}

const area = ['212', '305', '312', '415', '503', '617', '702', '713', '808', '206'];

/** A telephone number as people of a country write it, in one of several ways. */
export const phone = {
  us: (random: RandomStream): string => {
    const [a, b, c] = [pick(random, area), `${between(random, 2, 9)}${padded(random.integer(100), 2)}`, digits(random, 4)]; // prettier-ignore
    return pick(random, [
      `(${a}) ${b}-${c}`,
      `+1 ${a}-${b}-${c}`,
      `${a}-${b}-${c}`,
      `${a}.${b}.${c}`,
    ]);
  },
  uk: (random: RandomStream): string => {
    const [a, b, c] = [digits(random, 4), digits(random, 4), digits(random, 6)];
    return pick(random, [`+44 20 7${a.slice(1)} ${b}`, `020 7${a.slice(1)} ${b}`, `07${between(random, 700, 999)} ${c}`]); // prettier-ignore
  },
  de: (random: RandomStream): string => {
    const tail = `${between(random, 1, 9)}${digits(random, 6)}`;
    return pick(random, [`+49 30 ${tail}`, `030/${tail}`, `0151 ${tail}`, `+49 (0)89 ${tail}`]);
  },
  fr: (random: RandomStream): string => {
    const tail = Array.from({ length: 4 }, () => digits(random, 2)).join(' ');
    return pick(random, [`01 ${tail}`, `06 ${tail}`, `+33 6 ${tail}`, `+33 1 ${tail}`]);
  },
  international: (random: RandomStream): string => {
    const tail = digits(random, 4);
    return pick(random, [
      `+34 6${digits(random, 2)} ${digits(random, 3)} ${digits(random, 3)}`,
      `+91 98${digits(random, 3)} ${digits(random, 5)}`,
      `+55 11 9${digits(random, 4)}-${tail}`,
      `+39 347 ${digits(random, 3)} ${tail}`,
      `+81 90-${digits(random, 4)}-${tail}`,
    ]);
  },
} satisfies Record<string, (random: RandomStream) => string>;

/** A postal address, the street and number, and with `whole` the place too. */
export const address = {
  en: (random: RandomStream, whole: boolean): string => {
    const street = pick(random, ['High Street', 'Church Road', 'Main Street', 'Oak Avenue', 'Park Lane', 'Maple Drive']); // prettier-ignore
    const place = pick(random, ['Springfield, IL 62704', 'Austin, TX 78701', 'Portland, OR 97205', 'Boston, MA 02116']); // prettier-ignore
    const line = `${between(random, 1, 980)} ${street}`;
    return whole ? `${line}, ${place}` : line;
  },
  de: (random: RandomStream, whole: boolean): string => {
    const street = pick(random, ['Hauptstraße', 'Bahnhofstraße', 'Gartenweg', 'Schulstraße', 'Lindenallee', 'Goetheplatz']); // prettier-ignore
    const place = pick(random, ['10115 Berlin', '80331 München', '50667 Köln', '20095 Hamburg']);
    const line = `${street} ${between(random, 1, 140)}`;
    return whole ? `${line}, ${place}` : line;
  },
  fr: (random: RandomStream, whole: boolean): string => {
    const street = pick(random, ['rue de la République', 'avenue Victor Hugo', 'rue des Écoles', 'boulevard Pasteur', 'place de la Mairie']); // prettier-ignore
    const place = pick(random, ['69002 Lyon', '75011 Paris', '13001 Marseille', '33000 Bordeaux']);
    const line = `${between(random, 1, 120)} ${street}`;
    return whole ? `${line}, ${place}` : line;
  },
  es: (random: RandomStream, whole: boolean): string => {
    const street = pick(random, ['Calle Mayor', 'Calle de Alcalá', 'Avenida de la Constitución', 'Paseo del Prado', 'Plaza de España']); // prettier-ignore
    const place = pick(random, ['28014 Madrid', '08001 Barcelona', '41001 Sevilla', '46002 Valencia']); // prettier-ignore
    const line = `${street}, ${between(random, 1, 120)}`;
    return whole ? `${line}, ${place}` : line;
  },
} satisfies Record<string, (random: RandomStream, whole: boolean) => string>;
