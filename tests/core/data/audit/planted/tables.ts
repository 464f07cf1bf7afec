import { fewRowsTables, imbalanceTables, variantTables } from './categories.ts';
import { cleanMeasuredTables } from './clean-measured.ts';
import { cleanNamedTables } from './clean-named.ts';
import { constantTables, highCardinalityTables, identifierTables } from './columns.ts';
import { futureTables, outOfOrderTables } from './dates.ts';
import { encodingTables } from './encoding.ts';
import { determiningTables, functionTables, predictingTables } from './leaking-columns.ts';
import { entityTables, futureTrainingTables, sharedRowsTables } from './leaking-splits.ts';
import { missingByTargetTables, missingCodeTables, missingValueTables } from './missing.ts';
import { emailTables, ipTables, phoneTables } from './personal-contact.ts';
import { nationalTables } from './personal-identity.ts';
import { addressTables, birthDateTables, nameTables } from './personal-life.ts';
import { cardTables, ibanTables } from './personal-money.ts';
import { conflictTables, duplicateTables } from './rows.ts';
import type { GeneratedTable, PlantedTable } from './table.ts';
import { mixedTypeTables, outlierTables, skewTables } from './values.ts';

/** Every table with a fault in it. */
export const plantedTables: readonly PlantedTable[] = [
  ...missingValueTables,
  ...missingByTargetTables,
  ...missingCodeTables,
  ...constantTables,
  ...highCardinalityTables,
  ...identifierTables,
  ...duplicateTables,
  ...conflictTables,
  ...outlierTables,
  ...mixedTypeTables,
  ...skewTables,
  ...variantTables,
  ...imbalanceTables,
  ...fewRowsTables,
  ...outOfOrderTables,
  ...futureTables,
  ...encodingTables,
  ...predictingTables,
  ...determiningTables,
  ...functionTables,
  ...sharedRowsTables,
  ...entityTables,
  ...futureTrainingTables,
  ...emailTables,
  ...phoneTables,
  ...ipTables,
  ...cardTables,
  ...ibanTables,
  ...nationalTables,
  ...birthDateTables,
  ...addressTables,
  ...nameTables,
];

/** Tables with nothing wrong. */
export const cleanTables: readonly GeneratedTable[] = [...cleanMeasuredTables, ...cleanNamedTables];
