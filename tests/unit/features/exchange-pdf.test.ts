import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { describe, expect, it } from 'vitest';
import { unzipped } from '../../support/bag.ts';
import { has, run } from '../../support/programs.ts';
import { addFile, categoriesOf, codeOf, mark, somebody, testProject } from '../../support/project.ts';
import { makePdf } from '../../support/pdf.ts';
import { tempFolder } from '../../support/temp.ts';

/** What pdf.js reads of the annotations of a page. */
async function annotationsOf(path: string, page = 1): Promise<Record<string, unknown>[]> {
  const task = getDocument({ data: new Uint8Array(readFileSync(path)), verbosity: 0 });
  const found: Record<string, unknown>[] = await (await (await task.promise).getPage(page)).getAnnotations();
  await task.destroy();
  return found;
}
const textsOf = (found: readonly Record<string, unknown>[]) =>
  found.map(({ titleObj, contentsObj }) => [titleObj, contentsObj].map((one) => (one as { str: string }).str));

async function county() {
  const { engine, folder, person } = await testProject({ title: 'County', person: somebody('Ann Miller') });
  const bytes = await makePdf([['The county placed surplus workers.', 'Land was transferred.'], ['A second page.']]);
  const pdf = await addFile(engine, 'plan.pdf', bytes);
  const passage = await mark(engine, pdf.id, 'surplus workers', {
    categories: await categoriesOf(engine, 'LND.RIGHTS'),
    memo: 'Ann Miller read this (twice).',
  });
  const area = await engine.call('passages.create', {
    source: pdf.id,
    layer: passage.layer,
    marked: { kind: 'area', page: 2, area: [100, 100, 200, 180] },
  });
  return { engine, folder, person, pdf, bytes, passage, area };
}

describe('A project as annotated PDFs', () => {
  it('has passages as annotations over the original’s own bytes, and says what it lacks', async () => {
    const { engine, bytes, passage } = await county();
    await addFile(engine, 'notice.txt', 'A text.\n');
    const path = join(tempFolder(), 'plan.pdf');
    const made = await engine.call('exchange.export', { path, format: 'pdf' });
    const { path: _, bytes: length, ...counts } = made;
    expect(await engine.call('exchange.outline', { format: 'pdf' })).toEqual(counts);
    expect(counts).toMatchObject({ sources: 1, passages: 2, tags: 1, notes: 1, categories: 0 });
    expect(counts.notCarried.map(({ kind }) => kind)).toEqual(['Source', 'Tag']);
    const written = readFileSync(path);
    expect(written.length).toBe(length);
    expect(written.subarray(0, bytes.length).equals(bytes)).toBe(true);
    expect(textsOf(await annotationsOf(path))).toEqual([
      ['Ann Miller', expect.stringMatching(/^LND\.RIGHTS .+\n\nAnn Miller read this \(twice\)\.$/)],
    ]);
    expect((await annotationsOf(path, 2)).map(({ subtype, rect }) => [subtype, rect])).toEqual([
      ['Square', [100, 100, 200, 180]],
    ]);
    expect(written.includes(`(urn:uuid:${passage.id})`)).toBe(true);
    expect(await codeOf(engine.call('exchange.export', { path, format: 'pdf' }))).toBe('EXISTS');
  });

  it('is a folder or a zip where several have passages, and names those that can’t be annotated', async () => {
    const { engine, pdf } = await county();
    const other = await addFile(engine, 'other.pdf', await makePdf([['Other surplus workers.']]));
    await mark(engine, other.id, 'Other');
    const folder = join(tempFolder(), 'pdfs');
    expect(await codeOf(engine.call('exchange.export', { path: `${folder}.pdf`, format: 'pdf' }))).toBe('BAD_INPUT');
    expect(await engine.call('exchange.export', { path: folder, format: 'pdf' })).toMatchObject({
      sources: 2,
      passages: 3,
    });
    expect(readdirSync(folder).toSorted()).toEqual(['other.pdf', 'plan.pdf']);
    expect(await codeOf(engine.call('exchange.export', { path: folder, format: 'pdf', replace: true }))).toBe('EXISTS');
    const locked = await addFile(engine, 'locked.pdf', await makePdf([['Locked words.']], { password: '' }));
    await mark(engine, locked.id, 'Locked');
    const zip = `${folder}.zip`;
    const made = await engine.call('exchange.export', { path: zip, format: 'pdf' });
    expect(made).toMatchObject({ sources: 2, passages: 3 });
    expect(made.notCarried).toContainEqual({ kind: 'PDF', count: 1, why: expect.stringContaining('encrypted') });
    if (has('unzip')) expect(run('unzip', '-l', zip)).toMatch(/plan\.pdf[^]*other\.pdf/);
    // One PDF is in a zip, too, where a zip was asked for.
    const one = `${folder}-one.zip`;
    await engine.call('exchange.export', { path: one, format: 'pdf', only: { sources: [pdf.id] } });
    expect([...(await unzipped(one)).keys()]).toEqual(['plan.pdf']);
    const only = { sources: [locked.id], categories: [], people: [], states: [] };
    const alone = join(tempFolder(), 'locked.pdf');
    expect(await codeOf(engine.call('exchange.export', { path: alone, format: 'pdf', only }))).toBe('UNSUPPORTED');
    expect(existsSync(alone)).toBe(false);
  });

  it('is not made of an original that was altered, and neither is a REFI-QDA project', async () => {
    const { engine, folder, pdf, bytes } = await county();
    const stored = join(folder, 'originals', pdf.sha256.slice(0, 2), pdf.sha256);
    const altered = Buffer.from(bytes);
    // “%PDF-1.7” with another version: it is still read, and its words are the same.
    altered[7] = (altered[7] ?? 0) === 0x34 ? 0x35 : 0x34;
    chmodSync(stored, 0o600);
    writeFileSync(stored, altered);
    for (const format of ['pdf', 'qdpx'] as const) {
      const path = join(tempFolder(), `county.${format}`);
      expect(await codeOf(engine.call('exchange.export', { path, format }))).toBe('DAMAGED');
      expect(existsSync(path)).toBe(false);
    }
  });

  it('names nobody under pseudonyms', async () => {
    const { engine } = await county();
    const path = join(tempFolder(), 'plan.pdf');
    await engine.call('exchange.export', { path, format: 'pdf', pseudonyms: true });
    const [[author, contents] = []] = textsOf(await annotationsOf(path));
    expect(author).toBe('Coder 1');
    expect(contents).toContain('Coder 1 read this (twice).');
    const written = readFileSync(path);
    for (const name of ['Ann Miller', 'Miller']) expect(written.includes(name)).toBe(false);
    // The day of an edit, and not its hour.
    expect((await annotationsOf(path)).map(({ creationDate }) => creationDate)).toEqual([
      expect.stringMatching(/^D:\d{8}000000Z$/),
    ]);
    const other = join(tempFolder(), 'a.qdpx');
    expect(await codeOf(engine.call('exchange.export', { path: other, format: 'qdpx', pseudonyms: true }))).toBe(
      'NOT_ALLOWED',
    );
  });
});
