import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { armor } from 'age-encryption';
import { describe, expect, it } from 'vitest';
import { checkSecrets, encryptBag, sniffEncrypted, decrypt } from '../../../../electron/project/export/encryption.ts';
import { readIdentityFile } from '../../../../electron/formats/age/identity.ts';
import { bagFaults, unzipped } from '../../../support/bag.ts';
import { has, run, typed } from '../../../support/programs.ts';
import { codeOf, faultOf } from '../../../support/project.ts';
import { encrypted } from '../../../support/encryption.ts';
import { tempFolder } from '../../../support/temp.ts';
import { lessScryptWork } from '../../../support/scrypt.ts';

lessScryptWork();

const FIXTURES = resolve('tests/fixtures/encrypted');
const fixture = (name: string): string => join(FIXTURES, name);
const LETTER = readFileSync(fixture('letter.txt'));
const identities = readIdentityFile(readFileSync(fixture('identity.txt'), 'utf8'));
const recipient = /age1[0-9a-z]+/.exec(readFileSync(fixture('identity.txt'), 'utf8'))?.[0] ?? '';
/** What passphrase.age was encrypted with, typed into `age -p`. */
const PASSPHRASE = 'correct horse 柳泉';

/** Three chunks of age and a bit, so that a cut can fall between two. */
function longFile(folder: string): { path: string; bytes: Buffer } {
  const bytes = Buffer.alloc(3 * 65_536 + 77, 'evidence ');
  const path = join(folder, 'long.sbk');
  writeFileSync(path, bytes);
  return { path, bytes };
}

async function encryptedFor(folder: string): Promise<{ path: string; bytes: Buffer }> {
  const { path, bytes } = longFile(folder);
  await encrypted(path, `${path}.age`, { recipients: [recipient] });
  return { path: `${path}.age`, bytes };
}

describe('A file encrypted by the age program', () => {
  it('opens with the passphrase, and with the identity', async () => {
    const folder = tempFolder();
    await decrypt(fixture('passphrase.age'), { passphrase: PASSPHRASE }, join(folder, 'a'));
    await decrypt(fixture('recipient.age'), { identities }, join(folder, 'b'));
    expect(readFileSync(join(folder, 'a'))).toEqual(LETTER);
    expect(readFileSync(join(folder, 'b'))).toEqual(LETTER);
    if (process.platform !== 'win32') expect(statSync(join(folder, 'a')).mode & 0o777).toBe(0o600);
    expect(readdirSync(folder)).toEqual(['a', 'b']);
  });

  it('names the kind of secret it needs, and rejects a wrong one', async () => {
    const to = join(tempFolder(), 'out');
    expect(sniffEncrypted(fixture('passphrase.age'))).toEqual({ opens: 'passphrase', armored: false });
    expect(sniffEncrypted(fixture('recipient.age'))).toEqual({ opens: 'identity', armored: false });
    expect(sniffEncrypted(fixture('letter.txt'))).toBeNull();
    const none = await faultOf(decrypt(fixture('passphrase.age'), { identities }, to));
    expect(none).toMatchObject({ code: 'PASSWORD_NEEDED', context: { opens: 'passphrase' } });
    expect(await codeOf(decrypt(fixture('recipient.age'), { passphrase: PASSPHRASE }, to))).toBe('PASSWORD_NEEDED');
    const wrong = await faultOf(decrypt(fixture('passphrase.age'), { passphrase: 'correct horse 柳' }, to));
    expect(wrong.code).toBe('PASSWORD_WRONG');
    expect(JSON.stringify(wrong)).not.toContain('correct horse');
    const other = 'AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX';
    expect(await codeOf(decrypt(fixture('recipient.age'), { identities: [other] }, to))).toBe('PASSWORD_WRONG');
    expect(readdirSync(join(to, '..'))).toEqual([]);
  });
});

