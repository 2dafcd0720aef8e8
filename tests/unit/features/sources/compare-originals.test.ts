import { randomUUID } from 'node:crypto';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Edit } from '../../../../electron/db/types.ts';
import type { Engine } from '../../../../electron/engine/engine.ts';
import { applyStyles } from '../../../../electron/formats/page/apply-styles.ts';
import { textSha256 } from '../../../../electron/formats/layer.ts';
import { openOriginals } from '../../../../electron/project/files/originals.ts';
import { layerIdOf } from '../../../../electron/project/ids.ts';
import {
  decodeLayerFile,
  encodeLayerFile,
  type LayerContent,
  openLayerFile,
} from '../../../../shared/text/layer-file.ts';
import type { Source } from '../../../../shared/model/index.ts';
import { makePdf } from '../../../support/pdf.ts';
import { addFile, faultOf, openFor, testProject } from '../../../support/project.ts';
import { writeBehind } from '../../../support/review.ts';
import { tempFolder } from '../../../support/temp.ts';

const HTML = '<!doctype html><title>Report</title><p>工人自愿参加</p><p class="x">收入增长</p>';

/** A project with a PDF, a saved page and a text file. */
async function withSources() {
  const { engine, folder, person } = await testProject();
  const pdf = await addFile(engine, 'report.pdf', await makePdf([['Workers join freely']]));
  const page = await addFile(engine, 'page.html', HTML);
  await addFile(engine, 'note.txt', '工人自愿参加\n');
  return { engine, folder, person, pdf, page };
}
type Made = Awaited<ReturnType<typeof withSources>>;

/** The content of a source’s layer. */
async function layerOf({ engine, folder }: Made, source: Source): Promise<LayerContent> {
  if (source.layer === null) throw new Error('It has text');
  const { sha256 } = await engine.call('layers.get', { id: source.layer });
  return decodeLayerFile(openOriginals(folder).readLayer(sha256));
}

/** Another program signs a second layer of a source, all of whose hashes are right; the project is opened again. */
async function withLayer(made: Made, source: Source, content: LayerContent, id?: string): Promise<Engine> {
  const { engine, folder, person } = made;
  await engine.close();
  const bytes = encodeLayerFile(content);
  const file = openLayerFile(bytes);
  const hash = openOriginals(folder).putLayer(bytes);
  const layer = id ?? layerIdOf(source.id, file.engine, file.version, textSha256(file));
  const fields = {
    source: source.id,
    engine: file.engine,
    version: file.version,
    sha256: hash,
    frozen: file.frozen,
    length: file.length,
    pageCount: file.pages.length,
    hasText: true,
    notes: [],
  };
  writeBehind(folder, person, 'Extract text again', [
    ...Object.entries(fields).map(([field, value]) => ({ entity: 'layer', id: layer, field, value }) as Edit),
    { entity: 'source', id: source.id, field: 'layer', value: layer },
  ]);
  return openFor(folder, person);
}

const compared = async (engine: Engine) => {
  const { failures, ...rest } = await engine.call('sources.compareOriginals', {});
  return { ...rest, failures: failures.map(({ kind, message }) => `${kind}: ${message}`) };
};

it('finds every text as its original says it, and tells how far it is', async () => {
  const { engine } = await withSources();
  const progress: unknown[] = [];
  engine.onEvent(({ event, payload }) => event === 'verify.progress' && progress.push(payload));
  const nothing = { otherVersion: 0, unread: 0, locked: 0, failures: [], remarks: [] };
  expect(await compared(engine)).toEqual({ compared: 3, ...nothing });
  expect(progress).toEqual([1, 2, 3].map((done) => ({ done, total: 3 })));
});

it('names a PDF’s layer with words, or places of words, that its original lacks', async () => {
  const made = await withSources();
  const content = await layerOf(made, made.pdf);
  const pages = content.pages.map((page) => ({ ...page, text: page.text.replace('freely', 'forced') }));
  const engine = await withLayer(made, made.pdf, { ...content, pages });
  expect((await engine.call('project.verify', {})).failures).toEqual([]);
  const words = 'layer: The text layer of “report.pdf” has words that aren’t in its original.';
  expect(await compared(engine)).toMatchObject({ compared: 4, failures: [words] });

  const moved = content.pages.map((page) => ({ ...page, geometry: null }));
  const again = await withLayer({ ...made, engine }, made.pdf, { ...content, pages: moved });
  expect((await compared(again)).failures.toSorted()).toEqual([
    'layer: The text layer of “report.pdf” has its words at other places than its original.',
    words,
  ]);
});

