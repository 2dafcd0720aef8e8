import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openOriginals } from '../../../../electron/project/files/originals.ts';
import { hold, release } from '../../../../electron/features/sources/import/one-file.ts';
import { tempFolder } from '../../../support/temp.ts';
import { project } from '../../db/support.ts';

/** A project with one original that no source needs yet. */
async function withOriginal() {
  const db = project();
  const files = openOriginals(db.folder);
  const path = join(tempFolder(), 'a.pdf');
  writeFileSync(path, 'bytes');
  const context = { project: db, files };
  const taken = await files.takeOriginal(path);
  return { context, taken, again: () => files.takeOriginal(path), isThere: () => files.hasOriginal(taken.sha256) };
}

it('An original that became no source is removed, but not while another import uses it', async () => {
  const { context, taken, again, isThere } = await withOriginal();
  hold(context, taken);
  hold(context, await again());
  release(context, taken.sha256, false);
  expect(isThere()).toBe(true);
  release(context, taken.sha256, false);
  expect(isThere()).toBe(false);
});

it('An original that one of two imports made a source of stays, whichever ends first', async () => {
  for (const outcomes of [
    [true, false],
    [false, true],
  ]) {
    const { context, taken, again, isThere } = await withOriginal();
    hold(context, taken);
    hold(context, await again());
    for (const isSource of outcomes) release(context, taken.sha256, isSource);
    expect(isThere()).toBe(true);
  }
});

it('An original that was there before always stays', async () => {
  const { context, taken, again, isThere } = await withOriginal();
  hold(context, await again());
  release(context, taken.sha256, false);
  expect(isThere()).toBe(true);
});
