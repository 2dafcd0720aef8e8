import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startEngine, type EngineClient } from '../../../electron/engine/client.ts';
import { newProject } from '../../../electron/engine/create-project.ts';
import { checkOutput } from '../../../electron/engine/contract.ts';
import type { EngineEvent } from '../../../electron/engine/protocol.ts';
import { openEngine } from '../../../electron/engine/engine.ts';
import { codeOf, faultOf, newFolder, openFor, somebody, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

async function started(folder = newFolder()): Promise<EngineClient> {
  const engine = await startEngine({ folder, person: somebody('Ben'), workers: 1 });
  onTestFinished(() => engine.close());
  return engine;
}

describe('a project that another program opened while it was open', () => {
  it('says so once: when a write is refused, or without one by looking now and then', async () => {
    const folder = newFolder();
    const writes = await openFor(folder, somebody('Ann'));
    const told: EngineEvent[] = [];
    writes.onEvent((event) => void (event.event === 'project.taken' && told.push(event)));
    writes.keepLock();
    await writes.call('project.rename', { title: 'Mine' });
    expect(told).toEqual([]);
    rmSync(join(folder, 'lock.sqlite'));
    const second = await openFor(folder, somebody('Bo'));
    for (let n = 0; n < 2; n++)
      expect(await codeOf(writes.call('project.rename', { title: 'Lost' }))).toBe('PROJECT_LOCKED');
    writes.keepLock();
    expect(told).toHaveLength(1);
    expect(await writes.call('project.info', {})).toMatchObject({
      title: 'Mine',
      readOnly: true,
      holder: { name: 'Bo', tookOver: true },
    });
    await second.close();
    await writes.close();

    const idle = await started(folder);
    const heard = new Promise<void>((done) => idle.onEvent(({ event }) => event === 'project.taken' && done()));
    rmSync(join(folder, 'lock.sqlite'));
    await openFor(folder, somebody('Bo'));
    await heard;
    expect(await idle.call('project.info', {})).toMatchObject({ readOnly: true });
  });
});

describe('a new project', () => {
  it('starts with its title and codebook as one commit', async () => {
    const { engine } = await testProject({ title: 'Liuquan 2023' });
    const info = await engine.call('project.info', {});
    expect(info).toMatchObject({ title: 'Liuquan 2023', sources: 0, passages: 0, bytes: 0, readOnly: false });
    expect(info.codebook.title).toContain('codebook');
    const { commits } = await engine.call('history.list', {});
    expect(commits.map((one) => one.label)).toEqual(['Create project: Liuquan 2023']);
  });

  it('can start with an empty codebook, or one from a file', async () => {
    const { engine } = await testProject({ codebook: 'empty' });
    expect((await engine.call('codebook.get', {})).categories).toEqual([]);
    const file = join(tempFolder(), 'own.json');
    const category = { code: 'A', parent: null, name: 'Alpha', colour: '#336699' };
    writeFileSync(
      file,
      JSON.stringify({
        format: 'sourcebook-codebook/1',
        id: 'own',
        title: 'Own',
        version: '1',
        language: 'en',
        categories: [category, { ...category, code: 'A.B', parent: 'A', name: 'Below' }],
        dimensions: [],
      }),
    );
    const folder = join(tempFolder(), 'p.sourcebook');
    newProject({ folder, person: somebody('Ann'), title: 'T', codebook: { file } });
    const own = await openFor(folder, somebody('Ann'));
    const { categories, title } = await own.call('codebook.get', {});
    expect(title).toBe('Own');
    expect(categories.map((one) => [one.code, one.name])).toEqual([
      ['A', 'Alpha'],
      ['A.B', 'Below'],
    ]);
    expect(categories[1]?.parent).toBe(categories[0]?.id);
  });

  it('is rejected if something is there already, or if the codebook is invalid; nothing is left', async () => {
    const folder = newFolder();
    const ann = somebody('Ann');
    const again = (at: string, codebook: 'empty' | { file: string }) => () =>
      newProject({ folder: at, person: ann, title: 'T', codebook });
    expect(await codeOf(again(folder, 'empty'))).toBe('EXISTS');
    const other = join(tempFolder(), 'other.sourcebook');
    expect(await codeOf(again(other, { file: join(tempFolder(), 'nowhere.json') }))).toBe('NOT_FOUND');
    const broken = join(tempFolder(), 'broken.json');
    writeFileSync(broken, '{');
    expect(await codeOf(again(other, { file: broken }))).toBe('BAD_INPUT');
    expect(await codeOf(() => openEngine({ folder: other, person: ann }))).toBe('NOT_A_PROJECT');
  });
});

describe('the engine', () => {
  it('rejects what its contract does not allow, by name', async () => {
    const { engine } = await testProject();
    const fault = await faultOf(engine.dispatch('passages.get', { id: 'not an id' }));
    expect(fault).toMatchObject({ code: 'BAD_INPUT', context: { call: 'passages.get' } });
    expect(fault.message).toContain('“id”');
    expect(await codeOf(engine.dispatch('project.rename', { title: '  ' }))).toBe('BAD_INPUT');
    expect(await codeOf(engine.dispatch('project.rename', null))).toBe('BAD_INPUT');
  });

  it('checks its answers in tests, so that no handler returns what its contract does not allow', () => {
    const answer = { undo: 'Rename', redo: null };
    expect(checkOutput('history.state', answer)).toBe(answer);
    const wrong: unknown = { undo: 7, redo: null };
    expect(() => checkOutput('history.state', wrong as typeof answer)).toThrow(/history\.state.*\n.*undo/s);
  });

  it('reports each commit, undo and redo, and nothing that changed nothing', async () => {
    const { engine } = await testProject();
    const told: EngineEvent[] = [];
    const end = engine.onEvent((event) => told.push(event));
    await engine.call('project.rename', { title: 'One' });
    await engine.call('project.rename', { title: 'One' });
    await engine.call('history.undo', {});
    await engine.call('history.redo', {});
    end();
    await engine.call('project.rename', { title: 'Two' });
    const labels = told.map((one) => (one.event === 'project.changed' ? one.payload : one.event));
    expect(labels).toEqual([
      { entities: expect.arrayContaining(['project']), label: 'Rename project: One' },
      { entities: ['project'], label: expect.any(String) },
      { entities: ['project'], label: expect.any(String) },
    ]);
  });

  it('opens a project only once', async () => {
    const { folder } = await testProject();
    expect(await codeOf(() => openEngine({ folder, person: somebody('Ben') }))).toBe('PROJECT_LOCKED');
  });

  it('writes nothing into a project opened for reading', async () => {
    const ann = somebody('Ann');
    const folder = newFolder({ person: ann });
    const engine = await openFor(folder, ann, { readOnly: true });
    expect((await engine.call('project.info', {})).readOnly).toBe(true);
    for (const write of [
      () => engine.call('project.rename', { title: 'No' }),
      () => engine.call('project.rebuild', {}),
      () => engine.call('history.undo', {}),
    ])
      expect(await codeOf(write)).toBe('PROJECT_READ_ONLY');
    // What a reader remembers for itself is simply not kept.
    await engine.call('view.set', { key: 'panes', value: 1 });
    expect(await engine.call('view.get', { key: 'panes' })).toEqual({ value: null });
    expect((await engine.call('project.verify', {})).ok).toBe(true);
  });
});

describe('the engine in its worker', () => {
  it('answers calls and reports events as the engine does', async () => {
    const engine = await started();
    const told: EngineEvent[] = [];
    engine.onEvent((event) => told.push(event));
    await engine.call('project.rename', { title: 'From a thread' });
    expect((await engine.call('project.info', {})).title).toBe('From a thread');
    expect(told.map((one) => one.event)).toEqual(['project.changed']);
  });

  it('passes errors on as data, with their code', async () => {
    const engine = await started();
    const id = '00000000-0000-7000-8000-000000000000';
    expect(await faultOf(engine.call('passages.remove', { ids: [id as never] }))).toMatchObject({
      code: 'NOT_FOUND',
      context: { id },
    });
  });

  it('reports why it could not open', async () => {
    const folder = newFolder();
    await started(folder);
    expect(await codeOf(startEngine({ folder, person: somebody('Eve') }))).toBe('PROJECT_LOCKED');
    expect(await codeOf(startEngine({ folder: tempFolder(), person: somebody('Eve') }))).toBe('NOT_A_PROJECT');
  });

  it('closes once, however often it is asked, and then the project can be opened again', async () => {
    const folder = newFolder();
    const engine = await started(folder);
    await Promise.all([engine.close(), engine.close()]);
    await engine.close();
    expect((await faultOf(engine.call('project.info', {}))).message).toContain('is closed');
    const next = await started(folder);
    expect((await next.call('project.info', {})).title).toBe('Liuquan 2023');
  });

  it('answers all waiting calls when its thread dies, and every later one; the project can be opened again', async () => {
    const folder = newFolder();
    const engine = await started(folder);
    const posting = vi.spyOn(Worker.prototype, 'postMessage');
    const waiting = [engine.call('project.info', {}), engine.call('project.verify', {})].map((one) => codeOf(one));
    const thread = posting.mock.contexts[0];
    posting.mockRestore();
    if (!(thread instanceof Worker)) throw new Error('The call went to no thread');
    await thread.terminate();
    expect(await Promise.all(waiting)).toEqual(['INTERNAL', 'INTERNAL']);
    expect((await faultOf(engine.call('project.info', {}))).message).toContain('open the project again');
    const next = await started(folder);
    expect((await next.call('project.verify', {})).ok).toBe(true);
  });
});
