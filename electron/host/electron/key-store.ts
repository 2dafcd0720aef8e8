import { safeStorage } from 'electron';
import type { KeyStore } from '../key-secrets.ts';

/**
 * The key store of this account (Keychain, DPAPI, libsecret or KWallet), or null. On Linux Electron falls back to `basic_text`,
 * whose password is the same everywhere: that protects nothing. Call it once the app is ready; before that, none is available.
 */
export function systemKeyStore(): KeyStore | null {
  if (!safeStorage.isEncryptionAvailable()) return null;
  if (process.platform === 'linux') {
    const backend = safeStorage.getSelectedStorageBackend();
    if (backend === 'basic_text' || backend === 'unknown') return null;
  }
  return {
    encrypt: (text) => safeStorage.encryptString(text),
    decrypt: (bytes) => safeStorage.decryptString(Buffer.from(bytes)),
  };
}
