import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openProject } from '../../../electron/db/index.ts';
import { openOriginals } from '../../../electron/project/files/originals.ts';
import { createEvidence } from '../../../electron/host/evidence.ts';
import { openEngine } from '../../../electron/engine/engine.ts';
import { importProjectFile, verifyProjectFile } from '../../../electron/engine/import-project-file.ts';
import type { LayerId, Sha256, SourceId } from '../../../shared/model/index.ts';
import { decodeLayerFile, encodeLayerFile } from '../../../shared/text/layer-file.ts';
import { bagFaults, unzipped } from '../../support/bag.ts';
import { addFile, faultOf, mark, newFolder, openFor, somebody } from '../../support/project.ts';
import { readersOfFile } from '../../support/readers.ts';
import { makeFolder, removeFolder, tempFolder } from '../../support/temp.ts';

const PAGE = '<!doctype html><title>News</title><p>Nobody was organised against their will.</p>';

const person = somebody('Ann');
let place = '';
/** A project with the page and a passage on it, and a copy of it from before the page was added. */
let made: { folder: string; before: string; source: SourceId; layer: LayerId; sha256: Sha256; frozen: Sha256 };
beforeAll(async () => {
  place = makeFolder();
  const folder = newFolder({ at: place, person });
  const before = join(place, 'Before.sourcebook');
  cpSync(folder, before, { recursive: true });
  const engine = await openEngine({ folder, person, installation: person.id, readers: readersOfFile() });
  const { id: source, layer } = await addFile(engine, 'news.html', PAGE);
  await mark(engine, source, 'Nobody was organised');
  if (layer === null) throw new Error('The page has no text');
  const { sha256, frozen } = await engine.call('layers.get', { id: layer });
  if (frozen === null) throw new Error('The page was not frozen');
  await engine.close();
  made = { folder, before, source, layer, sha256, frozen };
});
afterAll(() => removeFolder(place));

/**
 * A sender's project whose frozen page is not what was frozen: page and layer are stored by their own hashes, and the log that
 * names them is signed by the sender, so that every hash and signature is right.
 */
function forgedBy(forge: (html: string) => string, more: { forgetPage?: boolean } = {}) {
  const { source, layer, sha256, frozen } = made;
  const [folder, copy] = [join(tempFolder(), 'Sent.sourcebook'), join(tempFolder(), 'Copy.sourcebook')];
  cpSync(made.folder, folder, { recursive: true });
  cpSync(made.before, copy, { recursive: true });
  const files = openOriginals(folder);
  const html = forge(new TextDecoder().decode(files.readLayer(frozen)));
  const forgedPage = files.putLayer(new TextEncoder().encode(html));
  const forgedLayer = files.putLayer(
    encodeLayerFile({ ...decodeLayerFile(files.readLayer(sha256)), frozen: forgedPage }),
  );
  const db = openProject({ folder, person });
  db.write.commit('Forge', [
    { entity: 'layer', id: layer, field: 'sha256', value: forgedLayer },
    { entity: 'layer', id: layer, field: 'frozen', value: more.forgetPage === true ? frozen : forgedPage },
  ]);
  db.close();
  return { layer, forgedPage, folder, copy, source };
}

/** The same, with the project file that is sent. */
async function sentBy(...forging: Parameters<typeof forgedBy>) {
  const forged = forgedBy(...forging);
  const file = join(tempFolder(), 'sent.sbk');
  const engine = await openFor(forged.folder, person);
  await engine.call('projectFile.export', { path: file });
  expect(bagFaults(await unzipped(file))).toEqual([]);
  await engine.close();
  return { file, ...forged };
}

const SCRIPT = (html: string): string =>
  html.replace('</body>', '<script>fetch("https://example.org")</script></body>');
const OTHER_WORDS = (html: string): string => html.replace('Nobody was', 'They were');

