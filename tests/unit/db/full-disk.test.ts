import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createProject, openProject } from '../../../electron/db/index.ts';
import { toErrorData } from '../../../shared/errors.ts';
import { fill, smallDisk } from '../../support/small-disk.ts';
import { tempFolder } from '../../support/temp.ts';
import { edits, newId, somebody } from './support.ts';

const person = somebody('Ann');

test.skipIf(process.getuid?.() !== 0)('on a full disk a project is read, verified and written elsewhere', () => {
  const disk = smallDisk(2);
  if (disk === null) return;
  const folder = join(disk, 'county.sourcebook');
  const made = createProject({ folder, person });
  made.write.commit('Add', edits('source', newId(), { title: 'kept' }));
  const head = made.head();
  made.close();
  fill(disk);

  const db = openProject({ folder, person });
  expect(db.head()).toBe(head);
  expect(db.diskFull).toBe(true);
  expect(db.verifyLog().failures).toEqual([]);
  db.writeFresh(join(tempFolder(), 'elsewhere.sqlite'));
  let said = '';
  try {
    db.write.commit('Add', edits('source', newId(), { title: 'more' }));
  } catch (thrown) {
    const { code, message } = toErrorData(thrown);
    said = `${code} ${message}`;
  }
  expect(said).toMatch(/^DISK_FULL The disk is full, so nothing was written\. Work saved earlier is safe\./);
  db.close();

  for (let n = 0; n < 8; n += 1) rmSync(join(disk, `fill-0-${n}`), { force: true });
  const again = openProject({ folder, person });
  expect(again.head()).toBe(head);
  expect(again.diskFull).toBe(false);
  expect(again.write.commit('Add', edits('source', newId(), { title: 'more' }))).not.toBeNull();
  again.close();
});
