import iconv from 'iconv-lite';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openProject } from '../../../../electron/db/index.ts';
import { query } from '../../../../electron/db/types.ts';
import { openEngine } from '../../../../electron/engine/engine.ts';
import type { SourceId } from '../../../../shared/model/index.ts';
import { png, type Rgb } from '../../../support/pictures.ts';
import { readersOfFile } from '../../../support/readers.ts';
import { answerStylesWith } from '../../../support/page-styles.ts';
import { desk, folderOf, type Desk } from './support.ts';

const GB = iconv.encode('<!doctype html><title>柳泉县</title><p>全县转移就业</p><p hidden>菜单</p>', 'gb18030');

/** Imports one file and returns its line of the report. */
async function added({ engine }: Desk, name: string, bytes: Uint8Array | string, pageStyles = false) {
  const paths = [folderOf({ [name]: bytes })];
  const { items } = await engine.call('import.run', { job: name, paths, pageStyles });
  const [item] = items;
  if (item === undefined || item.source === null) throw new Error(`not added: ${JSON.stringify(item)}`);
  return { id: item.source, notes: item.notes };
}
const textNow = async ({ engine }: Desk, id: SourceId): Promise<string> => {
  const { layer } = await engine.call('sources.get', { id });
  if (layer === null) throw new Error('no layer');
  return (await engine.call('layers.text', { id: layer })).text;
};
const layers = async ({ engine }: Desk, source: SourceId) => (await engine.call('layers.list', { source })).layers;

/** A window that answers what is wanted: all elements named in `hidden` by their number are hidden. */
function windowFor({ engine }: Desk, hidden: (count: number) => string[]): void {
  engine.onEvent((event) => {
    if (event.event !== 'pageStyles.wanted') return;
    const { token } = event.payload;
    const answer = async () => {
      const { mine } = await engine.call('pageStyles.take', { token });
      const { resources } = await engine.call('pageStyles.page', { token });
      expect([mine, resources]).toEqual([true, []]);
      await engine.call('pageStyles.done', { token, browser: 'Chromium 156', styles: hidden(8), picture: null });
    };
    void answer();
  });
}

