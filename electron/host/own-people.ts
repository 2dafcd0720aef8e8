import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../shared/errors.ts';
import { role, type Role } from '../../shared/model/index.ts';
import type { Person } from '../db/types.ts';
import { newPrivateKey, personOf } from '../project/people/people.ts';
import { writeNew, writeWhole } from './files.ts';

const personFile = z.object({
  name: z.string().min(1),
  privateKey: z.string().startsWith('-----BEGIN PRIVATE KEY-----'),
  roles: z.array(role).exactOptional(),
  ageIdentity: z.string().startsWith('AGE-SECRET-KEY-1').exactOptional(),
});
type PersonFile = z.infer<typeof personFile>;

/** Reads one of our files; null where it is not there, or cannot be understood and was put aside. */
export type ReadFile = <S extends z.ZodType>(path: string, schema: S, what: string) => z.output<S> | null;

/** One of this installation's own people: the private key lies here and nowhere else. */
export interface OwnPerson extends Person {
  readonly roles: readonly Role[];
}

/** The people who act on this installation, each in a file of their own that only this account can read. */
export interface OwnPeople {
  /** The person of that name, with a key made on first use. */
  person(name: string): OwnPerson;
  /** All of them, by name. */
  ownPeople(): OwnPerson[];
  /** Makes one with roles, or gives roles to one that is there. */
  addPerson(name: string, roles: readonly Role[]): OwnPerson;
  /** Opens what was encrypted for that person (`AGE-SECRET-KEY-1…`); made at first need, another than the signing key. */
  ageIdentity(name: string): Promise<string>;
  /** What others encrypt with, for that person (`age1…`). */
  ageRecipient(name: string): Promise<string>;
}

export function createOwnPeople(home: string, read: ReadFile): OwnPeople {
  const folder = join(home, 'people');
  const pathOf = (name: string): string => join(folder, `${hashOf(name).slice(0, 32)}.json`);
  const find = (name: string): PersonFile | null => read(pathOf(name), personFile, `${name}’s key`);

  /** The name as it is spelled here already: `ann` is Ann, or one could check one's own work by a small letter. */
  const spelled = (given: string): string => {
    const name = cleanName(given);
    if (existsSync(pathOf(name))) return name;
    return allNames().find((one) => folded(one) === folded(name)) ?? name;
  };
  const allNames = (): string[] => readAll().map(({ name }) => name);
  const readAll = (): PersonFile[] =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.json'))
      .flatMap((file) => read(join(folder, file), personFile, `The key in ${file}`) ?? []);

  const person = (given: string): OwnPerson => {
    const name = spelled(given);
    const path = pathOf(name);
    const found = find(name);
    if (found !== null) return withPrivateMode(path, own(name, found));
    const made = { name, privateKey: newPrivateKey() };
    if (writeNew(path, asJson(made))) return own(name, made);
    // Another process made it in between: theirs counts.
    return own(name, personFile.parse(find(name)));
  };

  const ageIdentity = async (given: string): Promise<string> => {
    const { name, privateKey } = person(given);
    const known = find(name)?.ageIdentity;
    if (known !== undefined) return known;
    const made = await (await age()).generateX25519Identity();
    // Looked at again after the wait: another call may have made one in between, and people may have been told it.
    const now = find(name);
    if (now?.ageIdentity !== undefined) return now.ageIdentity;
    writeWhole(pathOf(name), asJson({ ...now, name, privateKey, ageIdentity: made }));
    return made;
  };

  return {
    person,
    ageIdentity,
    ageRecipient: async (name) => (await age()).identityToRecipient(await ageIdentity(name)),
    ownPeople: () =>
      readAll()
        .map((found) => own(found.name, found))
        .sort((a, b) => a.name.localeCompare(b.name)),
    addPerson(given, roles) {
      const { name, privateKey } = person(given);
      const next = { ...find(name), name, privateKey, roles: [...new Set(roles)] };
      writeWhole(pathOf(name), asJson(next));
      return own(name, next);
    },
  };
}

/** Loading it takes 87 ms, which no command that does not need it should wait for. */
const age = () => import('age-encryption');

const own = (name: string, { privateKey, roles = [] }: PersonFile): OwnPerson => ({
  ...personOf(name, privateKey),
  roles,
});

/** One name for one person, however it was typed: composed characters, single spaces. BAD_INPUT where nothing is left. */
export function cleanName(name: string): string {
  const clean = name.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (clean === '' || clean.length > 200) throw new Fault('BAD_INPUT', 'Enter a name of 1 to 200 characters.');
  return clean;
}

const folded = (name: string): string => name.normalize('NFKC').toLowerCase();

/** Keys whose file others could read are made private again: a copy or an unpacked backup widens modes. */
function withPrivateMode(path: string, person: OwnPerson): OwnPerson {
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
  return person;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
