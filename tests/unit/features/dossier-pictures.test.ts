import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pngPixels } from '../../../electron/formats/image/png-pixels.ts';
import type { Engine } from '../../../electron/engine/engine.ts';
import type { Area, LayerId, Source } from '../../../shared/model/index.ts';
import { answerStylesWith } from '../../support/page-styles.ts';
import { makePdf } from '../../support/pdf.ts';
import { png, webp } from '../../support/pictures.ts';
import { addFile, mark, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

const from = { kind: 'filters' as const };

/** What an exhibit shows: its picture, and what is said beneath it. */
async function shown(engine: Engine, exhibit = 1, passwords: string[] = []) {
  const { html } = await engine.call('dossier.show', { from, exhibit, passwords });
  const part = (html.split('The passage in its page')[1] ?? '').split('</div>');
  const [, picture] = /src="data:image\/png;base64,([^"]*)"/.exec(part[0] ?? '') ?? [];
  const says = (/<p class="note">(.*?)<\/p>/.exec(part[1] ?? '')?.[1] ?? '').replaceAll(/<[^>]*>/g, '');
  return { picture: picture === undefined ? null : Buffer.from(picture, 'base64'), says, html: part[0] ?? '' };
}

const areaOn = (engine: Engine, { id, layer }: Pick<Source, 'id'> & { layer: LayerId | null }, area: Area) => {
  if (layer === null) throw new Error('It has a layer');
  return engine.call('passages.create', { source: id, layer, marked: { kind: 'area', page: 1, area } });
};

/** The green of a pixel of a picture. */
function greenAt(picture: Buffer | null, x: number, y: number): number {
  const read = picture === null ? null : pngPixels(picture, 1e7);
  if (read?.ok !== true) throw new Error('There is no picture');
  return read.value.rgb[3 * (y * read.value.width + x) + 1] ?? -1;
}

it('an area of an image is drawn with a frame around it, and without what is masked', async () => {
  const { engine } = await testProject();
  const source = await addFile(engine, 'board.png', png(200, 100, { paint: (x) => [0, x, 0] }));
  await areaOn(engine, source, [100, 30, 150, 60]);
  const { picture, says, html } = await shown(engine);
  expect(says).toContain('From the original image; the mark is ours');
  expect(html).toContain('Part of the image, with the passage of exhibit 1 outlined.');
  expect([greenAt(picture, 120, 55), greenAt(picture, 120, 37), greenAt(picture, 20, 50)]).toEqual([120, 0, 20]);
  const masked = { kind: 'area' as const, page: 1, area: [10, 40, 40, 60] as Area };
  if (source.layer === null) throw new Error('It has a layer');
  await engine.call('masks.add', { source: source.id, layer: source.layer, marked: masked, reason: 'Private person' });
  const after = await shown(engine);
  expect([greenAt(after.picture, 20, 50), greenAt(after.picture, 60, 50)]).toEqual([0, 60]);
  expect((await engine.call('dossier.preview', { from })).exhibits).toMatchObject([{ picture: 'image' }]);
});

it('an image that can’t be drawn is said to be so, plainly', async () => {
  const { engine } = await testProject();
  const source = await addFile(engine, 'board.webp', webp('lossy', 200, 100));
  await areaOn(engine, source, [100, 30, 150, 60]);
  const { picture, says } = await shown(engine);
  expect(picture).toBeNull();
  expect(says).toContain('not drawn here; see the original. No picture could be drawn: images of this format');
});

it('an area of a page’s screenshot is drawn from the screenshot, unless something in the page is masked', async () => {
  const { engine, folder } = await testProject();
  answerStylesWith(engine, folder, { png: png(120, 80, { paint: (x) => [0, x, 0] }), width: 120, height: 80 });
  const path = join(tempFolder(), 'news.html');
  writeFileSync(path, '<!doctype html><title>News</title><p>Villagers were organised by Aynur Memet.</p>');
  const { items } = await engine.call('import.run', { job: randomUUID(), paths: [path], pageStyles: true });
  const id = items[0]?.source;
  if (id === undefined || id === null) throw new Error('The page did not come in');
  const source = await engine.call('sources.get', { id });
  await areaOn(engine, { id, layer: source.picture }, [50, 30, 70, 50]);
  const { picture, says } = await shown(engine);
  expect(says).toContain('From the screenshot that was taken when the page was added');
  expect(greenAt(picture, 60, 40)).toBe(60);
  const planned = () => engine.call('dossier.preview', { from });
  expect((await planned()).exhibits).toMatchObject([{ picture: 'screenshot' }]);
  const { layer, start, end } = await engine.call('passages.find', { source: id, quote: { exact: 'Aynur Memet' } });
  await engine.call('masks.add', { source: id, layer, marked: { kind: 'text', start, end }, reason: 'Private person' });
  const after = await shown(engine);
  expect(after.picture).toBeNull();
  expect(after.says).toContain('masked words have no place on a page');
  // The preview says beforehand that it has none.
  const { exhibits, warnings } = await planned();
  expect(exhibits).toMatchObject([{ picture: 'words' }]);
  expect(warnings).toContainEqual({ kind: 'noPicture', exhibits: [1] });
});

it('a protected PDF is drawn with its password, which a person gives; without, the exhibit says why it isn’t', async () => {
  const { engine } = await testProject();
  const path = join(tempFolder(), 'report.pdf');
  writeFileSync(path, await makePdf([['Work teams called on every household.']], { password: 'open sesame' }));
  await engine.call('import.run', { job: randomUUID(), paths: [path], passwords: ['open sesame'] });
  const [source] = (await engine.call('sources.list', {})).sources;
  if (source === undefined) throw new Error('The PDF did not come in');
  await mark(engine, source.id, 'called on every household');
  const { exhibits, warnings } = await engine.call('dossier.preview', { from });
  expect(exhibits).toMatchObject([{ picture: 'page', isProtected: true }]);
  expect(warnings).toContainEqual({ kind: 'protected', exhibits: [1] });
  const without = await shown(engine);
  expect(without.picture).toBeNull();
  expect(without.says).toContain('No picture could be drawn: its document is protected by a password.');
  expect(without.html).toContain('called on every household');
  expect((await shown(engine, 1, ['wrong'])).says).toContain('No picture could be drawn: ');
  const drawn = await shown(engine, 1, ['wrong', 'open sesame']);
  expect(drawn.says).toContain('Drawn from the original by PDFium');
  expect(drawn.picture).not.toBeNull();
  const to = join(tempFolder(), 'dossier.html');
  await engine.call('dossier.export', { from, path: to, format: 'html', passwords: ['open sesame'] });
  // It is in no file of the project, and in no commit.
  const { commits } = await engine.call('history.list', {});
  expect(JSON.stringify(commits)).not.toContain('sesame');
});