describe('a frozen page that was altered, with every hash adjusted', () => {
  it.each([
    ['says other words', (html: string) => html.replace('Nobody was', 'They were'), 'doesn’t match its text layer'],
    [
      'holds a script',
      (html: string) => html.replace('</body>', '<script>fetch("https://example.org")</script></body>'),
      '<script>',
    ],
    ['runs something when it is touched', (html: string) => html.replace('<p>', '<p onclick="x()">'), 'onclick'],
    [
      'moves when it is read',
      (html: string) => html.replace('<p>', '<p></p><table>!</table><p>'),
      'markup that changes',
    ],
  ])('and %s is found, reported once, and never imported', async (_what, forge, told) => {
    const { file, forgedPage } = await sentBy(forge);
    const { ok, failures } = await verifyProjectFile(file, person);
    expect(ok).toBe(false);
    expect(failures.map(({ kind, id }) => [kind, id])).toEqual([['frozen', forgedPage]]);
    expect(failures[0]?.message).toContain(told);
    expect(failures[0]?.message).toMatch(/Don’t rely on this view\. Restore the layer from a copy of the project\.$/);
    const folder = join(tempFolder(), 'There.sourcebook');
    expect((await faultOf(importProjectFile({ file, folder, person }))).code).toBe('DAMAGED');
  });

  it('is reported if the log names one page and the layer another', async () => {
    const { file, layer } = await sentBy((html) => html.replace('Nobody', 'Somebody'), { forgetPage: true });
    const { failures } = await verifyProjectFile(file, person);
    expect(failures.map(({ kind, id }) => [kind, id])).toEqual([['frozen', layer]]);
  });

  it.each([
    ['holds a script', SCRIPT, 'isn’t inert: it contains <script>'],
    ['says other words', OTHER_WORDS, 'doesn’t match its text layer'],
  ])('and %s is not shown where its folder was opened, restored or merged earlier', async (_what, forge, told) => {
    const { folder, layer } = forgedBy(forge);
    const engine = await openFor(folder, person);
    const { code, message } = await faultOf(engine.call('layers.frozen', { id: layer }));
    expect(code).toBe('DAMAGED');
    expect(message).toContain(told);
    // Asked again, it is refused again.
    expect((await faultOf(engine.call('layers.frozen', { id: layer }))).code).toBe('DAMAGED');
    const evidence = createEvidence((at) => ({ ...openOriginals(at), readPendingPage: () => new Uint8Array() }));
    const request = { method: 'GET', range: null, toPrint: false };
    for (const toPrint of [false, true])
      expect((await faultOf(evidence.frozenPage({ folder, engine }, layer, { ...request, toPrint }))).code).toBe(
        'DAMAGED',
      );
  });

  it('is not shown where the log names one page and the layer another', async () => {
    const { folder, layer } = forgedBy((html) => html.replace('Nobody', 'Somebody'), { forgetPage: true });
    const engine = await openFor(folder, person);
    expect((await faultOf(engine.call('layers.frozen', { id: layer }))).code).toBe('DAMAGED');
  });

  it('is shown if it was not altered', async () => {
    const { folder, layer, forgedPage } = forgedBy((html) => html);
    const engine = await openFor(folder, person);
    expect(await engine.call('layers.frozen', { id: layer })).toEqual({ sha256: forgedPage });
  });

  it('stored before pages had a budget is shown without what would keep the window busy', async () => {
    const svg = (id: number): string =>
      `<g id="g${id}"><use href="#g${id - 1}"></use><use href="#g${id - 1}"></use></g>`;
    const levels = Array.from({ length: 30 }, (_, id) => svg(id + 1)).join('');
    const { folder, layer, forgedPage } = forgedBy((html) =>
      html.replace('</body>', `<svg><g id="g0"></g>${levels}</svg></body>`),
    );
    const engine = await openFor(folder, person);
    const { sha256, shown: cut = '', isCut } = await engine.call('layers.frozen', { id: layer });
    expect(sha256).toBe(forgedPage);
    expect(isCut).toBe(true);
    expect(cut).not.toContain('href="#g29"');
    const evidence = createEvidence((at) => ({ ...openOriginals(at), readPendingPage: () => new Uint8Array() }));
    const served = await evidence.frozenPage({ folder, engine }, layer, { method: 'GET', range: null, toPrint: false });
    expect(await served.text()).toBe(cut);
  });

  it.each(['the same project', 'another project'])('is not merged from %s', async (from) => {
    const { file, forgedPage, copy, source } = await sentBy(SCRIPT);
    const isOther = from === 'another project';
    const ben = somebody('Ben');
    const folder = isOther ? newFolder({ person: ben }) : copy;
    const engine = await openFor(folder, ben);
    const report = await engine.call('merge.apply', { path: file, ...(isOther ? { add: { sources: [source] } } : {}) });
    // The layer and page it had before are in the log, too, and no file has them any more.
    expect(report.refused).toContainEqual({ id: forgedPage, reason: expect.stringContaining('<script>') });
    expect(openOriginals(folder).hasLayer(forgedPage)).toBe(false);
    const { failures } = await engine.call('project.verify', {});
    expect(failures).toMatchObject([{ kind: 'frozen', id: forgedPage }]);
  });

  it('is not reported if it was not altered', async () => {
    const { file } = await sentBy((html) => html);
    expect((await verifyProjectFile(file, person)).failures).toEqual([]);
  });
});
