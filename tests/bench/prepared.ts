import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Person } from '../../electron/db/types.ts';
import { newPrivateKey, personOf } from '../../electron/project/people/people.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { runAlone } from './harness.ts';

/** What a bench needs, made in one process and measured in others, so that the memory measured is what opening and reading take. */
export interface Prepared {
  /** Makes projects in this folder, with what a person signs with. */
  readonly make: (folder: string, person: Person) => Promise<void>;
  readonly measure: (folder: string, person: Person, part: string) => Promise<void>;
  /** Each is measured in a process of its own; one, without a name, if there are none. */
  readonly parts?: readonly string[];
}

/** Runs the bench in `script`, which calls this and nothing else: it is called again in each of its processes. */
export async function benchAlone(script: string, { make, measure, parts = [''] }: Prepared): Promise<void> {
  const [step, target = '', part = ''] = process.argv.slice(2);
  const key = join(target, 'ann.pem');
  if (step === 'make') {
    const person = personOf('Ann', newPrivateKey());
    writeFileSync(key, person.privateKey);
    return make(target, person);
  }
  if (step === 'measure') return measure(target, personOf('Ann', readFileSync(key, 'utf8')), part);
  const at = makeFolder();
  try {
    runAlone(script, 'make', at);
    for (const one of parts) runAlone(script, 'measure', at, one);
  } finally {
    removeFolder(at);
  }
}
