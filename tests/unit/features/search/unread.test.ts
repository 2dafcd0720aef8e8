import { expect, it } from 'vitest';
import { addFile, mark, testProject } from '../../../support/project.ts';

it('a search in sources that are not read yet leaves out those with a passage, and those that the person has read', async () => {
  const { engine } = await testProject();
  const [tagged, read, unread] = await Promise.all(
    ['tagged', 'read', 'unread'].map((name) => addFile(engine, `${name}.txt`, `转移就业 in ${name}.`)),
  );
  if (tagged === undefined || read === undefined || unread === undefined) throw new Error('Three files were added');
  const found = async (sources: (typeof unread.id)[] = []) => {
    const { hits, total } = await engine.call('search.query', {
      query: '转移就业',
      unread: true,
      sources,
      whole: true,
    });
    expect(hits).toHaveLength(total);
    return hits.map(({ source }) => source);
  };
  expect(await found()).toHaveLength(3);
  await mark(engine, tagged.id, '转移就业');
  await engine.call('sources.markRead', { ids: [read.id], read: true });
  expect(await found()).toEqual([unread.id]);
  expect(await found([unread.id, read.id])).toEqual([unread.id]);
  // Of none of the sources asked for is there something left to read: that is not all of them.
  expect(await found([read.id])).toEqual([]);
  await engine.call('sources.markRead', { ids: [unread.id], read: true });
  expect(await found()).toEqual([]);
});
