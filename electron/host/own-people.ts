import { Fault } from '../../shared/errors.ts';
import type { Role } from '../../shared/model/index.ts';
import {
  DEFAULT_PERSON,
  hasUnseen,
  isUnnamed,
  looksLike,
  sameName,
  visibleName,
} from '../../shared/model/person-name.ts';
import type { ActingPerson, Person } from '../db/types.ts';
import { assertLongEnough } from '../project/export/encryption.ts';
import { newPrivateKey, personIdOf, rawPublicKey } from '../project/people/people.ts';
import { openKeyFiles, type KeyFiles, type ReadFile, type StoredKey } from './key-files.ts';
import { createKeySecrets, opensOf, type KeySecrets, type KeyStore } from './key-secrets.ts';

/** A person who works on this installation, without their private key. */
export interface OwnPerson {
  readonly id: Person['id'];
  readonly name: string;
  readonly roles: readonly Role[];
  /** Raw Ed25519 public key, hex. */
  readonly publicKey: string;
  readonly protection: KeyProtection;
}

/** How a private key is stored: in a plain file, encrypted by the system's key store, or with a passphrase. */
export type KeyProtection = StoredKey['kind'];

/** The people who work on this installation, each with their key in a file that only this account can read. */
export interface OwnPeople {
  /** The person of that name. Makes a key on first use. BAD_INPUT for a new name that can be taken for another; KEY_LOCKED. */
  person(name: string): Person & Pick<OwnPerson, 'roles'>;
  /** The same; if the key is locked, a person who can only read. */
  actor(name: string): ActingPerson;
  /** The name as this installation writes it. BAD_INPUT as above. */
  checkName(name: string): string;
  /** All of them, by name. */
  ownPeople(): OwnPerson[];
  /** The person of that name, whose key is made on first use. */
  ownPerson(name: string): OwnPerson;
  /** Gives the key of a person who had no name yet to the person of this name, unless they have one. Returns the name as above. */
  nameFirst(name: string): string;
  /** Adds a person with roles, or changes the roles of an existing one. */
  addPerson(name: string, roles: readonly Role[]): OwnPerson;
  /** The age identity that decrypts files for that person (`AGE-SECRET-KEY-1…`), made on first use. Not the signing key. KEY_LOCKED. */
  ageIdentity(name: string): Promise<string>;
  /** The age recipient that others encrypt to (`age1…`); null if it isn't known and the key is locked. */
  ageRecipient(name: string): Promise<string | null>;
  /** Keys are encrypted by this store from now on, unless they have a passphrase; plain ones are at once. */
  useKeyStore(store: KeyStore): void;
  hasKeyStore(): boolean;
  /** Encrypts the person's key with a passphrase; one that has a passphrase needs it as `current`. PASSWORD_WRONG, BAD_INPUT. */
  setPassphrase(name: string, passphrase: string, current?: string): Promise<void>;
  /** The key goes back to the key store or, without one, to a plain file. PASSWORD_WRONG. */
  removePassphrase(name: string, current: string): Promise<void>;
  /** Opens the key until {@link lockKeys}, or until the program ends. PASSWORD_WRONG. */
  unlockKey(name: string, passphrase: string): Promise<void>;
  /** Forgets every opened key. */
  lockKeys(): void;
}

export function createOwnPeople(home: string, read: ReadFile): OwnPeople {
  const files = openKeyFiles(home, read);
  const secrets = createKeySecrets();
  const stored = keysByName(files, secrets);

  const ageIdentity = async (name: string): Promise<string> => {
    const known = secrets.open(stored.key(name)).ageIdentity;
    if (known !== undefined) return known;
    const made = await (await age()).generateX25519Identity();
    const recipient = await (await age()).identityToRecipient(made);
    // Read again after the wait: another call may have made one, and its recipient may be in use.
    const key = stored.key(name);
    const now = secrets.open(key);
    if (now.ageIdentity !== undefined) return now.ageIdentity;
    secrets.forget(key);
    files.write(secrets.withoutPassphrase(key, { ...now, ageIdentity: made }, recipient));
    return made;
  };

  const nameFirst = (given: string): string => {
    const name = stored.newName(given);
    const unnamed = files.read(DEFAULT_PERSON);
    if (unnamed !== null && !files.has(name)) files.rename(unnamed, name);
    return name;
  };

  return {
    person(name) {
      const key = stored.key(name);
      const { id, roles } = ownOf(key);
      return { id, name: key.name, privateKey: secrets.open(key).privateKey, roles };
    },
    actor(name) {
      const key = stored.key(name);
      const secret = secrets.of(key);
      const { id, roles } = ownOf(key);
      if (secret !== null) return { id, name: key.name, privateKey: secret.privateKey, roles };
      return { id, name: key.name, privateKey: null, publicKey: key.publicKey, opens: opensOf(key), roles };
    },
    nameFirst,
    checkName: (name) => stored.newName(name),
    ageIdentity,
    async ageRecipient(name) {
      const key = stored.key(name);
      if (key.kind !== 'plain' && key.ageRecipient !== undefined) return key.ageRecipient;
      return secrets.of(key) === null ? null : (await age()).identityToRecipient(await ageIdentity(name));
    },
    ownPerson: (name) => ownOf(stored.key(name)),
    ownPeople: () =>
      files
        .all()
        .map(ownOf)
        .sort((a, b) => a.name.localeCompare(b.name)),
    addPerson(given, roles) {
      assertOwnName(cleanName(given));
      const next = { ...stored.key(given), roles: [...new Set(roles)] };
      files.write(next);
      return ownOf(next);
    },
    useKeyStore(store) {
      secrets.useStore(store);
      for (const key of files.all()) if (key.kind === 'plain') files.write(secrets.withoutPassphrase(key, key.secret));
    },
    hasKeyStore: () => secrets.hasStore(),
    ...passphrases(files, secrets, stored),
  };
}

