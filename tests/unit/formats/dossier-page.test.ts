import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { FOLDER_VERSION } from '../../../electron/formats/dossier/folder.ts';
import { headOf } from '../../../electron/formats/dossier/html.ts';

it('a folder’s page begins as all of its version do: with other styles, verifying would refuse folders that are out', () => {
  const about = { title: 'For the paper', madeAt: '2026-11-29T00:00:00.000Z', template: 'editor' as const };
  const versions = Array.from({ length: FOLDER_VERSION }, (_, at) => headOf(about, at + 1));
  expect(versions.map((head) => createHash('sha256').update(head).digest('hex'))).toEqual([
    '19a0a3b2db14bad66a0c1baf5dd4b423dd445e7c2bc8b07c3d13a7b45e54a60f',
    '6b35c20232b6086b4d33b9297c2027806d3ccc69699e4cbefd0fe815562f5222',
  ]);
});
