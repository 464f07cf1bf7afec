import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { audit } from '#cli/audit.ts';
import { contract } from '#cli/contract.ts';
import { findRate } from '#cli/find-rate.ts';
import { commandNames, helpOf, isCommand, type CommandName } from '#cli/help.ts';
import { predict } from '#cli/predict.ts';
import { repository } from '#cli/prepare.mjs';
import { replay } from '#cli/replay.ts';
import { run } from '#cli/run.ts';
import { write } from '#cli/write.ts';

type Command = (words: readonly string[]) => Promise<number>;
const called: Readonly<Record<CommandName, Command>> = {
  ...{ run, replay, predict, write, audit, contract },
  'find-rate': findRate,
};

/** The options that a help lists. */
function listed(help: string): string[] {
  return Array.from(help.matchAll(/^ {2}(--[a-z-]+)/gm), ([, option = '']) => option);
}

const everyOption = [...new Set(commandNames.flatMap((name) => listed(helpOf(name))))];

/** Whether a command knows an option; one that none knows stands behind it, so that nothing is done. */
async function knows(command: Command, option: string): Promise<boolean> {
  const refusal = await command([`${option}=1`, '--none-knows']).then(String, String);
  expect(refusal).toMatch(/--none-knows|does not take an argument|Unknown option/);
  return !refusal.includes(`'${option}'`) || refusal.includes('does not take an argument');
}

describe.each(commandNames)('the help of %s', (name) => {
  it('lists the options that the command takes, and no other', async () => {
    const known: string[] = [];
    for (const option of everyOption) if (await knows(called[name], option)) known.push(option);
    expect(listed(helpOf(name)).toSorted()).toEqual(known.toSorted());
  });

  it('has an example, and fits a terminal', () => {
    expect(helpOf(name)).toMatch(new RegExp(`^Example:\\n {2}terrarium ${name} `, 'm'));
    for (const line of helpOf(name).split('\n')) expect(line.length).toBeLessThanOrEqual(120);
  });
});

it('names every command and option that the README calls', () => {
  const readme = readFileSync(join(repository, 'README.md'), 'utf8');
  const calls = Array.from(
    readme.matchAll(/npm run -s terrarium -- (.+)/g),
    ([, call = '']) => call,
  );
  expect(calls.length).toBeGreaterThan(5);
  for (const call of calls) {
    const [name] = call.split(' ');
    expect(isCommand(name), call).toBe(true);
    if (!isCommand(name)) continue;
    const options = Array.from(call.matchAll(/ (--[a-z-]+)/g), ([, option = '']) => option);
    expect(listed(helpOf(name)), call).toEqual(expect.arrayContaining(options));
  }
});