it('names a page frozen from something else, with the styles that a window read or without', async () => {
  const made = await withSources();
  const { folder, page } = made;
  const content = await layerOf(made, page);
  const files = openOriginals(folder);
  const frozen = files.readLayer(content.frozen ?? page.sha256);
  const styledFrom = (bytes: Uint8Array) => {
    const input = { frozen: bytes, layerFile: encodeLayerFile(content), browser: 'Chromium' };
    // It says how many elements there are.
    const none = applyStyles({ ...input, styles: [] });
    const count = none.ok ? 0 : Number(none.error.context?.['here']);
    const styles = Array.from({ length: count }, (_, k) => (k === count - 1 ? 'h' : ''));
    const read = applyStyles({ ...input, styles });
    if (!read.ok || read.value.frozen === null) throw new Error(JSON.stringify(read));
    files.putLayer(read.value.frozen);
    const id = layerIdOf(page.id, read.value.engine, read.value.version, read.value.textSha256);
    return { content: decodeLayerFile(read.value.layerFile), id, text: openLayerFile(read.value.layerFile).text() };
  };
  const own = styledFrom(frozen);
  expect(own.text).not.toContain('收入增长');
  const engine = await withLayer(made, page, own.content, own.id);
  expect(await compared(engine)).toMatchObject({ compared: 4, unread: 0, otherVersion: 0, failures: [] });

  const forged = new TextEncoder().encode(new TextDecoder().decode(frozen).replace('自愿', '被迫'));
  const other = styledFrom(forged);
  const again = await withLayer({ ...made, engine }, page, other.content, other.id);
  expect((await again.call('project.verify', {})).failures).toEqual([]);
  expect((await compared(again)).failures).toEqual([
    'layer: The text layer of “Report” belongs to another page than its original.',
  ]);
});

it('says of a layer that another version made, and of a source that can’t be read, that it wasn’t compared', async () => {
  const made = await withSources();
  const content = await layerOf(made, made.pdf);
  const engine = await withLayer(made, made.pdf, { ...content, version: '0' });
  const path = openOriginals(made.folder).originalPath(made.page.sha256);
  rmSync(path, { force: true });
  expect(await compared(engine)).toEqual({
    compared: 2,
    otherVersion: 1,
    unread: 1,
    locked: 0,
    failures: [],
    remarks: [
      '1 text layer was made by another version (pdfium 0), and not compared.',
      '“Report” wasn’t compared: its original is missing or damaged.',
    ],
  });
});

it('reads a protected PDF with its password alone, and says what is locked', async () => {
  const { engine } = await testProject();
  const path = join(tempFolder(), 'locked.pdf');
  writeFileSync(path, await makePdf([['Workers join freely']], { password: 'open sesame' }));
  await engine.call('import.run', { job: randomUUID(), paths: [path], passwords: ['open sesame'] });
  const read = async (passwords: string[]) => {
    const { compared: count, locked, remarks } = await engine.call('sources.compareOriginals', { passwords });
    return [count, locked, ...remarks];
  };
  const locked = (why: string) => [0, 1, `“locked.pdf” wasn’t compared: it is protected by a password${why}`];
  expect(await read([])).toEqual(locked(', which wasn’t given.'));
  expect(await read(['wrong'])).toEqual(locked(', and no password that was given opens it.'));
  expect(await read(['wrong', 'open sesame'])).toEqual([1, 0]);
});

it('stops when asked, and can be started again', async () => {
  const { engine } = await withSources();
  const running = faultOf(engine.call('sources.compareOriginals', {}));
  expect((await faultOf(engine.call('sources.compareOriginals', {}))).code).toBe('NOT_ALLOWED');
  await engine.call('sources.stopComparing', {});
  expect((await running).code).toBe('CANCELLED');
  expect((await compared(engine)).compared).toBe(3);
});
