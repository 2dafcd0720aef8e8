import { Fault } from '../../shared/errors.ts';
import { keyLocked } from '../db/person.ts';
import { assertLongEnough, decryptText, encryptText } from '../project/export/encryption.ts';
import { secretIn, secretText, type EncryptedKey, type Secret, type StoredKey } from './key-files.ts';

/** The system's key store (Electron's `safeStorage`). Both throw where it doesn't answer. */
export interface KeyStore {
  encrypt(text: string): Uint8Array;
  decrypt(bytes: Uint8Array): string;
}

/** Opens and encrypts stored keys. Nothing here writes to the disk. */
export interface KeySecrets {
  useStore(store: KeyStore): void;
  hasStore(): boolean;
  /** Null if the key is locked. */
  of(key: StoredKey): Secret | null;
  /** KEY_LOCKED. */
  open(key: StoredKey): Secret;
  /** With the passphrase even if the key is open: someone may have sat down at an unlocked computer. PASSWORD_WRONG. */
  openWith(key: StoredKey, passphrase: string): Promise<Secret>;
  /** The key as it is to be stored without a passphrase: encrypted by the store if there is one. */
  withoutPassphrase(key: StoredKey, secret: Secret, ageRecipient?: string): StoredKey;
  /** BAD_INPUT for a passphrase that is too short. */
  withPassphrase(key: StoredKey, secret: Secret, passphrase: string, ageRecipient: string): Promise<StoredKey>;
  remember(key: StoredKey, secret: Secret): void;
  forget(key: StoredKey): void;
  forgetAll(): void;
}

export function createKeySecrets(): KeySecrets {
  /** Secrets of encrypted keys that are open, by public key. */
  const opened = new Map<string, Secret>();
  let store: KeyStore | null = null;

  const of = (key: StoredKey): Secret | null => {
    if (key.kind === 'plain') return key.secret;
    const known = opened.get(key.publicKey);
    if (known !== undefined || key.kind === 'passphrase' || store === null) return known ?? null;
    const found = fromStore(store, key);
    if (found !== null) opened.set(key.publicKey, found);
    return found;
  };
  const open = (key: StoredKey): Secret => {
    const found = of(key);
    if (found !== null) return found;
    throw keyLocked({ name: key.name, opens: opensOf(key) });
  };

  return {
    useStore: (given) => void (store = given),
    hasStore: () => store !== null,
    of,
    open,
    async openWith(key, passphrase) {
      if (key.kind !== 'passphrase') return open(key);
      const found = secretIn(await decryptText(key.encrypted, passphrase), key.publicKey);
      if (found !== null) return found;
      throw new Fault('DAMAGED', `The key file of ${key.name} doesn’t hold their key. Restore it from a copy.`);
    },
    withoutPassphrase({ name, publicKey, roles }, secret, ageRecipient) {
      const plain: StoredKey = { kind: 'plain', name, publicKey, roles, secret };
      if (store === null) return plain;
      const encrypted = Buffer.from(store.encrypt(secretText(secret))).toString('base64');
      const recipient = ageRecipient === undefined ? {} : { ageRecipient };
      const key: EncryptedKey = { kind: 'system', name, publicKey, roles, encrypted, ...recipient };
      // Only a store that gives it back may hold the only copy.
      return fromStore(store, key) === null ? plain : key;
    },
    async withPassphrase({ name, publicKey, roles }, secret, passphrase, ageRecipient) {
      assertLongEnough(passphrase);
      const encrypted = await encryptText(secretText(secret), passphrase);
      if (secretIn(await decryptText(encrypted, passphrase), publicKey) === null)
        throw new Fault('INTERNAL', 'The encrypted key couldn’t be read back. The key was left as it was.');
      return { kind: 'passphrase', name, publicKey, roles, ageRecipient, encrypted };
    },
    remember: (key, secret) => void (key.kind === 'plain' || opened.set(key.publicKey, secret)),
    forget: ({ publicKey }) => void opened.delete(publicKey),
    forgetAll: () => opened.clear(),
  };
}

export const opensOf = ({ kind }: StoredKey): 'passphrase' | 'system' => (kind === 'system' ? 'system' : 'passphrase');

/** Null if the store doesn't give the key: it is another account's, or was emptied. */
function fromStore(store: KeyStore, key: EncryptedKey): Secret | null {
  try {
    return secretIn(store.decrypt(Buffer.from(key.encrypted, 'base64')), key.publicKey);
  } catch {
    // The system's message is about its store; keyLocked says what to do.
    return null;
  }
}