describe('An armored file (age -a)', () => {
  const asText = (name: string, change: (text: string) => string = (text) => text): string => {
    const path = join(tempFolder(), 'mailed.txt');
    writeFileSync(path, change(armor.encode(readFileSync(fixture(name)))));
    return path;
  };

  it('is recognised as encrypted, names the secret it needs, and opens', async () => {
    const to = tempFolder();
    const [secret, forMe] = [
      asText('passphrase.age'),
      asText('recipient.age', (text) => `\r\n${text}`.replaceAll('\n', '\r\n')),
    ];
    expect(sniffEncrypted(secret)).toEqual({ opens: 'passphrase', armored: true });
    expect(sniffEncrypted(forMe)).toEqual({ opens: 'identity', armored: true });
    expect(await codeOf(decrypt(secret, {}, join(to, 'a')))).toBe('PASSWORD_NEEDED');
    await decrypt(secret, { passphrase: PASSPHRASE }, join(to, 'a'));
    await decrypt(forMe, { identities }, join(to, 'b'));
    for (const name of ['a', 'b']) expect(readFileSync(join(to, name))).toEqual(LETTER);
  });

  it('opens whatever its length', async () => {
    const folder = tempFolder();
    const [path, bytes] = [join(folder, 'long.age'), Buffer.alloc(1_600_000, 'evidence ')];
    for (const cut of [0, 1, 2, 47]) {
      const file = join(folder, `${cut}.sbk`);
      writeFileSync(file, bytes.subarray(0, bytes.length - cut));
      await encrypted(file, path, { recipients: [recipient] });
      writeFileSync(`${path}.asc`, armor.encode(readFileSync(path)));
      await decrypt(`${path}.asc`, { identities }, join(folder, `${cut}`));
      expect(readFileSync(join(folder, `${cut}`)).equals(readFileSync(file))).toBe(true);
    }
  });

  it.each([
    ['without its last line', (text: string) => text.replace(/-----END.*\n$/, '')],
    ['with something after it', (text: string) => `${text}more`],
    ['with a letter less', (text: string) => text.replace(/(FILE-----\n.{5})./, '$1')],
    [
      'with a letter changed',
      (text: string) => text.replace(/.(?=.{20}\n-----END)/, (letter) => (letter === 'A' ? 'B' : 'A')),
    ],
  ])('%s is damaged, and nothing of it is used', async (_, change) => {
    const to = tempFolder();
    expect(await codeOf(decrypt(asText('recipient.age', change), { identities }, join(to, 'a')))).toMatch(
      /DAMAGED|BAD_INPUT/,
    );
    expect(readdirSync(to)).toEqual([]);
  });
});

describe('An encrypted file', () => {
  it.skipIf(!has('age'))('opens with the program age', async () => {
    const { path, bytes } = await encryptedFor(tempFolder());
    run('age', '-d', '-i', fixture('identity.txt'), '-o', `${path}.opened`, path);
    expect(readFileSync(`${path}.opened`).equals(bytes)).toBe(true);
  });

  it('opens for each of several recipients, and with a passphrase', async () => {
    const folder = tempFolder();
    const { path, bytes } = longFile(folder);
    const other = 'age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p';
    await encrypted(path, join(folder, 'many.age'), { recipients: [other, recipient] });
    await decrypt(join(folder, 'many.age'), { identities }, join(folder, 'many'));
    await encrypted(path, join(folder, 'pass.age'), { passphrase: 'a b' });
    await decrypt(join(folder, 'pass.age'), { passphrase: 'a b' }, join(folder, 'pass'));
    for (const opened of ['many', 'pass']) expect(readFileSync(join(folder, opened)).equals(bytes)).toBe(true);
    expect(readFileSync(join(folder, 'pass.age')).includes('evidence')).toBe(false);
  });

  it.each([
    ['within a chunk', 70_000],
    ['between two chunks, where nothing of what is there is wrong', 200 + 2 * (65_536 + 16)],
    ['before its last byte', -1],
  ])('that was cut %s is not used', async (_where, length) => {
    const { path } = await encryptedFor(tempFolder());
    const header = readFileSync(path).length - (3 * 65_536 + 77 + 4 * 16);
    truncateSync(path, length === -1 ? statSync(path).size - 1 : length === 70_000 ? length : length - 200 + header);
    expect(await codeOf(decrypt(path, { identities }, `${path}.out`))).toBe('DAMAGED');
    expect(existsSync(`${path}.out`)).toBe(false);
    expect(readdirSync(join(path, '..')).toSorted()).toEqual(['long.sbk', 'long.sbk.age']);
  });

  it('with a changed or an added byte is not used', async () => {
    const { path } = await encryptedFor(tempFolder());
    const whole = readFileSync(path);
    for (const at of [60, 150, 300, whole.length - 3]) {
      const changed = Buffer.from(whole);
      changed[at] = (changed[at] ?? 0) ^ 1;
      writeFileSync(path, changed);
      expect(['DAMAGED', 'PASSWORD_WRONG']).toContain(await codeOf(decrypt(path, { identities }, `${path}.out`)));
    }
    writeFileSync(path, Buffer.concat([whole, Buffer.from('!')]));
    expect(await codeOf(decrypt(path, { identities }, `${path}.out`))).toBe('DAMAGED');
    writeFileSync(path, `age-encryption.org/v1\n-> X25519 ${'A'.repeat(300_000)}`);
    expect(await codeOf(decrypt(path, { identities }, `${path}.out`))).toBe('DAMAGED');
    expect(existsSync(`${path}.out`)).toBe(false);
  });
});

