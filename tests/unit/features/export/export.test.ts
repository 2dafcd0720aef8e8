import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { importProjectFile, verifyProjectFile } from '../../../../electron/engine/import-project-file.ts';
import { readIdentityFile } from '../../../../electron/formats/age/identity.ts';
import { minisignKey } from '../../../../electron/formats/minisign/index.ts';
import { rawPublicKey } from '../../../../electron/project/people/people.ts';
import { has, run } from '../../../support/programs.ts';
import {
  addFile,
  categoriesOf,
  codeOf,
  faultOf,
  mark,
  openFor,
  somebody,
  testProject,
} from '../../../support/project.ts';
import { tempFolder } from '../../../support/temp.ts';
import { lessScryptWork } from '../../../support/scrypt.ts';

lessScryptWork();

const KEYS = readFileSync(resolve('tests/fixtures/encrypted/identity.txt'), 'utf8');
const IDENTITY = resolve('tests/fixtures/encrypted/identity.txt');
const identities = readIdentityFile(KEYS);
const recipients = [/age1[0-9a-z]+/.exec(KEYS)?.[0] ?? ''];

async function project() {
  const made = await testProject();
  const report = await addFile(made.engine, 'report.txt', '全年转移就业12.6万人次。Land was transferred.\n');
  const news = await addFile(made.engine, 'news.txt', 'Villagers were organised in groups.\n');
  const [land, trained] = await categoriesOf(made.engine, 'LND.RIGHTS', 'FIG.ACT');
  if (land === undefined || trained === undefined) throw new Error('The codebook has changed');
  const first = await mark(made.engine, report.id, 'Land was transferred', { categories: [land], memo: 'Look at it' });
  const second = await mark(made.engine, news.id, 'organised in groups', { categories: [trained] });
  return { ...made, report, news, land, trained, first, second, out: join(tempFolder(), 'county.sbk') };
}

/** What a colleague has of a file. */
async function received(file: string, secrets = {}) {
  const folder = join(tempFolder(), 'Theirs.sourcebook');
  await importProjectFile({ file, folder, person: somebody('Ben'), secrets });
  return openFor(folder, somebody('Ben'));
}