type Passphrases = Pick<OwnPeople, 'setPassphrase' | 'removePassphrase' | 'unlockKey' | 'lockKeys'>;

function passphrases(files: KeyFiles, secrets: KeySecrets, stored: KeysByName): Passphrases {
  return {
    async setPassphrase(name, passphrase, current = '') {
      assertLongEnough(passphrase);
      const key = stored.key(name);
      const { ageIdentity, ...rest } = await secrets.openWith(key, current);
      // Made now: without the passphrase it couldn't be added later.
      const identity = ageIdentity ?? (await (await age()).generateX25519Identity());
      const secret = { ...rest, ageIdentity: identity };
      const recipient = await (await age()).identityToRecipient(identity);
      const next = await secrets.withPassphrase(key, secret, passphrase, recipient);
      files.write(next);
      secrets.remember(next, secret);
    },
    async removePassphrase(name, current) {
      const key = stored.key(name);
      const secret = await secrets.openWith(key, current);
      files.write(secrets.withoutPassphrase(key, secret, key.kind === 'plain' ? undefined : key.ageRecipient));
    },
    async unlockKey(name, passphrase) {
      const key = stored.key(name);
      secrets.remember(key, await secrets.openWith(key, passphrase));
    },
    lockKeys: () => secrets.forgetAll(),
  };
}

interface KeysByName {
  /** The name as an existing person spells it. BAD_INPUT for a new one that can be taken for another. */
  spelled(name: string): string;
  /** The same, for the name that someone enters. BAD_INPUT for the one that stands for none, too. */
  newName(name: string): string;
  /** Makes the key on first use. */
  key(name: string): StoredKey;
}

function keysByName(files: KeyFiles, secrets: KeySecrets): KeysByName {
  /** If `ann` weren't Ann, people could check their own work under another spelling. */
  const spelled = (given: string): string => {
    const name = cleanName(given);
    if (files.has(name)) return name;
    const known = files.all().map((one) => one.name);
    return known.find((one) => sameName(one, name)) ?? distinctName(name, known);
  };
  return {
    spelled,
    newName(given) {
      const name = spelled(given);
      assertOwnName(name);
      return name;
    },
    key(given) {
      const name = spelled(given);
      const found = files.read(name);
      if (found !== null) return found;
      const secret = { privateKey: newPrivateKey() };
      const publicKey = Buffer.from(rawPublicKey(secret.privateKey)).toString('hex');
      const made = secrets.withoutPassphrase({ kind: 'plain', name, publicKey, roles: [], secret }, secret);
      if (files.create(made)) return made;
      // Another process has just made it: use that one.
      const other = files.read(name);
      if (other === null) throw new Fault('INTERNAL', 'A key that was just made can’t be read.');
      return other;
    },
  };
}

/** Loaded only when needed: it takes 87 ms. */
const age = () => import('age-encryption');

const ownOf = ({ name, publicKey, roles, kind }: StoredKey): OwnPerson => ({
  id: personIdOf(Buffer.from(publicKey, 'hex')),
  name,
  roles,
  publicKey,
  protection: kind,
});

/** BAD_INPUT for the name that everyone has who entered none. */
function assertOwnName(name: string): void {
  if (isUnnamed(name))
    throw new Fault('BAD_INPUT', `Enter your own name: everyone is “${DEFAULT_PERSON}” until they enter theirs.`);
}

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
