import { createHash } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../shared/errors.ts';
import { role, type Role } from '../../shared/model/index.ts';
import { hasUnseen, looksLike, sameName, visibleName } from '../../shared/model/person-name.ts';
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

/** Reads one of our files; null if it doesn't exist, or was renamed because it couldn't be read. */
export type ReadFile = <S extends z.ZodType>(path: string, schema: S, what: string) => z.output<S> | null;

/** A person who works on this installation. Their private key is stored only here. */
export interface OwnPerson extends Person {
  readonly roles: readonly Role[];
}

/** The people who work on this installation, each in a file that only this account can read. */
export interface OwnPeople {
  /** The person of that name. Makes a key on first use. BAD_INPUT for a new name that can be taken for another. */
  person(name: string): OwnPerson;
  /** The name as this installation writes it. BAD_INPUT as above. */
  checkName(name: string): string;
  /** All of them, by name. */
  ownPeople(): OwnPerson[];
  /** Adds a person with roles, or changes the roles of an existing one. */
  addPerson(name: string, roles: readonly Role[]): OwnPerson;
  /** The age identity that decrypts files for that person (`AGE-SECRET-KEY-1…`), made on first use. Not the signing key. */
  ageIdentity(name: string): Promise<string>;
  /** The age recipient that others encrypt to (`age1…`). */
  ageRecipient(name: string): Promise<string>;
}

export function createOwnPeople(home: string, read: ReadFile): OwnPeople {
  const folder = join(home, 'people');
  const pathOf = (name: string): string => join(folder, `${hashOf(name).slice(0, 32)}.json`);
  const find = (name: string): PersonFile | null => read(pathOf(name), personFile, `${name}’s key`);

  /** The name as an existing person spells it: if `ann` weren't Ann, people could check their own work under another spelling. */
  const spelled = (given: string): string => {
    const name = cleanName(given);
    if (existsSync(pathOf(name))) return name;
    const known = allNames();
    return known.find((one) => sameName(one, name)) ?? distinctName(name, known);
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
    // Another process has just made it: use that one.
    return own(name, personFile.parse(find(name)));
  };

  const ageIdentity = async (given: string): Promise<string> => {
    const { name, privateKey } = person(given);
    const known = find(name)?.ageIdentity;
    if (known !== undefined) return known;
    const made = await (await age()).generateX25519Identity();
    // Read again after the wait: another call may have made one, and its recipient may be in use.
    const now = find(name);
    if (now?.ageIdentity !== undefined) return now.ageIdentity;
    writeWhole(pathOf(name), asJson({ ...now, name, privateKey, ageIdentity: made }));
    return made;
  };

  return {
    person,
    checkName: spelled,
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

/** Loaded only when needed: it takes 87 ms. */
const age = () => import('age-encryption');

const own = (name: string, { privateKey, roles = [] }: PersonFile): OwnPerson => ({
  ...personOf(name, privateKey),
  roles,
});

/** Normalises a typed name: composed characters, single spaces. BAD_INPUT if it is empty or too long. */
export function cleanName(name: string): string {
  const clean = name.normalize('NFC').replace(/\s+/gu, ' ').trim();
  if (clean === '' || clean.length > 200) throw new Fault('BAD_INPUT', 'Enter a name of 1 to 200 characters.');
  return clean;
}

/** Checks a name that is new on this installation. BAD_INPUT for characters no one can see, or for one that looks like another. */
function distinctName(name: string, known: readonly string[]): string {
  assertVisible(name);
  const alike = known.find((one) => looksLike(one, name));
  if (alike === undefined) return name;
  throw new Fault(
    'BAD_INPUT',
    `“${name}” looks like “${alike}”, who already works on this installation. Choose a name that can be told apart, or use that one.`,
    { name, alike },
  );
}

/** BAD_INPUT if the name has characters that can’t be seen, or that change the direction of the text around them. */
export function assertVisible(name: string): void {
  if (!hasUnseen(name)) return;
  throw new Fault(
    'BAD_INPUT',
    `The name “${visibleName(name)}” has characters that can’t be seen. Type it without them.`,
    { name },
  );
}

/** Makes the file of a key private again if others could read it: copying or unpacking a backup can change modes. */
function withPrivateMode(path: string, person: OwnPerson): OwnPerson {
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
  return person;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');
const asJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;