describe('extracting the text again', () => {
  it('with another encoding makes a newer text layer, and undo restores the one before', async () => {
    const at = await desk();
    const { id } = await added(at, 'page.html', GB);
    expect(await textNow(at, id)).toBe('全县转移就业');
    const wrong = await at.engine.call('layers.remake', { source: id, charset: 'windows-1251' });
    expect(wrong.same).toBe(false);
    expect(await textNow(at, id)).not.toContain('转移');
    expect((await layers(at, id)).map(({ charset, current }) => [charset, current])).toEqual([
      ['windows-1251', true],
      [null, false],
    ]);
    const { label } = await at.engine.call('history.undo', {});
    expect(label).toContain('again as windows-1251');
    expect(await textNow(at, id)).toBe('全县转移就业');
  });

  it('with the same result makes the same layer current again', async () => {
    const at = await desk();
    const { id } = await added(at, 'page.html', GB);
    const before = await at.engine.call('sources.get', { id });
    expect(await at.engine.call('layers.remake', { source: id })).toMatchObject({ layer: before.layer, same: true });
    await at.engine.call('layers.remake', { source: id, charset: 'big5' });
    const again = await at.engine.call('layers.remake', { source: id, charset: 'gb18030' });
    expect(again).toMatchObject({ layer: before.layer, same: false });
    expect(await layers(at, id)).toHaveLength(2);
  });

  it('updates the page’s own details, except those a person edited', async () => {
    const at = await desk();
    const garbled = iconv.encode('<!doctype html><meta charset="windows-1252"><title>柳泉县</title><p>转移', 'gb18030');
    const { id } = await added(at, 'page.html', garbled);
    const title = async () => (await at.engine.call('sources.get', { id })).title;
    expect(await title()).not.toBe('柳泉县');
    await at.engine.call('layers.remake', { source: id, charset: 'gb18030' });
    expect(await title()).toBe('柳泉县');
    await at.engine.call('history.undo', {});
    expect(await title()).not.toBe('柳泉县');
    await at.engine.call('sources.edit', { id, patch: { title: 'County news' } });
    await at.engine.call('layers.remake', { source: id, charset: 'gb18030' });
    expect(await title()).toBe('County news');
  });

  it('takes a new screenshot; one with areas on it stays', async () => {
    const at = await desk();
    const pictureOf = async () => (await at.engine.call('sources.get', { id })).picture;
    const looks = (colour: Rgb) => ({ png: png(20, 10, { paint: () => colour }), width: 20, height: 10 });
    let now = looks([200, 0, 0]);
    answerStylesWith(at.engine, at.folder, {
      get png() {
        return now.png;
      },
      width: 20,
      height: 10,
    });
    const { id } = await added(at, 'page.html', GB, true);
    const first = await pictureOf();
    now = looks([0, 200, 0]);
    await at.engine.call('layers.remake', { source: id, charset: 'big5', pageStyles: true });
    const second = await pictureOf();
    expect([first === null, second === null, second === first]).toEqual([false, false, false]);
    // Removing and restoring the source does not restore the first layer.
    await at.engine.call('sources.remove', { ids: [id] });
    await at.engine.call('sources.restore', { ids: [id] });
    expect(await pictureOf()).toBe(second);
    if (second === null) throw new Error('It has no picture');
    const marked = { kind: 'area' as const, page: 1, area: [1, 1, 9, 9] as [number, number, number, number] };
    await at.engine.call('passages.create', { source: id, layer: second, marked });
    now = looks([0, 0, 200]);
    await at.engine.call('layers.remake', { source: id, charset: 'gb18030', pageStyles: true });
    expect(await pictureOf()).toBe(second);
  });

  it('works for plain text, too', async () => {
    const at = await desk();
    const { id } = await added(at, 'notes.txt', iconv.encode('ھەر بىر ئادەم', 'utf-8'));
    await at.engine.call('layers.remake', { source: id, charset: 'windows-1256' });
    expect(await textNow(at, id)).not.toContain('ئادەم');
    await at.engine.call('layers.remake', { source: id, charset: 'utf-8' });
    expect(await textNow(at, id)).toBe('ھەر بىر ئادەم');
  });

  it('rejects an unknown encoding', async () => {
    const at = await desk();
    const { id } = await added(at, 'page.html', GB);
    await expect(at.engine.call('layers.remake', { source: id, charset: 'klingon' })).rejects.toMatchObject({
      data: { code: 'BAD_INPUT' },
    });
  });

  it('includes styles, once a window can read them', async () => {
    const at = await desk();
    const { id, notes } = await added(at, 'page.html', '<p>a<p>menu');
    expect(notes).toEqual([]);
    const [before] = await layers(at, id);
    expect(before?.notes[0]).toContain('because no browser was available');
    windowFor(at, (count) => [...Array.from({ length: count }, () => ''), '', 'h']);
    const made = await at.engine.call('layers.remake', { source: id, pageStyles: true });
    expect(made).toMatchObject({ same: false, notes: ['Couldn’t take a screenshot of the page.'] });
    expect(await textNow(at, id)).toBe('a');
    const [after] = await layers(at, id);
    expect(after?.version).toContain('+styles');
    expect(after?.notes[0]).toContain('Text as shown in Chromium 156');
  });
});

describe('the notes of a layer made by an older version', () => {
  it('are shown in today’s words; the log and the layer’s file do not change', async () => {
    const at = await desk();
    const { id } = await added(at, 'page.html', '<p>a<p>menu');
    const [layer] = await layers(at, id);
    if (layer === undefined) throw new Error('no layer');
    const older = 'Its text is what the page showed in Chromium 120 at import; one word its styles hide was left out.';
    const notes = [older, 'Page 3 couldn’t be read.'];
    await at.engine.close();
    const db = openProject({ folder: at.folder, person: at.person });
    db.write.commit('older', [{ entity: 'layer', id: layer.id, field: 'notes', value: notes }]);
    db.close();
    const engine = await openEngine({ folder: at.folder, person: at.person, readers: readersOfFile() });
    onTestFinished(() => engine.close());

    const shown = ['Text as shown in Chromium 120 at import; 1 hidden word was left out.', 'Page 3 couldn’t be read.'];
    const [listed] = await layers({ ...at, engine }, id);
    expect(listed?.notes).toEqual(shown);
    expect(listed?.sha256).toBe(layer.sha256);
    expect((await engine.call('layers.get', { id: layer.id })).notes).toEqual(shown);
    await engine.close();
    const again = openProject({ folder: at.folder, person: at.person });
    onTestFinished(() => again.close());
    const stored = again.read.get(
      query<Record<string, never>, { notes: string }>('test.notes', 'SELECT notes FROM p_layer'),
      {},
    );
    expect(JSON.parse(stored?.notes ?? '')).toEqual(notes);
  });
});

describe('an import with a window open', () => {
  it('reads a page’s styles before it becomes a source', async () => {
    const at = await desk();
    windowFor(at, (count) => [...Array.from({ length: count }, () => ''), '', 'h']);
    const { id, notes } = await added(at, 'page.html', '<p>a<p>menu', true);
    expect(notes).toEqual(['Couldn’t take a screenshot of the page.']);
    expect(await textNow(at, id)).toBe('a');
    expect(await layers(at, id)).toHaveLength(1);
  });
});
