import { generateKeyPairSync } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ownRoots, rootsOf } from '../../../../electron/formats/archive/certificates.ts';
import { checkSignature } from '../../../../electron/formats/archive/signature.ts';
import { archiveSignature, type ArchiveSignature } from '../../../../shared/model/index.ts';
import { archived, html } from '../../../support/archives.ts';
import { certificate, signatureOf, type Certificate, type CertificateToWrite } from '../../../support/certificates.ts';
import { isLong } from '../../../support/share.ts';
import { gzippedWarc, response } from '../../../support/warc.ts';
import { wacz } from '../../../support/wacz.ts';

/** WACZ Signing and Verification 0.1.0, as authsign writes it: P-256, a leaf of 90 days, and a chain of two above it. */
const hash = `sha256:${'3d'.repeat(32)}`;
const host = 'sign.example.org';
const longLived = { from: '2015-01-01T00:00:00Z', to: '2035-01-01T00:00:00Z', authority: true };
const root = certificate({ name: 'Root of the tests', ...longLived });
const between = certificate({ name: 'Between', issuer: root, ...longLived });
const leafOf = (given: CertificateToWrite = {}): Certificate =>
  certificate({ name: host, hosts: [host], issuer: between, ...given });
const leaf = leafOf();
const chainOf = (...certificates: readonly Certificate[]): string => certificates.map(({ pem }) => pem).join('\n');

function signedBy(signer: Certificate, chain = chainOf(signer, between, root), signed = hash) {
  return {
    hash: signed,
    created: '2024-05-06T07:10:00Z',
    software: 'authsigner 0.5.0',
    signature: signatureOf(signed, signer.key),
    domain: host,
    domainCert: chain,
    timeSignature: 'MIIVRzADAgEA',
    timestampCert: chain,
    crossSignedCert: null,
    version: '0.1.0',
  };
}

/** Every outcome is one that a source's record can hold. */
const check = (given: unknown, known: readonly Certificate[] = []): ArchiveSignature =>
  archiveSignature.parse(checkSignature(given, hash, () => rootsOf(known.map(({ pem }) => pem))));

afterEach(() => vi.unstubAllEnvs());

describe('a signature by a domain', () => {
  it('with an unknown root is not checked: the note names its claimed owner, time and tool, and what is unknown', () => {
    const found = check(signedBy(leaf));
    expect(found).toMatchObject({ state: 'unchecked', by: host, at: '2024-05-06T07:10:00Z' });
    expect(found.note).toBe(
      `The signature matches its certificate (${host}), valid 2024-05-01 to 2024-07-30. No root known to ` +
        'Sourcebook vouches for the certificate, so anyone could have made it. Its date is only the signer’s word: ' +
        'its timestamp wasn’t checked. Made with authsigner 0.5.0, according to the file.',
    );
  });

  it('with a chain to a known root is valid, and the note says what is still unknown', () => {
    const found = check(signedBy(leaf), [root]);
    expect(found).toMatchObject({ state: 'valid', by: host });
    expect(found.note).toMatch(
      /root “Root of the tests”\. Whether .* revoked can’t be checked offline\. .* wasn’t checked/,
    );
  });

  it('need not include its root', () => {
    expect(check(signedBy(leaf, chainOf(leaf, between)), [root]).state).toBe('valid');
    expect(check(signedBy(leaf, chainOf(leaf)), [root]).state).toBe('unchecked');
  });

  it('is valid if its chain continues past a known root to one that is no longer known', () => {
    const gone = certificate({ name: 'Withdrawn since', ...longLived, to: '2021-09-30T00:00:00Z' });
    const again = certificate({ name: 'Root of the tests', key: root.key, issuer: gone, ...longLived });
    expect(check(signedBy(leaf, chainOf(leaf, between, again)), [root]).state).toBe('valid');
    expect(check(signedBy(leaf, chainOf(leaf, between, again))).state).toBe('unchecked');
  });

  it.each(['P-256', 'RSA'] as const)('is checked with a key of kind %s', (kind) => {
    const signer = leafOf({ kind });
    const data = signedBy(signer, chainOf(signer, between));
    expect(check(data, [root]).state).toBe('valid');
    expect(check({ ...data, signature: signatureOf(`${hash} `, signer.key) }, [root])).toMatchObject({
      state: 'invalid',
      note: expect.stringContaining('doesn’t match its key'),
    });
  });

  it('by a key of an unknown kind is not checked, and not called invalid', () => {
    const signer = leafOf({ kind: 'Ed25519' });
    const found = check(signedBy(signer), [root]);
    expect(found).toMatchObject({
      state: 'unchecked',
      by: host,
      note: expect.stringContaining('unsupported key type'),
    });
  });

  it('of another list of files is invalid, whether correctly signed or not', () => {
    const other = `sha256:${'00'.repeat(32)}`;
    const note = expect.stringContaining('a different file list');
    expect(check(signedBy(leaf, undefined, other), [root])).toMatchObject({ state: 'invalid', note });
    expect(check({ ...signedBy(leaf, undefined, other), hash }, [root])).toMatchObject({ state: 'invalid' });
  });

  it('for another host than it claims is invalid, and named by its certificate', () => {
    for (const domain of [
      'example.org',
      '.example.org',
      'news.example.com',
      `${host}\0`,
      '*.example.org',
      ' ',
      'a..b',
    ]) {
      const found = check({ ...signedBy(leaf), domain }, [root]);
      expect(found).toMatchObject({ state: 'invalid', by: host });
      expect(found.note).toContain(`its certificate belongs to ${host}.`);
    }
  });

  it('that claims no domain is shown with the names in its certificate, whatever they are', () => {
    const said = (signer: Certificate): string | null => {
      const { domain: _, ...data } = signedBy(signer, chainOf(signer, between));
      const found = check(data, [root]);
      expect(found.state).toBe('valid');
      return found.by;
    };
    expect(said(leafOf({ hosts: ['a.example.org', 'b.example.org'] }))).toBe('a.example.org, b.example.org');
    expect(said(certificate({ name: 'Only\u202e a\tname', issuer: between }))).toBe('Only a\\09name');
    expect(said(certificate({ issuer: between }))).toBe('nobody');
    const many = said(leafOf({ hosts: Array.from({ length: 500 }, (_unused, i) => `host-${i}.example.org`) }));
    expect(many).toHaveLength(200);
    expect(many).toMatch(/^host-0\.example\.org, .*…$/);
  });
});

