import { lastEntries, systemFacts } from './log.ts';

const ENTRIES = 50;

export interface Diagnostics {
  readonly system: Readonly<Record<string, string>>;
  /** The last entries of the log, one JSON document each, newest last. */
  readonly entries: readonly string[];
}

export const diagnostics = (): Diagnostics => ({ system: systemFacts(), entries: lastEntries(ENTRIES) });

/** What “Copy diagnostics” shows and copies. */
export function diagnosticsText({ system, entries }: Diagnostics): string {
  const facts = Object.entries(system).map(([name, value]) => `${name}: ${value}`);
  const problems = entries.length === 0 ? ['No problems recorded.'] : ['Last problems, newest at the end:', ...entries];
  return [...facts, '', ...problems, ''].join('\n');
}
