import type { Remedy } from '../finding.ts';
import { columnRemedy, shortened } from '../wording.ts';

/** What can be decided with one click; to keep personal data takes a reason and a name. */
export function decisionRemedies(name: string, salt: string): Remedy[] {
  const shown = `"${shortened(name)}"`;
  return [
    ...columnRemedy(`Leave ${shown} out of the model`, name, { personal: { decision: 'drop' } }),
    ...columnRemedy(`Mask ${shown}`, name, { personal: { decision: 'mask' } }),
    ...columnRemedy(`Replace ${shown} by salted hashes`, name, {
      personal: { decision: 'hash', salt },
    }),
  ];
}
