import { it } from 'vitest';
import { expectAnyTableEndsWell } from '../support/any-table.ts';

it('any table at all ends well or is refused by a sentence, the network included', async () => {
  await expectAnyTableEndsWell(60);
}, 400_000);
