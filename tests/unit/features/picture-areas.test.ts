import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Area, LayerId, SourceId } from '../../../shared/model/index.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import { createEvidence } from '../../../electron/host/evidence.ts';
import { filesOf } from '../../../electron/host/project-folders.ts';
import { unzipped } from '../../support/bag.ts';
import { exif, jpeg, png, pngText } from '../../support/pictures.ts';
import { addFile, codeOf, testProject } from '../../support/project.ts';
import { answerStylesWith } from '../../support/page-styles.ts';
import { tempFolder } from '../../support/temp.ts';

const PICTURE = png(200, 100, { before: [pngText('Title', 'Notice board')] });
const PAGE = '<!doctype html><title>News</title><body><p>Villagers were organised in groups.</p></body>';

const areaOn = (engine: Engine, source: SourceId, layer: LayerId, area: Area) =>
  engine.call('passages.create', { source, layer, marked: { kind: 'area', page: 1, area } });

/** The parts of an exported annotation that another program would read. */
const annotations = z.object({
  first: z.object({
    items: z.array(
      z.object({
        target: z.object({
          source: z.looseObject({ id: z.string(), type: z.string(), format: z.string(), sha256: z.string() }),
          selector: z.array(z.object({ type: z.string(), conformsTo: z.string(), value: z.string() })),
        }),
      }),
    ),
  }),
});

async function exportedTarget(engine: Engine) {
  const path = join(tempFolder(), 'Study.sbk');
  await engine.call('projectFile.export', { path });
  const files = await unzipped(path);
  const [target] = annotations
    .parse(JSON.parse(files.get('Study/data/annotations.jsonld')?.toString() ?? ''))
    .first.items.map((item) => item.target);
  if (target === undefined) throw new Error('Nothing was exported.');
  return { target, names: [...files.keys()] };
}

async function withPicture() {
  const project = await testProject();
  const source = await addFile(project.engine, 'board.png', PICTURE);
  if (source.layer === null) throw new Error('A picture has a layer.');
  return { ...project, source, layer: source.layer };
}

describe('an image as a source', () => {
  it('has its size, no text and its own details', async () => {
    const { engine, source, layer } = await withPicture();
    expect(source).toMatchObject({ kind: 'image', title: 'Notice board', hasText: false, pages: 1, picture: null });
    expect(source.prefilled['title']).toBe('PNG text, Title');
    expect(await engine.call('layers.get', { id: layer })).toMatchObject({
      engine: 'image',
      pages: [{ box: [0, 0, 200, 100] }],
    });
  });

  it('takes areas on it, which can be moved, and none outside it', async () => {
    const { engine, source, layer } = await withPicture();
    const made = await areaOn(engine, source.id, layer, [10, 20, 60, 50]);
    expect(made.anchor).toEqual({ kind: 'area', page: 1, area: [10, 20, 60, 50] });
    const moved = await engine.call('passages.reshape', {
      id: made.id,
      marked: { kind: 'area', page: 1, area: [0, 0, 200, 100] },
    });
    expect(moved.anchor).toMatchObject({ area: [0, 0, 200, 100] });
    expect(await codeOf(areaOn(engine, source.id, layer, [200, 0, 250, 10]))).toBe('BAD_INPUT');
    expect(await codeOf(areaOn(engine, source.id, layer, [10, 10, 10, 40]))).toBe('BAD_INPUT');
  });

  it('is exported with its areas as pixels from the upper left', async () => {
    const { engine, source, layer } = await withPicture();
    await areaOn(engine, source.id, layer, [10, 20, 60, 50]);
    const { target, names } = await exportedTarget(engine);
    expect(target.selector).toEqual([
      {
        type: 'FragmentSelector',
        conformsTo: 'http://www.w3.org/TR/media-frags/',
        value: 'xywh=pixel:10,50,50,30',
      },
    ]);
    expect(target.source).toMatchObject({ type: 'Image', format: 'image/png', sha256: source.sha256 });
    expect(names).toContain(`Study/data/${target.source.id}`);
  });

  it('stored on its side has its areas on the upright image', async () => {
    const { engine } = await testProject();
    const source = await addFile(engine, 'photo.jpg', jpeg(200, 100, { tiff: exif({ orientation: 6 }) }));
    if (source.layer === null) throw new Error('A picture has a layer.');
    // Upright, it is 100 wide and 200 high, so a position above 100 is on it.
    await areaOn(engine, source.id, source.layer, [10.4, 150.2, 40.6, 190]);
    const { target } = await exportedTarget(engine);
    expect(target.selector[0]?.value).toBe('xywh=pixel:10,10,31,40');
    expect(await codeOf(areaOn(engine, source.id, source.layer, [120, 10, 150, 40]))).toBe('BAD_INPUT');
  });
});

describe('a page’s screenshot', () => {
  it('is a layer of its own that takes areas, which are exported on it', async () => {
    const { engine, folder } = await testProject();
    const path = join(tempFolder(), 'news.html');
    writeFileSync(path, PAGE);
    answerStylesWith(engine, folder, { png: PICTURE, width: 200, height: 100 });
    const { items } = await engine.call('import.run', { job: randomUUID(), paths: [path], pageStyles: true });
    const id = items[0]?.source ?? null;
    if (id === null) throw new Error('The page did not come in.');
    const source = await engine.call('sources.get', { id });
    const { layer, picture } = source;
    if (picture === null || layer === null) throw new Error('The page has no picture.');
    // A window is shown that picture, as bytes that no browser opens, and nothing else by that address.
    const shown = createEvidence(filesOf);
    const open = { engine, folder } as Parameters<typeof shown.picture>[0];
    const asked = { method: 'GET', range: null };
    const answer = await shown.picture(open, picture, asked);
    expect(Buffer.from(await answer.arrayBuffer()).equals(PICTURE)).toBe(true);
    expect(answer.headers.get('content-type')).toBe('application/octet-stream');
    expect(await codeOf(shown.picture(open, layer, asked))).toBe('NOT_FOUND');
    const made = await areaOn(engine, id, picture, [10, 20, 60, 50]);
    expect(made.layer).toBe(picture);
    // The text itself has no size on which anything could lie.
    expect(await codeOf(areaOn(engine, id, layer, [10, 20, 60, 50]))).toBe('BAD_INPUT');
    const { target } = await exportedTarget(engine);
    expect(target.selector[0]?.value).toBe('xywh=pixel:10,50,50,30');
    expect(target.source).toMatchObject({
      type: 'Image',
      format: 'image/png',
      id: expect.stringMatching(/^layers\//),
      'sb:pictureOf': { sha256: source.sha256, type: 'Text' },
    });
  });

  it('is restored with a page whose import was undone', async () => {
    const { engine, folder } = await testProject();
    const path = join(tempFolder(), 'news.html');
    writeFileSync(path, PAGE);
    answerStylesWith(engine, folder, { png: PICTURE, width: 200, height: 100 });
    const add = () => engine.call('import.run', { job: randomUUID(), paths: [path], pageStyles: true });
    const id = (await add()).items[0]?.source ?? null;
    if (id === null) throw new Error('The page did not come in.');
    const { picture } = await engine.call('sources.get', { id });
    await engine.call('history.undo', {});
    expect((await engine.call('sources.get', { id })).deleted).toBe(true);
    await add();
    expect(await engine.call('sources.get', { id })).toMatchObject({ deleted: false, picture });
    expect(picture).not.toBeNull();
  });
});
