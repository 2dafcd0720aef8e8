import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../../electron/db/index.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import { importProjectFile, verifyProjectFile } from '../../../electron/engine/import-project-file.ts';
import { askedIn } from '../../../electron/formats/timestamp/request.ts';
import { createTrustedRoots } from '../../../electron/host/trusted-roots.ts';
import { sha256 } from '../../../shared/model/index.ts';
import { codeOf, copyFor, faultOf, openFor, somebody, testProject } from '../../support/project.ts';
import { writeBehind } from '../../support/review.ts';
import { tempFolder } from '../../support/temp.ts';
import { hasTimeAuthority, TimeAuthority } from '../../support/time-authority.ts';

const stamps = async (engine: Engine) => (await engine.call('timestamps.list', {})).timestamps;
const verified = async (engine: Engine) => {
  const { ok, failures, remarks } = await engine.call('project.verify', {});
  return { ok, failures: failures.map((one) => one.message), remarks: remarks.map((one) => one.message) };
};
const ALL = { kind: 'query', query: '' } as const;
const bytes = (base64: string): Buffer => Buffer.from(base64, 'base64');

async function withSnapshot() {
  const project = await testProject();
  const snapshot = await project.engine.call('snapshots.make', { name: 'Submitted' });
  return { ...project, snapshot };
}

describe('a request for a time stamp', () => {
  it('tells the snapshot’s hash, stays the same until its answer is here, and can be undone and removed', async () => {
    const { engine, snapshot, person } = await withSnapshot();
    const asked = await engine.call('timestamps.ask', { snapshot: snapshot.id });
    expect(asked.hash).toBe(snapshot.state);
    expect(askedIn(bytes(asked.request)).hash).toBe(snapshot.state);
    expect(await engine.call('timestamps.ask', { snapshot: snapshot.id })).toEqual(asked);
    expect(await stamps(engine)).toMatchObject([
      { id: asked.id, snapshot: snapshot.id, name: 'Submitted', person: person.id, standing: 'waiting', said: null },
    ]);
    // Neither the state nor verifying changes by it.
    expect((await engine.call('snapshots.make', { name: 'Again' })).state).toBe(snapshot.state);
    expect(await verified(engine)).toEqual({ ok: true, failures: [], remarks: [] });
    await engine.call('timestamps.remove', { id: asked.id });
    expect(await stamps(engine)).toEqual([]);
    expect(await codeOf(engine.call('timestamps.remove', { id: asked.id }))).toBe('NOT_FOUND');
    const { id, request } = await engine.call('timestamps.ask', { snapshot: snapshot.id });
    expect(request).not.toBe(asked.request);
    await engine.call('history.undo', {});
    expect((await stamps(engine)).map((one) => one.id)).not.toContain(id);
  });

  it('stores no answer that shows nothing', async () => {
    const { engine, snapshot } = await withSnapshot();
    const { id } = await engine.call('timestamps.ask', { snapshot: snapshot.id });
    const answer = Buffer.from('Not found').toString('base64');
    const fault = await faultOf(engine.call('timestamps.answer', { id, answer }));
    expect(fault).toMatchObject({ code: 'BAD_INPUT', context: { fault: 'unreadable' } });
    expect(await codeOf(engine.call('timestamps.add', { snapshot: snapshot.id, nonce: '1f', answer }))).toBe(
      'BAD_INPUT',
    );
    expect(await stamps(engine)).toMatchObject([{ standing: 'waiting' }]);
  });

  it('with an answer that somebody else wrote into the log is named in verifying, and keeps nobody from opening the file', async () => {
    const { engine, snapshot } = await withSnapshot();
    const mallory = await copyFor(engine, 'Mallory');
    await mallory.engine.close();
    const id = newId();
    const answer = Buffer.from('It is true.').toString('base64');
    writeBehind(mallory.folder, mallory.person, 'Stamp', [
      { entity: 'timestamp', id, field: 'snapshot', value: snapshot.id },
      { entity: 'timestamp', id, field: 'nonce', value: '1f' },
      { entity: 'timestamp', id, field: 'answer', value: answer },
      { entity: 'timestamp', id, field: 'person', value: mallory.person.id },
    ]);
    await engine.call('merge.apply', { path: mallory.folder });
    const message = expect.stringMatching(/^The time stamp of snapshot “Submitted” shows nothing\. It isn’t a whole/);
    expect(await verified(engine)).toEqual({ ok: false, failures: [message], remarks: [] });
    expect(await stamps(engine)).toMatchObject([{ id, standing: 'nothing', fault: 'unreadable' }]);
    const file = join(tempFolder(), 'all.sbk');
    await engine.call('projectFile.export', { path: file });
    const folder = join(tempFolder(), 'Theirs.sourcebook');
    await importProjectFile({ file, folder, person: somebody('Eve') });
    const theirs = await openFor(folder, somebody('Eve'));
    const [one] = await stamps(theirs);
    if (one === undefined) throw new Error('It was there.');
    await theirs.call('timestamps.remove', { id: one.id });
    expect(await verified(theirs)).toEqual({ ok: true, failures: [], remarks: [] });
  });
});

