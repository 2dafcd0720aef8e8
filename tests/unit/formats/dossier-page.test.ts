import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { FOLDER_VERSION } from '../../../electron/formats/dossier/folder.ts';
import { headOf } from '../../../electron/formats/dossier/html.ts';

it('a folder’s page begins as all of its version do: with other styles, verifying would refuse folders that are out', () => {
  const head = headOf({ title: 'For the paper', madeAt: '2026-11-29T00:00:00.000Z' });
  expect([FOLDER_VERSION, createHash('sha256').update(head).digest('hex')]).toEqual([
    1,
    '19a0a3b2db14bad66a0c1baf5dd4b423dd445e7c2bc8b07c3d13a7b45e54a60f',
  ]);
});
