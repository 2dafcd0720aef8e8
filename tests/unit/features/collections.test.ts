import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import { addFile, codeOf, copyFor, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

const listed = async (engine: Engine) =>
  (await engine.call('collections.list', {})).collections.map(({ name, sources }) => ({ name, sources }));

async function withSources() {
  const project = await testProject();
  const { engine } = project;
  const [a, b] = [(await addFile(engine, 'a.txt', 'One')).id, (await addFile(engine, 'b.txt', 'Two')).id];
  return { ...project, a, b };
}

/** Merges everything of another copy. */
async function mergeFrom(engine: Engine, other: Engine): Promise<void> {
  const path = join(tempFolder(), 'back.sbk');
  await other.call('projectFile.export', { path });
  await engine.call('merge.apply', { path });
}

describe('a collection', () => {
  it('is created with sources, takes and gives up others, is renamed and removed, each as one edit', async () => {
    const { engine, a, b } = await withSources();
    const { id } = await engine.call('collections.create', { name: ' Gazettes ', sources: [a] });
    expect(await listed(engine)).toEqual([{ name: 'Gazettes', sources: [a] }]);
    await engine.call('collections.change', { id, add: [a, b] });
    await engine.call('collections.change', { id, remove: [a] });
    expect(await listed(engine)).toEqual([{ name: 'Gazettes', sources: [b] }]);
    await engine.call('collections.rename', { id, name: 'County gazettes' });
    await engine.call('sources.remove', { ids: [b] });
    expect(await listed(engine)).toEqual([{ name: 'County gazettes', sources: [] }]);
    await engine.call('collections.remove', { id });
    expect(await listed(engine)).toEqual([]);
    const { commits } = await engine.call('history.list', { limit: 6 });
    expect(commits.map(({ label }) => label)).toEqual([
      'Remove collection “County gazettes”',
      'Move b.txt to trash',
      'Rename collection “Gazettes”',
      'Remove 1 source from “Gazettes”',
      'Add 1 source to “Gazettes”',
      'Create collection “Gazettes”',
    ]);
    await engine.call('history.undo', {});
    await engine.call('history.undo', {});
    expect(await listed(engine)).toEqual([{ name: 'County gazettes', sources: [b] }]);
  });

  it('has a name of its own', async () => {
    const { engine } = await withSources();
    await engine.call('collections.create', { name: 'Gazettes' });
    expect(await codeOf(engine.call('collections.create', { name: 'gazettes' }))).toBe('EXISTS');
  });

  it('merges: what two people add is one, and adding against removing is a conflict', async () => {
    const { engine, a, b } = await withSources();
    const { id } = await engine.call('collections.create', { name: 'Gazettes', sources: [a] });
    const { engine: ben } = await copyFor(engine, 'Ben');
    await engine.call('collections.change', { id, add: [b] });
    await ben.call('collections.change', { id, add: [b] });
    await mergeFrom(engine, ben);
    expect(await listed(engine)).toEqual([{ name: 'Gazettes', sources: [a, b] }]);
    expect((await engine.call('merge.conflicts', {})).conflicts).toEqual([]);
    // Both change it again: one takes the source out, the other takes it out and puts it back.
    await mergeFrom(ben, engine);
    await engine.call('collections.change', { id, remove: [a] });
    await ben.call('collections.change', { id, remove: [a] });
    await ben.call('collections.change', { id, add: [a] });
    await mergeFrom(engine, ben);
    const { conflicts } = await engine.call('merge.conflicts', {});
    expect(conflicts).toHaveLength(1);
    expect(JSON.stringify(conflicts)).toContain('Gazettes');
    expect(JSON.stringify(conflicts)).toContain('a.txt');
  });
});
