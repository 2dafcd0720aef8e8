import { describe, expect, it } from 'vitest';
import { copyFor, openFor, somebody } from '../../../support/project.ts';
import { makePdf } from '../../../support/pdf.ts';
import { desk, folderOf } from './support.ts';

const opened = async () => {
  const one = await desk();
  const bytes = await makePdf([['One'], ['Two'], ['Three']]);
  await one.engine.call('import.run', { job: 'j', paths: [folderOf({ 'a.pdf': bytes, 'b.txt': 'Notice' })] });
  const { sources } = await one.engine.call('sources.list', {});
  const idOf = (name: string) => {
    const found = sources.find(({ fileName }) => fileName === name);
    if (found === undefined) throw new Error(name);
    return found.id;
  };
  return { ...one, pdf: idOf('a.pdf'), text: idOf('b.txt') };
};

describe('what a person has read', () => {
  it('is a source all of whose pages were on screen, over several sittings, or that was marked', async () => {
    const { engine, pdf, text } = await opened();
    const readBy = async () => (await engine.call('sources.readBy', {})).read;
    expect(await readBy()).toEqual([]);
    expect(await engine.call('sources.seePages', { source: pdf, pages: [1, 3, 9] })).toEqual({ read: false });
    expect(await readBy()).toEqual([]);
    expect(await engine.call('sources.seePages', { source: pdf, pages: [2] })).toEqual({ read: true });
    expect(await readBy()).toEqual([pdf]);
    await engine.call('sources.markRead', { ids: [text], read: true });
    expect(await readBy()).toEqual([pdf, text]);
    // Marked as not read, its pages count again from the first.
    await engine.call('sources.markRead', { ids: [pdf], read: false });
    expect(await readBy()).toEqual([text]);
    expect(await engine.call('sources.seePages', { source: pdf, pages: [2] })).toEqual({ read: false });
  });

  it('is kept by person, not in the log, and not exported', async () => {
    const { engine, folder, person, pdf } = await opened();
    const commits = async () => (await engine.call('history.list', { limit: 50 })).commits.length;
    const before = await commits();
    await engine.call('sources.markRead', { ids: [pdf], read: true });
    expect(await commits()).toBe(before);
    const copy = await copyFor(engine, 'Ben');
    expect((await copy.engine.call('sources.readBy', {})).read).toEqual([]);
    await engine.close();
    const other = await openFor(folder, somebody('Cat'));
    expect((await other.call('sources.readBy', {})).read).toEqual([]);
    await other.close();
    expect((await (await openFor(folder, person)).call('sources.readBy', {})).read).toEqual([pdf]);
  });
});
