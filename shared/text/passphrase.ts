import { wordlist } from '@scure/bip39/wordlists/english.js';

/**
 * The fewest characters (code points) a new passphrase may have. Whoever has the file can try as many as they like, and scrypt
 * (about a second each) only slows them down. Opening a file asks for no length: another program may have made it.
 */
export const SHORTEST_PASSPHRASE = 12;

export const isLongEnough = (passphrase: string): boolean => [...passphrase].length >= SHORTEST_PASSPHRASE;

const WORDS = 7;

/**
 * A new passphrase of seven words from the English list of BIP 39: 77 bits, from the system's random numbers. The list has
 * 2,048 words, of which no two begin with the same four letters, so that eleven bits choose each and none is likelier.
 */
export function newPassphrase(): string {
  const random = crypto.getRandomValues(new Uint16Array(WORDS));
  return Array.from(random, (number) => wordlist[number % wordlist.length]).join(' ');
}