describe.skipIf(!hasTimeAuthority())('the answer of an authority', () => {
  let authority: TimeAuthority;
  let signer: string;
  beforeAll(() => {
    authority = new TimeAuthority();
    signer = authority.certificate();
  });
  afterAll(() => authority.close());

  async function answered() {
    const project = await withSnapshot();
    const { engine, snapshot } = project;
    const { id, request } = await engine.call('timestamps.ask', { snapshot: snapshot.id });
    const answer = authority.answer(bytes(request), signer).toString('base64');
    return { ...project, id, request, answer, stamp: await engine.call('timestamps.answer', { id, answer }) };
  }
  /** A file of trusted roots with the authority’s. */
  function trusting(): string {
    const home = createTrustedRoots(tempFolder(), () => null);
    home.trustRoots([authority.root]);
    return home.rootsFile;
  }

  it('is stored; it counts as trusted only where somebody trusts its root, which is said and no failure', async () => {
    const { engine, folder, person, stamp, snapshot, id, answer } = await answered();
    expect(stamp).toMatchObject({ standing: 'untrusted', said: { authority: `O=Test\nCN=${signer}` }, root: null });
    const remark = expect.stringMatching(
      /^The time stamp of snapshot “Submitted” \(.*, O=Test CN=.*\) isn’t checked against a root that you trust\.$/,
    );
    expect(await verified(engine)).toEqual({ ok: true, failures: [], remarks: [remark] });
    expect(await codeOf(engine.call('timestamps.answer', { id, answer }))).toBe('EXISTS');
    await engine.close();
    const trusts = await openFor(folder, person, { trustedRoots: trusting() });
    const fingerprint = new X509Certificate(authority.root).fingerprint256.replaceAll(':', '').toLowerCase();
    expect(await stamps(trusts)).toMatchObject([{ standing: 'trusted', fault: null, root: fingerprint }]);
    expect(await verified(trusts)).toEqual({ ok: true, failures: [], remarks: [] });
    expect((await trusts.call('snapshots.make', { name: 'Again' })).state).toBe(snapshot.state);
  });

  it('travels in project files, is merged, and goes with its snapshot', async () => {
    const { engine, snapshot, stamp, folder } = await answered();
    const file = join(tempFolder(), 'all.sbk');
    await engine.call('projectFile.export', { path: file });
    const [read, here] = [
      await verifyProjectFile(file, somebody('Eve')),
      await verifyProjectFile(file, somebody('Eve'), { trustedRoots: trusting() }),
    ];
    expect([read.ok, read.remarks.length, here.ok, here.remarks.length]).toEqual([true, 1, true, 0]);
    const pseudonymous = join(tempFolder(), 'names.sbk');
    await engine.call('projectFile.export', { path: pseudonymous, options: { pseudonyms: true } });
    expect((await verifyProjectFile(pseudonymous, somebody('Eve'))).remarks).toEqual([]);

    const ben = await copyFor(engine, 'Ben');
    expect(await stamps(ben.engine)).toEqual([stamp]);
    const another = await ben.engine.call('snapshots.make', { name: 'Of Ben' });
    const { request } = await ben.engine.call('timestamps.ask', { snapshot: another.id });
    await ben.engine.close();
    await engine.call('merge.apply', { path: ben.folder });
    const merged = (await stamps(engine)).find((one) => one.snapshot === another.id);
    expect(merged).toMatchObject({ standing: 'waiting', person: ben.person.id });
    // Ann brings the answer to what Ben asked: it stays his request, and no alarm is raised.
    if (merged === undefined) throw new Error('It was merged.');
    await engine.call('timestamps.answer', {
      id: merged.id,
      answer: authority.answer(bytes(request), signer).toString('base64'),
    });
    expect((await verified(engine)).failures).toEqual([]);
    await engine.call('snapshots.remove', { id: snapshot.id });
    expect((await stamps(engine)).map((one) => one.id)).toEqual([merged.id]);
    await engine.call('history.undo', {});
    expect(await stamps(engine)).toHaveLength(2);
    expect(folder).not.toBe(ben.folder);
  });

  it('to a request made outside of the project is added once; that of another snapshot is refused', async () => {
    const { engine, snapshot, answer, request } = await answered();
    const nonce = askedIn(bytes(request)).nonce.toString(16);
    expect(await codeOf(engine.call('timestamps.add', { snapshot: snapshot.id, nonce, answer }))).toBe('EXISTS');
    const [known] = await stamps(engine);
    if (known === undefined) throw new Error('It was there.');
    await engine.call('timestamps.remove', { id: known.id });
    expect(await engine.call('timestamps.add', { snapshot: snapshot.id, nonce, answer })).toMatchObject({
      standing: 'untrusted',
      said: known.said,
    });
    const fault = await faultOf(engine.call('timestamps.add', { snapshot: snapshot.id, nonce: '1f', answer }));
    expect(fault).toMatchObject({ code: 'BAD_INPUT', context: { fault: 'other-request' } });
  });

  it('to what was asked in a snapshot that somebody removed meanwhile is a conflict, not lost', async () => {
    const { engine, snapshot } = await withSnapshot();
    const ben = await copyFor(engine, 'Ben');
    await ben.engine.call('timestamps.ask', { snapshot: snapshot.id });
    await ben.engine.close();
    await engine.call('snapshots.remove', { id: snapshot.id });
    await engine.call('merge.apply', { path: ben.folder });
    const { conflicts } = await engine.call('merge.conflicts', {});
    expect(conflicts).toHaveLength(1);
    expect(conflicts[0]?.about).toBe('“Submitted”');
  });
});

