import type * as fs from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { unzipped } from '../../../support/bag.ts';
import { tempFolder } from '../../../support/temp.ts';

/** A system that takes half of what it is given, as it may where a disk is nearly full. */
vi.mock('node:fs', async (original) => {
  const real = await original<typeof fs>();
  const writeSync = (fd: number, data: string | Uint8Array, offset = 0): number => {
    const bytes = typeof data === 'string' ? Buffer.from(data) : data;
    return real.writeSync(fd, bytes, offset, Math.ceil((bytes.length - offset) / 2));
  };
  return { ...real, writeSync };
});

vi.resetModules();
afterAll(() => vi.resetModules());
const { addFile, mark, testProject } = await import('../../../support/project.ts');

it('a project file’s annotations are complete if the system writes only a part at a time', async () => {
  const { engine } = await testProject();
  const note = await addFile(engine, 'note.txt', 'A note on labour transfer.');
  await mark(engine, note.id, 'labour transfer');
  const file = join(tempFolder(), 'out.sbk');
  await engine.call('projectFile.export', { path: file });
  const annotations = [...(await unzipped(file))].find(([name]) => name.endsWith('annotations.jsonld'))?.[1];
  expect(JSON.parse(annotations?.toString() ?? '')).toMatchObject({ type: 'AnnotationCollection', total: 1 });
});