describe('an invalid certificate', () => {
  it.each([
    ['when it had ended', '2024-08-01T00:00:00Z'],
    ['before it began', '2024-04-30T23:59:59Z'],
  ])('%s makes a signature invalid', (_, created) => {
    const found = check({ ...signedBy(leaf), created }, [root]);
    expect(found).toMatchObject({ state: 'invalid', at: created });
    expect(found.note).toContain(`(${host}: 2024-05-01 to 2024-07-30)`);
  });

  it('of an issuer makes it invalid too', () => {
    const old = certificate({ name: 'Between', issuer: root, ...longLived, to: '2023-01-01T00:00:00Z' });
    const signer = leafOf({ issuer: old });
    const found = check(signedBy(signer, chainOf(signer, old, root)), [root]);
    expect(found).toMatchObject({
      state: 'invalid',
      note: expect.stringContaining('(Between: 2015-01-01 to 2023-01-01)'),
    });
  });

  it('cannot be judged without a date, and a date without a zone is read as UTC', () => {
    const { created: _, ...undated } = signedBy(leaf);
    const data = (created: unknown) => ({ ...undated, created });
    for (const given of [
      undated,
      data(null),
      data('yesterday'),
      data('2024-13-45T00:00:00Z'),
      data(5),
      data('2024'.repeat(99)),
    ])
      expect(check(given, [root])).toMatchObject({ state: 'unchecked', at: null, note: expect.stringMatching(/date/) });
    vi.stubEnv('TZ', 'America/New_York');
    expect(new Date(2024, 5, 1).getTimezoneOffset()).toBe(240);
    // The leaf begins at 2024-05-01T00:00Z and ends at 2024-07-30T00:00Z, wherever this test runs.
    for (const created of [
      '2024-05-01T00:00:00',
      '2024-07-30 00:00:00.000',
      '2024-07-30T02:00:00+0200',
      '2024-07-29T23:00-01:00',
    ])
      expect(check(data(created), [root])).toMatchObject({ state: 'valid', at: created });
    expect(check(data('2024-07-30T02:00:00+01:00'), [root]).state).toBe('invalid');
  });
});

