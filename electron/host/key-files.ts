import { createHash } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { Fault } from '../../shared/errors.ts';
import { role, type Role } from '../../shared/model/index.ts';
import { rawPublicKey } from '../project/people/people.ts';
import { syncFolder } from '../project/files/originals.ts';
import { writeNew, writeWhole } from './files.ts';

/** What a person keeps to themselves: the key they sign with, and the one that decrypts what others encrypt for them. */
const secret = z.object({
  privateKey: z.string().startsWith('-----BEGIN PRIVATE KEY-----'),
  ageIdentity: z.string().startsWith('AGE-SECRET-KEY-1').exactOptional(),
});
export type Secret = z.infer<typeof secret>;

const plainFile = secret.extend({ name: z.string().min(1), roles: z.array(role).exactOptional() });
/** `secret`: for `system` what the key store returned, in base64; for `passphrase` an armored age file. */
const encryptedFile = z.object({
  name: z.string().min(1),
  publicKey: z.string().regex(/^[0-9a-f]{64}$/),
  roles: z.array(role).exactOptional(),
  ageRecipient: z.string().startsWith('age1').exactOptional(),
  by: z.enum(['system', 'passphrase']),
  secret: z.string().min(1),
});

interface KeyOf {
  readonly name: string;
  /** Raw Ed25519 public key, hex. */
  readonly publicKey: string;
  readonly roles: readonly Role[];
}
interface PlainKey extends KeyOf {
  readonly kind: 'plain';
  readonly secret: Secret;
}
export interface EncryptedKey extends KeyOf {
  readonly kind: 'system' | 'passphrase';
  readonly ageRecipient?: string;
  readonly encrypted: string;
}
/** A person's key as it is stored. */
export type StoredKey = PlainKey | EncryptedKey;

/** Reads one of our files; null if it doesn't exist, or was renamed because it couldn't be read. */
export type ReadFile = <S extends z.ZodType>(path: string, schema: S, what: string) => z.output<S> | null;

/**
 * The keys of this installation's people: `people/<hash>.json` if it is plain, `people/<hash>.key` if it is encrypted. While one
 * replaces the other both exist for a moment; then the encrypted one counts.
 */
export interface KeyFiles {
  /** DAMAGED if an encrypted key can't be read: with another key under this name, what was signed before would look forged. */
  read(name: string): StoredKey | null;
  has(name: string): boolean;
  all(): StoredKey[];
  /** A new person's key. False if another process made one first. */
  create(key: StoredKey): boolean;
  /** Replaces what is stored. A plain file that isn't needed any more is overwritten and removed. */
  write(key: StoredKey): void;
  /** Stores it under another name, and no longer under its own. */
  rename(key: StoredKey, name: string): void;
}

export function openKeyFiles(home: string, read: ReadFile): KeyFiles {
  const folder = join(home, 'people');
  const stemOf = (name: string): string => join(folder, createHash('sha256').update(name).digest('hex').slice(0, 32));

  const readAt = (stem: string, what: string): StoredKey | null => {
    const [encrypted, plain] = [`${stem}.key`, `${stem}.json`];
    if (!existsSync(encrypted)) return readPlain(plain, read(plain, plainFile, what));
    const found = readEncrypted(encrypted, what);
    // A program that was killed while it encrypted the key has left the plain one.
    const left = existsSync(plain) ? readPlain(plain, read(plain, plainFile, what)) : null;
    if (left?.publicKey === found.publicKey) overwriteAndRemove(plain);
    return found;
  };

  return {
    read: (name) => readAt(stemOf(name), `${name}’s key`),
    has: (name) => existsSync(`${stemOf(name)}.key`) || existsSync(`${stemOf(name)}.json`),
    all() {
      const stems = readdirSync(folder).flatMap((file) => /^(.+)\.(?:json|key)$/.exec(file)?.[1] ?? []);
      return [...new Set(stems)].flatMap((stem) => readAt(join(folder, stem), `The key in ${stem}`) ?? []);
    },
    create: (key) => writeNew(pathOf(stemOf(key.name), key), textOf(key)),
    write(key) {
      const stem = stemOf(key.name);
      writeWhole(pathOf(stem, key), textOf(key));
      if (key.kind !== 'plain') overwriteAndRemove(`${stem}.json`);
      else rmSync(`${stem}.key`, { force: true });
    },
    rename(key, name) {
      const next = { ...key, name };
      if (!writeNew(pathOf(stemOf(name), next), textOf(next))) return;
      overwriteAndRemove(`${stemOf(key.name)}.json`);
      rmSync(`${stemOf(key.name)}.key`, { force: true });
    },
  };
}

const pathOf = (stem: string, { kind }: StoredKey): string => `${stem}.${kind === 'plain' ? 'json' : 'key'}`;

function textOf(key: StoredKey): string {
  const { name, publicKey } = key;
  const roles = key.roles.length === 0 ? {} : { roles: [...key.roles] };
  const value: z.input<typeof plainFile> | z.input<typeof encryptedFile> =
    key.kind === 'plain'
      ? { name, ...key.secret, ...roles }
      : {
          name,
          publicKey,
          ...roles,
          ...(key.ageRecipient === undefined ? {} : { ageRecipient: key.ageRecipient }),
          by: key.kind,
          secret: key.encrypted,
        };
  return `${JSON.stringify(value, null, 2)}\n`;
}

function readPlain(path: string, found: z.output<typeof plainFile> | null): StoredKey | null {
  if (found === null) return null;
  makePrivate(path);
  const { name, roles = [], privateKey, ageIdentity } = found;
  return {
    kind: 'plain',
    name,
    publicKey: Buffer.from(rawPublicKey(privateKey)).toString('hex'),
    roles,
    secret: { privateKey, ...(ageIdentity === undefined ? {} : { ageIdentity }) },
  };
}

function readEncrypted(path: string, what: string): EncryptedKey {
  const parsed = encryptedFile.safeParse(parseJson(readFileSync(path, 'utf8')));
  if (!parsed.success)
    throw new Fault(
      'DAMAGED',
      `${what} can’t be read, so nothing was signed. Restore ${path} from a copy; or move it away, and a new key is made.`,
    );
  makePrivate(path);
  const { name, publicKey, roles = [], ageRecipient, by, secret: encrypted } = parsed.data;
  return { kind: by, name, publicKey, roles, ...(ageRecipient === undefined ? {} : { ageRecipient }), encrypted };
}

/** The text that is encrypted, and back; null if it isn't the secret of this public key. */
export const secretText = (value: Secret): string => JSON.stringify(value);
export function secretIn(text: string, publicKey: string): Secret | null {
  const parsed = secret.safeParse(parseJson(text));
  if (!parsed.success) return null;
  return Buffer.from(rawPublicKey(parsed.data.privateKey)).toString('hex') === publicKey ? parsed.data : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Makes a file private again if others could read it: copying or unpacking a backup can change modes. */
function makePrivate(path: string): void {
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600);
}

/** Writes zeros over the file before it is removed. On an SSD the former blocks may still be there. */
function overwriteAndRemove(path: string): void {
  if (!existsSync(path)) return;
  const { size } = statSync(path);
  const file = openSync(path, 'r+');
  try {
    writeSync(file, Buffer.alloc(size), 0, size, 0);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  rmSync(path);
  syncFolder(dirname(path));
}