describe('An encrypted project file', () => {
  it('is called .age, opens for its recipient, and is a project again', async () => {
    const { engine, out, first } = await project();
    const written = await engine.call('projectFile.export', { path: out, options: { protection: { recipients } } });
    expect(written).toMatchObject({ path: `${out}.age`, signature: null });
    expect(readFileSync(`${out}.age`).includes('Land was')).toBe(false);
    expect(readdirSync(dirname(out))).toEqual(['county.sbk.age']);
    const theirs = await received(`${out}.age`, { identities });
    expect(await theirs.call('passages.get', { id: first.id })).toMatchObject({ id: first.id });
    expect(await codeOf(received(`${out}.age`, { passphrase: 'x' }))).toBe('PASSWORD_NEEDED');
    if (has('age')) {
      run('age', '-d', '-i', IDENTITY, '-o', `${out}.opened`, `${out}.age`);
      expect((await verifyProjectFile(`${out}.opened`, somebody('Ben'))).ok).toBe(true);
    }
  });

  it('leaves nothing of the passphrase, and no unencrypted copy, anywhere', async () => {
    const { engine, out, folder } = await project();
    const passphrase = 'a-very-Unlikely-phrase';
    await engine.call('projectFile.export', { path: out, options: { protection: { passphrase } } });
    const wrong = await faultOf(received(`${out}.age`, { passphrase: 'another-Unlikely-phrase' }));
    expect(wrong.code).toBe('PASSWORD_WRONG');
    expect(JSON.stringify(wrong)).not.toContain('Unlikely');
    expect((await verifyProjectFile(`${out}.age`, somebody('Ben'), { secrets: { passphrase } })).ok).toBe(true);
    for (const file of filesBelow(folder)) expect(readFileSync(file).includes('Unlikely'), file).toBe(false);
    expect(readdirSync(join(folder, 'cache')).filter((name) => name.includes('export'))).toEqual([]);
  });

  it('takes recipients or a passphrase, not both, and rejects an invalid recipient', async () => {
    const { engine, out } = await project();
    const export_ = (protection: object) =>
      codeOf(engine.call('projectFile.export', { path: out, options: { protection } }));
    expect(await export_({ passphrase: 'eleven char' })).toBe('BAD_INPUT');
    expect(await export_({ passphrase: 'long enough for one', recipients })).toBe('BAD_INPUT');
    expect(await export_({ recipients: ['age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqq'] })).toBe('BAD_INPUT');
    expect(readdirSync(dirname(out))).toEqual([]);
  });

  it('does not overwrite a file, unless told to', async () => {
    const { engine, out } = await project();
    writeFileSync(`${out}.age`, 'theirs');
    const options = { protection: { recipients, sign: true } };
    expect(await codeOf(engine.call('projectFile.export', { path: out, options }))).toBe('EXISTS');
    expect(readFileSync(`${out}.age`, 'utf8')).toBe('theirs');
    await engine.call('projectFile.export', { path: out, replace: true, options });
    expect(readdirSync(dirname(out)).toSorted()).toEqual(['county.sbk.age', 'county.sbk.age.minisig']);
  });

  it('has one exhibit for the same words: both coders’ passages, and the decision, which holds for both', async () => {
    const { engine, out, first, trained, land, folder, person } = await project();
    const before = await engine.call('report.count', { only: {} });
    await engine.close();
    const ben = await openFor(folder, somebody('Ben'));
    const words = first.anchor.kind === 'text' ? first.anchor.exact : '';
    const second = await mark(ben, first.source, words, { categories: [trained] });
    await ben.close();
    // Neither of the two who coded these words can approve them.
    const dee = await openFor(folder, somebody('Dee'));
    await dee.call('review.move', { passage: first.id, to: 'approved' });
    expect(second.id).not.toBe(first.id);
    const rows = async (only: object = {}) => {
      await dee.call('report.write', { path: out, format: 'csv', only, replace: true });
      return readFileSync(out, 'utf8')
        .split('\r\n')
        .filter((row) => row.includes(first.id) || row.includes(second.id));
    };
    // Approved is one of two codings of which no one has said which one holds: so nothing is approved.
    const [undecided = '', ...none] = await rows({ states: ['approved'] });
    expect(none).toEqual([]);
    expect(undecided).toContain('coders differ, undecided');
    expect(undecided).not.toContain('Approved');
    expect(undecided).toContain('LND.RIGHTS');
    expect(undecided).toContain('FIG.ACT');
    const after = await dee.call('report.count', { only: {} });
    expect([after.passages, after.exhibits]).toEqual([before.passages + 1, before.exhibits]);

    await dee.call('adjudications.decide', { passage: second.id, categories: [trained], reason: 'About people' });
    for (const only of [{}, { categories: [land] }, { people: [person.id] }]) {
      const [decided = '', ...more] = await rows(only);
      expect(more).toEqual([]);
      expect(decided).toMatch(/^\d+,FIG\.ACT,[^,]+,decided,Dee,/);
    }
    for (const { id } of [first, second])
      expect((await dee.call('adjudications.list', { passage: id })).adjudications).toMatchObject([
        { passage: second.id, categories: [trained] },
      ]);
  });

  it('reports its progress, and if stopped leaves the former file', async () => {
    const { engine, out } = await project();
    const phases: string[] = [];
    engine.onEvent(({ event, payload }) => {
      if (event === 'export.progress') phases.push(payload.phase);
    });
    await engine.call('projectFile.export', { path: out, options: { protection: { recipients, sign: true } } });
    expect([...new Set(phases)]).toEqual(['collecting', 'encrypting', 'signing', 'done']);
  });

  it('is never unencrypted on disk: the project’s cache holds its log, its annotations and what describes it, and no more', async () => {
    const { engine, out, folder, report } = await project();
    const seen = new Map<string, string>();
    engine.onEvent(({ event, payload }) => {
      if (event !== 'export.progress' || payload.phase !== 'encrypting') return;
      for (const file of [...filesBelow(join(folder, 'cache')), ...filesBelow(dirname(out))])
        if (/export|part/.test(file)) seen.set(file, readFileSync(file).toString('latin1'));
    });
    await engine.call('projectFile.export', { path: out, options: { protection: { recipients } } });
    // Looked at early, the encrypted one has nothing in it yet.
    const kinds = [...seen].map(([file, text]) =>
      text.startsWith('SQLite format 3')
        ? 'log'
        : /^(?:$|age-encryption\.org\/v1)/.test(text)
          ? 'encrypted'
          : file.slice(file.lastIndexOf('.')),
    );
    expect(kinds.toSorted()).toEqual(['.crate', '.jsonld', 'encrypted', 'log']);
    expect(readFileSync(join(folder, 'originals', report.sha256.slice(0, 2), report.sha256), 'utf8')).toContain(
      'Land was',
    );
    for (const [file, text] of seen) if (file.includes('part')) expect(text).not.toMatch(/PK\x03\x04|Land was|SQLite/);
  });
});