describe('an invalid chain', () => {
  const broken = expect.stringContaining('don’t form a chain');
  it('with a leaf that the next did not issue is invalid', () => {
    const stranger = certificate({ name: 'Between', ...longLived });
    expect(check(signedBy(leaf, chainOf(leaf, stranger)), [root])).toMatchObject({ state: 'invalid', note: broken });
    expect(check(signedBy(leaf, chainOf(leaf, root)), [root])).toMatchObject({ state: 'invalid', note: broken });
    const renamed = certificate({ name: 'Of another name', key: between.key, issuer: root, ...longLived });
    expect(check(signedBy(leaf, chainOf(leaf, renamed)), [root])).toMatchObject({ state: 'invalid', note: broken });
  });

  it('with an issuer that is not an authority is invalid: otherwise every site could issue certificates for others', () => {
    const site = certificate({ name: 'evil.example.org', hosts: ['evil.example.org'], issuer: between });
    const forged = leafOf({ issuer: site });
    const data = signedBy(forged, chainOf(forged, site, between, root));
    expect(check(data, [root])).toMatchObject({ state: 'invalid', note: broken });
  });

  it('with a root that only has the name of a known one is not trusted', () => {
    const impostor = certificate({ name: 'Root of the tests', ...longLived });
    const forged = leafOf({ issuer: impostor });
    expect(check(signedBy(forged, chainOf(forged, impostor)), [root]).state).toBe('unchecked');
  });

  it('signed with another key than the leaf’s is invalid', () => {
    expect(check({ ...signedBy(leaf), signature: signatureOf(hash, between.key) }, [root]).state).toBe('invalid');
  });

  it.each([
    ['no certificate', 'yes', /can’t be read/],
    ['a damaged one', leaf.pem.replace(/[A-Za-z]{9}/, 'AAAAAAAAA'), /can’t be read/],
    ['half of one', leaf.pem.slice(0, 300), /can’t be read/],
    ['a damaged one above', chainOf(leaf, { ...between, pem: between.pem.replace(/M.../, 'AAAA') }), /can’t be read/],
    ['more certificates than any chain', leaf.pem.repeat(9), /too many certificates/],
    ['a huge text', `${leaf.pem}${'-----BEGIN CERTIFICATE-----'.repeat(100_000)}`, /certificate data is too long/],
  ])('%s: not checked, with a note', (_, pem, note) => {
    const found = check(signedBy(leaf, pem), [root]);
    expect(found).toMatchObject({ state: 'unchecked', by: host, note: expect.stringMatching(note) });
  });

  it('with any byte of the leaf changed is never valid, and never throws', () => {
    const der = Buffer.from(leaf.pem.replaceAll(/-----[^-]+-----|\s/g, ''), 'base64');
    for (let i = 0; i < der.length; i += isLong ? 1 : 7) {
      const other = Buffer.from(der);
      other[i] = (other[i] ?? 0) ^ 0x41;
      const pem = `-----BEGIN CERTIFICATE-----\n${other.toString('base64')}\n-----END CERTIFICATE-----\n${between.pem}`;
      expect(check(signedBy(leaf, pem), [root]).state, `byte ${i}`).not.toBe('valid');
    }
  });
});

describe('a signature by a bare key', () => {
  const base64 = (key: ReturnType<typeof generateKeyPairSync>['publicKey']): string =>
    key.export({ format: 'der', type: 'spki' }).toString('base64');
  const signed = (given: object = {}) => {
    const { hash: over, signature } = signedBy(leaf);
    return {
      hash: over,
      signature,
      publicKey: base64(leaf.key.publicKey),
      created: '2024-05-06T07:10:00.848Z',
      ...given,
    };
  };

  it('is valid in DER too, with a note that key and date are not vouched for', () => {
    const found = check(signed({ software: 'ArchiveWeb.page\u202e 0.11.3' }));
    expect(found).toMatchObject({ state: 'valid', by: expect.stringMatching(/^key [0-9a-f]{64}$/) });
    expect(found.note).toBe(
      'The file list was signed with this key. The key doesn’t say whose it is. Its date is only the ' +
        'signer’s word: it has no timestamp. Made with ArchiveWeb.page 0.11.3, according to the file.',
    );
  });

  it('has a note that a time stamp was not checked', () => {
    expect(check(signed({ timeSignature: 'MIIV' })).note).toContain('its timestamp wasn’t checked');
  });

  it('is not checked if the key is unreadable or of an unknown kind', () => {
    const other = generateKeyPairSync('x25519').publicKey;
    for (const publicKey of ['', null, 'key', 'A'.repeat(30_000), base64(other)])
      expect(check(signed({ publicKey })).state).toBe('unchecked');
  });

  it('that is not a signature at all is not checked, and the note says what is wrong', () => {
    for (const [given, field] of [
      ['signed', 'signedData'],
      [[], 'signedData'],
      [{ hash }, 'signature'],
      [{ ...signed(), hash: 5 }, 'hash'],
      [{ ...signed(), signature: 'A'.repeat(30_000) }, 'signature'],
      [{ ...signed(), domainCert: {} }, 'domainCert'],
    ] as const)
      expect(check(given)).toMatchObject({ state: 'unchecked', note: expect.stringContaining(`“${field}”`) });
  });
});

it('the roots are Node’s', () => {
  expect([...ownRoots().values()].flat()).toHaveLength(rootCertificates.length);
});

it('a WACZ signed by a domain names it', async () => {
  const body = response({ url: 'http://example.org/', date: '2024-05-06T07:08:09Z', body: html('a') });
  const bytes = await wacz({
    warcs: { 'data.warc.gz': gzippedWarc([body]) },
    signedData: (over) => signedBy(leaf, undefined, over),
  });
  const { archive } = await archived(bytes, 'signed.wacz').list();
  expect(archive.signature).toMatchObject({
    state: 'unchecked',
    by: host,
    note: expect.stringMatching(/anyone could have made it/),
  });
});
