import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { sha256 } from '../../../shared/model/index.ts';
import { testHost } from '../../support/host.ts';
import { codeOf } from '../../support/project.ts';
import { hasTimeAuthority, TimeAuthority } from '../../support/time-authority.ts';

const window = 'main-1';
const base64 = (bytes: string | Uint8Array): string => Buffer.from(bytes).toString('base64');

test('a root is read first, with its fingerprint to compare, and trusted only by a second act; it can be removed', async () => {
  const { calls, home } = testHost();
  const [pem] = rootCertificates;
  if (pem === undefined) throw new Error('Node brings roots.');
  const certificate = new X509Certificate(pem);
  const fingerprint = certificate.fingerprint256.replaceAll(':', '').toLowerCase();
  for (const [name, content] of [
    ['root.pem', base64(pem)],
    ['root.der', base64(certificate.raw)],
  ] as const) {
    const { roots } = await calls['app.readRoots'](window, { name, content });
    expect(roots).toMatchObject([{ fingerprint, subject: certificate.subject }]);
    expect(roots[0]?.until).toBe(Date.parse(certificate.validTo));
    expect(home.roots()).toEqual([]);
  }
  const trusted = await calls['app.trustRoots'](window, { name: 'root.pem', content: base64(pem) });
  expect(trusted.roots.map((one) => one.fingerprint)).toEqual([fingerprint]);
  expect(await calls['app.trustedRoots'](window, {})).toEqual(trusted);
  expect(await codeOf(calls['app.readRoots'](window, { name: 'a.pem', content: base64('no') }))).toBe('BAD_INPUT');
  expect(await calls['app.removeRoot'](window, { fingerprint: sha256.parse(fingerprint) })).toEqual({ roots: [] });
  expect(await codeOf(calls['app.removeRoot'](window, { fingerprint: sha256.parse(fingerprint) }))).toBe('NOT_FOUND');
});

describe.skipIf(!hasTimeAuthority())('a file of a dossier in a window', () => {
  test('is hashed as it is; its request is written or sent to the authority that is named, and its time stamp given out', async () => {
    const authority = new TimeAuthority();
    const signer = authority.certificate();
    const sent: Buffer[] = [];
    const server = createServer((query, answer) => {
      const parts: Buffer[] = [];
      query.on('data', (part: Buffer) => parts.push(part));
      query.on('end', () => {
        sent.push(Buffer.concat(parts));
        answer.writeHead(200, { 'Content-Type': 'application/timestamp-reply' });
        answer.end(authority.answer(Buffer.concat(parts), signer));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/tsa`;
    try {
      const { calls, folder, workspace, answers } = testHost();
      await calls['app.newProject'](window, { title: 'Liuquan', codebook: 'empty' });
      const engine = (await workspace.project(window))?.engine;
      if (engine === undefined) throw new Error('It is open.');
      const { id: dossier } = await engine.call('dossiers.create', { title: 'L', from: { kind: 'query', query: '' } });
      const path = join(folder, 'dossier.html');
      writeFileSync(path, '<p>Exhibit 1</p>');
      const { token } = workspace.offeredFiles.add(window, path);
      const { sha256: hash, bytes } = await calls['app.hashOffer'](window, { offer: token });
      expect([hash, bytes]).toEqual([createHash('sha256').update('<p>Exhibit 1</p>').digest('hex'), 16]);
      expect(await codeOf(calls['app.hashOffer'](window, { offer: token }))).toBe('NOT_FOUND');

      const of = { dossier, file: 'dossier.html', sha256: hash };
      answers.exportTo = join(folder, 'ask.tsq');
      expect(await calls['app.writeStampRequest'](window, of)).toMatchObject({ done: true, name: 'ask.tsq' });
      expect(sent).toEqual([]);
      expect(await codeOf(calls['app.askAuthority'](window, { of, url: 'ftp://a.example' }))).toBe('USAGE');
      expect(await codeOf(calls['app.askAuthority'](window, { of, url: 'http://127.0.0.1:1/' }))).toBe('NOT_FOUND');
      // The waiting request is sent, the one that was written as a file: its answer can come either way.
      const stamp = await calls['app.askAuthority'](window, { of, url });
      expect(sent).toEqual([readFileSync(join(folder, 'ask.tsq'))]);
      expect(stamp).toMatchObject({ dossier, hash, standing: 'untrusted' });
      const known = { name: 'root.pem', content: base64(authority.root) };
      await calls['app.trustRoots'](window, known);
      const { timestamps } = await engine.call('timestamps.list', {});
      expect(timestamps).toMatchObject([{ id: stamp.id, standing: 'trusted' }]);
      answers.exportTo = join(folder, 'answer.tsr');
      await calls['app.writeStamp'](window, { id: stamp.id });
      const { answer } = await engine.call('timestamps.get', { id: stamp.id });
      expect(readFileSync(join(folder, 'answer.tsr'))).toEqual(Buffer.from(answer, 'base64'));
      expect(authority.verify(path, join(folder, 'answer.tsr'))).toContain('Verification: OK');
      const leaf = { name: 'leaf.pem', content: base64(authority.pem(signer)) };
      expect(await codeOf(calls['app.trustRoots'](window, leaf))).toBe('BAD_INPUT');
    } finally {
      server.close();
      authority.close();
    }
  });
});
