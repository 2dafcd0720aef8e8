import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Roots, rootsOf } from '../../../../electron/formats/archive/certificates.ts';
import { timeStampRequest } from '../../../../electron/formats/timestamp/request.ts';
import { readAnswer } from '../../../../electron/formats/timestamp/token.ts';
import { type StampVerdict, verifyStamp } from '../../../../electron/formats/timestamp/verify.ts';
import { sha256 } from '../../../../shared/model/ids.ts';
import { seeded } from '../../../support/seeded.ts';
import { hasTimeAuthority, TimeAuthority } from '../../../support/time-authority.ts';

if (!hasTimeAuthority())
  console.info('There is no openssl 3.4 or later: time stamps are not checked against an authority.');

const hashOf = (text: string) => sha256.parse(createHash('sha256').update(text).digest('hex'));
const asked = { hash: hashOf('a snapshot'), nonce: 0x8123_4567_89ab_cdefn };
const request = timeStampRequest(asked.hash, asked.nonce);
const faultOf = (verdict: StampVerdict) => verdict.fault;

describe.skipIf(!hasTimeAuthority())('a time stamp of an authority', () => {
  let authority: TimeAuthority;
  let another: TimeAuthority;
  let roots: Roots;
  let signer: string;
  let answer: Buffer;
  beforeAll(() => {
    [authority, another] = [new TimeAuthority(), new TimeAuthority()];
    roots = rootsOf([authority.root]);
    signer = authority.certificate();
    answer = authority.answer(request, signer);
  });
  afterAll(() => {
    authority.close();
    another.close();
  });
  /** What the authority signed. */
  const tokenInfo = (): Uint8Array => {
    const read = readAnswer(answer);
    if ('refused' in read) throw new Error(read.refused);
    return read.token.content;
  };

  it('shows when the bytes existed, according to whom, by which trusted root', () => {
    const verdict = verifyStamp(answer, asked, roots);
    expect(verdict).toMatchObject({
      fault: null,
      accuracy: 1500,
      policy: '1.2.3.4.1',
      authority: `O=Test\nCN=${signer}`,
    });
    if (verdict.fault !== null) throw new Error(verdict.why);
    expect(Math.abs(verdict.at - Date.now())).toBeLessThan(600_000);
    expect(verdict.root).toMatch(/^[0-9a-f]{64}$/);
  });

  it.each([
    ['RSA', 'rsa', 'sha256'],
    ['a certificate named by SHA-1, as older authorities do', 'ec', 'sha1'],
    ['a certificate named by SHA-512', 'ec', 'sha512'],
  ] as const)('is read with %s', (_what, kind, named) => {
    const given = authority.answer(request, authority.certificate({ kind }), { named });
    expect(faultOf(verifyStamp(given, asked, roots))).toBeNull();
  });

  it('shows nothing of other bytes, or as the answer to another request', () => {
    expect(faultOf(verifyStamp(answer, { ...asked, hash: hashOf('another') }, roots))).toBe('other-bytes');
    expect(faultOf(verifyStamp(answer, { ...asked, nonce: 1n }, roots))).toBe('other-request');
  });

  it('shows nothing without a root that the person trusts, also if another one has its name', () => {
    expect(faultOf(verifyStamp(answer, asked, new Map()))).toBe('untrusted');
    expect(faultOf(verifyStamp(answer, asked, rootsOf([another.root])))).toBe('untrusted');
  });

  it('shows nothing if its certificate was not valid then, is not for time stamps, or is also for something else', () => {
    const past = authority.certificate({ from: '20200101000000Z', to: '20210101000000Z' });
    expect(faultOf(verifyStamp(authority.sign(tokenInfo(), past), asked, roots))).toBe('expired');
    for (const extensions of [
      '',
      'extendedKeyUsage=timeStamping\n',
      'extendedKeyUsage=critical,timeStamping,codeSigning\n',
      'extendedKeyUsage=critical,codeSigning\n',
    ]) {
      const other = authority.certificate({ extensions });
      expect(faultOf(verifyStamp(authority.sign(tokenInfo(), other), asked, roots))).toBe('not-for-stamps');
    }
    // The same way to sign, with a good certificate.
    expect(
      faultOf(
        verifyStamp(
          authority.sign(tokenInfo(), authority.certificate({ from: '20250101000000Z', to: '20450101000000Z' })),
          asked,
          roots,
        ),
      ),
    ).toBeNull();
  });

  it('shows nothing with a second signer: who of them vouches for it can’t be told', () => {
    const stranger = another.certificate();
    for (const [name, second] of [
      ['of the same authority', { of: authority, signer: authority.certificate() }],
      ['of another one', { of: another, signer: stranger }],
    ] as const) {
      const both = authority.sign(tokenInfo(), signer, [second]);
      const verdict = verifyStamp(both, asked, rootsOf([authority.root, another.root]));
      expect([name, verdict]).toMatchObject([
        name,
        { fault: 'unreadable', why: expect.stringContaining('no signer, or several') },
      ]);
    }
    // The same way to sign, by one.
    expect(faultOf(verifyStamp(authority.sign(tokenInfo(), signer), asked, roots))).toBeNull();
  });

  it('says by which policy it was given; no request asks for one', () => {
    const given = authority.answer(request, signer, { policy: '1.3.6.1.4.1.99999.7' });
    expect(verifyStamp(given, asked, roots)).toMatchObject({ fault: null, policy: '1.3.6.1.4.1.99999.7' });
    // A policy that was put in afterwards is not what was signed.
    const [from, to] = ['06092b06010401868d1f07', '06092b06010401868d1f08'].map((hex) => Buffer.from(hex, 'hex'));
    const at = given.indexOf(from ?? '');
    expect(at).toBeGreaterThan(0);
    const altered = Buffer.from(given);
    altered.set(to ?? [], at);
    expect(faultOf(verifyStamp(altered, asked, roots))).toBe('altered');
  });

  it('says why an authority gave none', () => {
    const other = timeStampRequest(asked.hash, asked.nonce);
    // Another hash algorithm: SHA-224 has OID …4.2.4, which the authority does not take.
    other[other.indexOf(Buffer.from('608648016503040201', 'hex')) + 8] = 4;
    const verdict = verifyStamp(authority.answer(other, signer), asked, roots);
    expect(faultOf(verdict)).toBe('refused');
  });

  it('is never taken for whole when it was cut off or changed (500 seeds)', () => {
    const whole = verifyStamp(answer, asked, roots);
    for (let seed = 0; seed < 500; seed++) {
      const random = seeded(seed);
      const bytes = Buffer.from(answer);
      if (random.chance(0.3)) {
        const cut = bytes.subarray(0, random.int(0, bytes.length - 1));
        expect([seed, faultOf(verifyStamp(cut, asked, roots))]).toEqual([seed, 'unreadable']);
        continue;
      }
      for (let n = random.int(1, 4); n > 0; n--) {
        const at = random.int(0, bytes.length - 1);
        bytes.writeUInt8((bytes.readUInt8(at) + random.int(1, 255)) % 256, at);
      }
      const verdict = verifyStamp(bytes, asked, roots);
      // What is not signed (the order of certificates, unused ones) may change; what it shows may not.
      if (verdict.fault === null) expect([seed, verdict]).toEqual([seed, whole]);
    }
  });
});

describe('a request for a time stamp', () => {
  it('tells the hash, a nonce, and that certificates are wanted, and nothing else', () => {
    expect(request.toString('hex')).toBe(
      `3044020101${'3031300d060960864801650304020105000420'}${asked.hash}${'020900'}8123456789abcdef${'0101ff'}`,
    );
  });
});