describe.skipIf(!hasTimeAuthority())('a time stamp of a file that a dossier became', () => {
  const FILE = { file: 'Liuquan.html', sha256: sha256.parse('ab'.repeat(32)) };

  it('shows that these bytes existed, is given out as it came, travels with the dossier, and goes with it', async () => {
    const authority = new TimeAuthority();
    try {
      const { engine } = await testProject();
      const { id: dossier } = await engine.call('dossiers.create', { title: 'Liuquan', from: ALL });
      const asked = await engine.call('timestamps.ask', { dossier, ...FILE });
      expect(askedIn(bytes(asked.request)).hash).toBe(FILE.sha256);
      expect(await engine.call('timestamps.ask', { dossier, ...FILE })).toEqual(asked);
      expect(await codeOf(engine.call('timestamps.get', { id: asked.id }))).toBe('NOT_FOUND');
      // The answer to a request for other bytes shows nothing of these.
      const other = await engine.call('timestamps.ask', { dossier, ...FILE, sha256: sha256.parse('cd'.repeat(32)) });
      const answer = authority.answer(bytes(asked.request), authority.certificate()).toString('base64');
      const fault = await faultOf(engine.call('timestamps.answer', { id: other.id, answer }));
      expect(fault).toMatchObject({ code: 'BAD_INPUT', context: { fault: 'other-bytes' } });
      const stamp = await engine.call('timestamps.answer', { id: asked.id, answer });
      expect(stamp).toMatchObject({ snapshot: null, dossier, name: 'Liuquan.html', hash: FILE.sha256 });
      expect(await engine.call('timestamps.get', { id: asked.id })).toEqual({ name: 'Liuquan.html', answer });
      const { remarks } = await verified(engine);
      expect(remarks[0]).toMatch(/^The time stamp of the file “Liuquan\.html” \(.*\) isn’t checked against a root/);

      // A colleague has it; one who adds an answer while the dossier is removed is not overruled.
      const ben = await copyFor(engine, 'Ben');
      expect(await stamps(ben.engine)).toContainEqual(stamp);
      await ben.engine.call('timestamps.ask', { dossier, ...FILE });
      await ben.engine.close();
      await engine.call('dossiers.remove', { id: dossier });
      expect(await stamps(engine)).toEqual([]);
      expect(await codeOf(engine.call('timestamps.ask', { dossier, ...FILE }))).toBe('NOT_FOUND');
      await engine.call('merge.apply', { path: ben.folder });
      const { conflicts } = await engine.call('merge.conflicts', {});
      expect(conflicts.map(({ about }) => about)).toEqual(['“Liuquan”']);
    } finally {
      authority.close();
    }
  });
});

it('an unreadable file of trusted roots trusts nobody', async () => {
  const { engine, folder, person } = await withSnapshot();
  await engine.close();
  const trustedRoots = join(tempFolder(), 'trusted-roots.json');
  writeFileSync(trustedRoots, '[{"pem":');
  expect(await stamps(await openFor(folder, person, { trustedRoots }))).toEqual([]);
});
