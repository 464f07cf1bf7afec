import { addresses } from './address.ts';
import { birthDates } from './birth-date.ts';
import { cards } from './card.ts';
import { emails } from './email.ts';
import { ibans } from './iban.ts';
import { ips } from './ip.ts';
import { nationalIds } from './national-id.ts';
import type { PersonalDetector } from './personal-detector.ts';
import { personNames } from './person-name.ts';
import { phones } from './phone.ts';

/** Every detector of personal data, in the order of the list of findings. */
export const personalDetectors: readonly PersonalDetector[] = [
  emails,
  phones,
  cards,
  ibans,
  nationalIds,
  ips,
  birthDates,
  addresses,
  personNames,
];
