import { generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { createProject, newId, openProject, type CreateOptions } from '../../../electron/db/index.ts';
import type { Edit, Json, Person, ProjectDb } from '../../../electron/db/types.ts';
import { personId } from '../../../shared/model/index.ts';
import { tempFolder } from '../../support/temp.ts';

/** A person with a key of their own. */
export function somebody(name: string): Person {
  const privateKey = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { id: personId.parse(newId()), name, privateKey };
}

/** A clock that goes on by a second with every look. */
export function steadyClock(from = Date.UTC(2026, 0, 1)): () => number {
  let at = from;
  return () => (at += 1000);
}

export const newFolder = (): string => join(tempFolder(), 'Study.sourcebook');

export function project(options: Partial<CreateOptions> = {}): ProjectDb {
  return createProject({ folder: newFolder(), person: somebody('Ann'), now: steadyClock(), ...options });
}

/** Sets several fields of one record. The cast names what the registry checks at run time. */
export function edits(entity: Edit['entity'], id: string, fields: Readonly<Record<string, Json>>): Edit[] {
  return Object.entries(fields).map(([field, value]) => ({ entity, id, field, value }) as Edit);
}

export const reopen = (db: ProjectDb, person: Person): ProjectDb => {
  db.close();
  return openProject({ folder: db.folder, person, now: steadyClock(Date.UTC(2026, 0, 2)) });
};
export { newId };
