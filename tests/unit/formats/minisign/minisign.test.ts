import { verify as nodeVerify, createPublicKey } from 'node:crypto';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rawPublicKey } from '../../../../electron/project/people/people.ts';
import { checkSignatureOf, signFile } from '../../../../electron/project/export/signature.ts';
import {
  minisignKey,
  readMinisignature,
  readMinisignKey,
  verifyMinisign,
} from '../../../../electron/formats/minisign/index.ts';
import { newHash, prehashFile } from '../../../../electron/formats/minisign/prehash.ts';
import { has, run } from '../../../support/programs.ts';
import { codeOf, somebody } from '../../../support/project.ts';
import { tempFolder } from '../../../support/temp.ts';

const fixture = (name: string): string => join(resolve('tests/fixtures/encrypted'), name);
const verifies = (bytes: Uint8Array, signature: Uint8Array, key: Uint8Array): boolean => {
  const spki = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), key]);
  return nodeVerify(null, bytes, createPublicKey({ key: spki, format: 'der', type: 'spki' }), signature);
};

function letter(): string {
  const path = join(tempFolder(), 'county.sbk');
  writeFileSync(path, readFileSync(fixture('letter.txt')));
  return path;
}

describe('A signature made by the minisign program', () => {
  const signed = readMinisignature(readFileSync(fixture('letter.txt.minisig'), 'utf8'));
  const key = readMinisignKey(readFileSync(fixture('minisign.pub'), 'utf8').split('\n')[1] ?? '');

  it('verifies, with its trusted comment', async () => {
    if (signed === null || key === null) throw new Error('The fixtures cannot be read');
    const digest = await prehashFile(fixture('letter.txt'), () => undefined);
    expect(signed).toMatchObject({ keyId: 'F233567755C0D516', trusted: 'from the office' });
    expect(verifyMinisign(signed, digest, key, verifies)).toBe(true);
    expect(verifyMinisign({ ...signed, trusted: 'from the Office' }, digest, key, verifies)).toBe(false);
    expect(verifyMinisign(signed, digest.toReversed(), key, verifies)).toBe(false);
  });

  it('has a hash that both implementations compute: Electron has only the slower one', () => {
    const bytes = readFileSync(fixture('letter.txt'));
    const [own, noble] = [newHash(true), newHash(false)].map((hash) => {
      hash.update(bytes);
      return Buffer.from(hash.digest()).toString('hex');
    });
    expect(noble).toBe(own);
  });
});

describe('A signature beside a file', () => {
  const ann = somebody('Ann');
  const key = rawPublicKey(ann.privateKey);

  it.skipIf(!has('minisign'))('is verified by the program minisign', async () => {
    const path = letter();
    expect(await signFile(path, ann, { at: 1_700_000_000_000 })).toBe(`${path}.minisig`);
    const said = run('minisign', '-Vm', path, '-P', minisignKey(key));
    expect(said).toContain('Signature and comment signature verified');
    expect(said).toContain('timestamp:1700000000\tfile:county.sbk');
  });

  it('is checked, and names its key even if no one here knows it', async () => {
    const path = letter();
    expect(await checkSignatureOf(path, [key])).toBeNull();
    await signFile(path, ann, { at: 1_700_000_000_000 });
    for (const [known, state] of [[[key], 'holds'] as const, [[], 'unknown key'] as const]) {
      const checked = await checkSignatureOf(path, known);
      expect(checked).toMatchObject({ state, comment: expect.stringContaining('file:county.sbk') });
      expect(Buffer.from(checked?.publicKey ?? []).equals(key)).toBe(true);
    }
  });

  it('is invalid for other bytes, or with another comment', async () => {
    const path = letter();
    await signFile(path, ann, { at: 1_700_000_000_000 });
    const text = readFileSync(`${path}.minisig`, 'utf8');
    writeFileSync(`${path}.minisig`, text.replace('county.sbk', 'County.sbk'));
    expect(await checkSignatureOf(path, [key])).toMatchObject({ state: 'does not hold', publicKey: null });
    writeFileSync(`${path}.minisig`, text);
    writeFileSync(path, 'something else');
    expect(await checkSignatureOf(path, [key])).toMatchObject({ state: 'does not hold' });
    writeFileSync(`${path}.minisig`, 'no signature');
    expect(await codeOf(checkSignatureOf(path, [key]))).toBe('DAMAGED');
  });

  it('by an unknown key cannot be checked, which is not the same as invalid', async () => {
    const path = letter();
    copyFileSync(fixture('letter.txt.minisig'), `${path}.minisig`);
    const theirs = readMinisignKey(readFileSync(fixture('minisign.pub'), 'utf8').split('\n')[1] ?? '');
    if (theirs === null) throw new Error('The fixtures cannot be read');
    const unknown = { state: 'unknown key', publicKey: null, keyId: 'F233567755C0D516' };
    expect(await checkSignatureOf(path, [key])).toMatchObject(unknown);
    expect(await checkSignatureOf(path, [key, theirs])).toMatchObject({ state: 'holds', comment: 'from the office' });
  });
});