describe('A project file encrypted as a stream', () => {
  /** A bag of one long file, and where it goes. */
  function bag() {
    const folder = tempFolder();
    const { path, bytes } = longFile(folder);
    const expect_ = createHash('sha256').update(bytes).digest('hex');
    const entry = { path: `data/originals/ab/${expect_}`, content: { file: path }, deflate: false, expect: expect_ };
    return { folder, bytes, entry, plan: { top: 'top', info: {}, entries: [entry] }, to: join(folder, 'out.age') };
  }

  it('is the same bag as unencrypted', async () => {
    const { folder, bytes, entry, plan, to } = bag();
    const told: number[] = [];
    const written = await encryptBag(plan, to, { recipients: [recipient] }, { onProgress: (done) => told.push(done) });
    expect(written).toEqual({ files: 1, bytes: statSync(to).size });
    expect(told[0]).toBeGreaterThan(0);
    expect(told.at(-1)).toBeLessThanOrEqual(bytes.length);
    await decrypt(to, { identities }, join(folder, 'opened.sbk'));
    const opened = await unzipped(join(folder, 'opened.sbk'));
    expect(opened.get(`top/${entry.path}`)?.equals(bytes)).toBe(true);
    expect(bagFaults(opened)).toEqual([]);
    if (process.platform !== 'win32') expect(statSync(to).mode & 0o777).toBe(0o600);
  });

  it('leaves nothing if stopped, without recipients, or with a file that does not match its name', async () => {
    const { folder, entry, plan, to } = bag();
    const stop = new AbortController();
    const key = { recipients: [recipient] };
    const stopped = encryptBag(plan, to, key, { signal: stop.signal, onProgress: () => stop.abort() });
    expect(await codeOf(stopped)).toBe('CANCELLED');
    const nobody = await faultOf(encryptBag(plan, to, { recipients: [`${recipient}x`] }));
    expect(nobody).toMatchObject({ code: 'BAD_INPUT', context: { recipient: `${recipient}x` } });
    const altered = { ...plan, entries: [entry, { ...entry, path: 'data/other', expect: '0'.repeat(64) }] };
    expect(await codeOf(encryptBag(altered, to, key))).toBe('DAMAGED');
    const gone = { ...plan, entries: [entry, { ...entry, content: { file: join(folder, 'gone') } }] };
    expect(await codeOf(encryptBag(gone, to, key))).toBe('NOT_FOUND');
    expect(readdirSync(folder)).toEqual(['long.sbk']);
  });
});

describe('Secrets are checked before a file is decrypted', () => {
  it('of any kind, and nothing is written', async () => {
    await checkSecrets(fixture('passphrase.age'), { passphrase: PASSPHRASE });
    await checkSecrets(fixture('recipient.age'), { identities });
    const code = (secrets: object) => codeOf(checkSecrets(fixture('passphrase.age'), secrets));
    expect([await code({ passphrase: 'x' }), await code({})]).toEqual(['PASSWORD_WRONG', 'PASSWORD_NEEDED']);
  });
});

/** The program reads a passphrase from a terminal alone: `script` (util-linux) gives it one. */
describe.skipIf(process.platform !== 'linux' || !has('age') || !has('script'))('The program age, at a terminal', () => {
  it('opens with its passphrase what we encrypted', async () => {
    const folder = tempFolder();
    const { path, bytes } = longFile(folder);
    await encrypted(path, join(folder, 'ours.age'), { passphrase: PASSPHRASE });
    const wrong = await typed(['age', '-d', '-o', join(folder, 'wrong'), join(folder, 'ours.age')], ['another phrase']);
    expect(wrong.code).not.toBe(0);
    expect(existsSync(join(folder, 'wrong'))).toBe(false);
    const right = await typed(['age', '-d', '-o', join(folder, 'opened'), join(folder, 'ours.age')], [PASSPHRASE]);
    expect(right, right.said).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'opened')).equals(bytes)).toBe(true);
  });

  it('encrypts with a passphrase what we open', async () => {
    const folder = tempFolder();
    const { path, bytes } = longFile(folder);
    const theirs = join(folder, 'theirs.age');
    const made = await typed(['age', '-p', '-o', theirs, path], [PASSPHRASE, PASSPHRASE]);
    expect(made, made.said).toMatchObject({ code: 0 });
    expect(sniffEncrypted(theirs)).toEqual({ opens: 'passphrase', armored: false });
    await decrypt(theirs, { passphrase: PASSPHRASE }, join(folder, 'opened'));
    expect(readFileSync(join(folder, 'opened')).equals(bytes)).toBe(true);
  });
});
