import { it } from 'vitest';
import { expectAnyTableEndsWell } from '../support/any-table.ts';
import { withoutNetwork } from '../support/experiment.ts';

it('any table at all ends well or is refused by a sentence', async () => {
  await expectAnyTableEndsWell(25, withoutNetwork);
}, 60_000);