describe('A signature', () => {
  it('is beside the file, and minisign verifies it', async () => {
    const { engine, out, person } = await project();
    const { signature, path } = await engine.call('projectFile.export', {
      path: out,
      options: { protection: { sign: true } },
    });
    expect([path, signature]).toEqual([out, `${out}.minisig`]);
    expect(readFileSync(`${out}.minisig`, 'utf8')).toContain('file:county.sbk\t');
    if (has('minisign')) run('minisign', '-Vm', out, '-P', minisignKey(rawPublicKey(person.privateKey)));
  });

  it('is removed when its file is replaced by an unsigned one', async () => {
    const { engine, out } = await project();
    await engine.call('projectFile.export', { path: out, options: { protection: { sign: true } } });
    await engine.call('projectFile.export', { path: out, replace: true });
    expect(existsSync(`${out}.minisig`)).toBe(false);
  });
});

describe('A report', () => {
  it('is written as a table and as pages, with what matches the selection', async () => {
    const { engine, out, land, report } = await project();
    const place = (name: string): string => join(dirname(out), name);
    expect(await engine.call('report.count', {})).toEqual({ passages: 2, exhibits: 2, sources: 2, withPassages: 2 });
    expect(await engine.call('report.count', { only: { categories: [land] } })).toEqual({
      passages: 1,
      exhibits: 1,
      sources: 1,
      withPassages: 1,
    });
    const bare = await addFile(engine, 'bare.txt', 'Nothing is tagged here.\n');
    expect(await engine.call('report.count', {})).toEqual({ passages: 2, exhibits: 2, sources: 3, withPassages: 2 });
    const some = { sources: [report.id, bare.id] };
    expect(await engine.call('report.count', { only: some })).toEqual({
      passages: 1,
      exhibits: 1,
      sources: 2,
      withPassages: 1,
    });
    const whole = await engine.call('report.write', { path: place('all.csv'), format: 'csv' });
    expect(whole.exhibits).toBe(2);
    expect(readFileSync(place('all.csv'), 'utf8').trimEnd().split('\r\n')).toHaveLength(3);
    const only = { sources: [report.id] };
    await engine.call('report.write', { path: place('some.html'), format: 'html', only });
    const text = readFileSync(place('some.html'), 'utf8');
    expect(text).toContain('Land was transferred');
    expect(text).toContain(report.sha256);
    expect(text).not.toContain('organised in groups');
    expect(text).not.toContain('Look at it');
    expect(readdirSync(dirname(out)).toSorted()).toEqual(['all.csv', 'some.html']);
  });

  it('filters by a category with its subcategories, a state, and a person', async () => {
    const { engine, person } = await project();
    const [family] = await categoriesOf(engine, 'LND');
    if (family === undefined) throw new Error('The codebook has changed');
    const count = async (only: object) => (await engine.call('report.count', { only })).passages;
    expect(await count({ categories: [family] })).toBe(1);
    expect(await count({ states: ['coded'] })).toBe(2);
    expect(await count({ states: ['approved'] })).toBe(0);
    expect(await count({ people: [person.id] })).toBe(2);
    expect(await count({ people: [somebody('Ben').id] })).toBe(0);
  });

  it('starts with the decision, its reason and its person, followed by what each coder gave', async () => {
    const { engine, out, first, trained, land, folder } = await project();
    await engine.close();
    const ben = await openFor(folder, somebody('Ben'));
    await ben.call('tags.change', { passages: [first.id], add: [trained], remove: [] });
    const reason = 'It is about people';
    await ben.call('adjudications.decide', { passage: first.id, categories: [trained], reason });
    const write = async (format: 'csv' | 'html') => {
      await ben.call('report.write', { path: out, format, only: { categories: [land] }, replace: true });
      return readFileSync(out, 'utf8');
    };
    const [head = '', row = ''] = (await write('csv')).split('\r\n');
    expect(head).toContain('exhibit,final codes,final categories,outcome,decided by,decided on,reason');
    expect(row).toMatch(
      /^1,FIG\.ACT,[^,]+,decided,Ben,\d{4}-\d\d-\d\d,It is about people,LND\.RIGHTS,FIG\.ACT,Land was/,
    );
    const page = await write('html');
    expect(page.indexOf('FIG.ACT</bdi>, decided by <bdi>Ben</bdi>')).toBeGreaterThan(0);
    expect(page.indexOf(reason)).toBeLessThan(page.indexOf('Land was transferred'));
    // After an undo nothing is decided, and the report says so.
    await ben.call('history.undo', {});
    expect(await write('csv')).toContain('coders differ, undecided');
  });

  it.each(['html', 'csv', 'xlsx'] as const)(
    'reports its progress, and if stopped at any moment leaves the former file: %s',
    async (format) => {
      const { engine, out } = await project();
      writeFileSync(out, 'before');
      const phases: string[] = [];
      let stopAt: string | null = null;
      engine.onEvent(({ event, payload }) => {
        if (event !== 'export.progress') return;
        phases.push(payload.phase);
        if (payload.phase === stopAt) engine.interrupt();
      });
      const write = () => engine.call('report.write', { path: out, format, replace: true });
      stopAt = 'collecting';
      expect(await codeOf(write())).toBe('CANCELLED');
      const waiting = codeOf(write());
      stopAt = null;
      engine.interrupt();
      expect(await waiting).toBe('CANCELLED');
      expect(readFileSync(out, 'utf8')).toBe('before');
      expect(readdirSync(dirname(out))).toEqual([basename(out)]);
      phases.length = 0;
      await write();
      expect(phases.filter((phase) => phase !== 'writing')).toEqual(expect.arrayContaining(['collecting', 'done']));
      expect(readFileSync(out, 'latin1')).not.toBe('before');
    },
  );

  it('is one state of the project, whatever is changed while a table is written', async () => {
    const { engine, out, first, trained } = await project();
    const written = async (): Promise<string> => {
      await engine.call('report.write', { path: out, format: 'csv', replace: true });
      return readFileSync(out, 'utf8');
    };
    const before = await written();
    const changes: Promise<unknown>[] = [];
    const remove = engine.onEvent(({ event }) => {
      if (event !== 'export.progress' || changes.length > 0) return;
      changes.push(engine.call('tags.change', { passages: [first.id], add: [trained] }));
    });
    expect(await written()).toBe(before);
    remove();
    await Promise.all(changes);
    expect(changes).toHaveLength(1);
    expect(await written()).not.toBe(before);
  });

  it('of nothing is not written, and does not overwrite a file', async () => {
    const { engine, out } = await project();
    const write = (only: object) => codeOf(engine.call('report.write', { path: out, format: 'csv', only }));
    expect(await write({ states: ['released'] })).toBe('NOT_FOUND');
    writeFileSync(out, '');
    expect(await write({})).toBe('EXISTS');
    expect(readdirSync(dirname(out))).toEqual([basename(out)]);
    // A target whose folder is not a folder is reported as such, not as a system error.
    const path = join(out, 'below a file.csv');
    expect(await codeOf(engine.call('report.write', { path, format: 'csv', only: {} }))).toBe('NOT_FOUND');
    expect(await codeOf(engine.call('projectFile.export', { path }))).toBe('NOT_FOUND');
  });
});

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name));
}
