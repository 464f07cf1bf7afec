import { expect, it } from 'vitest';
import { estimators } from '#core/models/registry.ts';
import { networkLoss } from '#core/networks/network-loss.ts';

it('every task of a network names a loss of its own, with its unit', () => {
  const tasks = new Set(
    estimators.flatMap(({ network, tasks }) => (network === undefined ? [] : tasks)),
  );
  const losses = [...tasks].map(networkLoss);
  expect(losses).toContain('cross-entropy (nats per character)');
  expect(new Set(losses).size).toBe(tasks.size);
});
