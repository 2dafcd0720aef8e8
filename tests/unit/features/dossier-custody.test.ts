import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import { addFile, copyFor, mark, somebody, testProject } from '../../support/project.ts';
import { tempFolder } from '../../support/temp.ts';

const asked = { from: { kind: 'filters' as const } };
const HEADS =
  '<th scope="col"><bdi>When</bdi></th><th scope="col"><bdi>What</bdi></th><th scope="col"><bdi>Who</bdi></th>';
/** What each exhibit’s custody says, oldest first: what, and who. */
async function custody(engine: Engine, pseudonyms = false): Promise<string[][]> {
  const { html } = await engine.call('dossier.show', { ...asked, pseudonyms });
  return html
    .split(HEADS)
    .slice(1)
    .map((part) =>
      (part.split('</table>')[0] ?? '')
        .split('<tr>')
        .slice(1)
        .map((row) =>
          row
            .replaceAll(/<\/td>/g, ' | ')
            .replaceAll(/<[^>]+>/g, '')
            .split(' | ')
            .slice(1, 3)
            .join(': ')
            .trim(),
        ),
    );
}

test('custody names the merge through which a source and a passage came here: from which file, when, and who merged', async () => {
  const { engine } = await testProject({ person: somebody('Ann Mora') });
  const report = await addFile(engine, 'report.txt', 'Quotas were set. Land was transferred.');
  await mark(engine, report.id, 'Quotas were set.');
  const bob = await copyFor(engine, 'Bob Quill');
  await mark(bob.engine, report.id, 'Land was transferred.');
  const news = await addFile(bob.engine, 'news.txt', 'Everyone signed up.');
  await mark(bob.engine, news.id, 'Everyone signed up.');
  const path = join(tempFolder(), 'work of Quill.sbk');
  await bob.engine.call('projectFile.export', { path });
  expect((await custody(engine)).flat().join()).not.toContain('merge');
  await engine.call('merge.apply', { path });

  const taken = (name: string, bytes: number): unknown =>
    expect.stringMatching(new RegExp(`^Document taken in: “${name}”, ${bytes} bytes, SHA-256 [0-9a-f]{16}…: `));
  const own = [taken('report.txt', 38), 'Passage marked: Ann Mora'];
  const both = [
    taken('report.txt', 38),
    'Passage marked: Bob Quill',
    'Passage came here by a merge from “work of Quill.sbk”: Ann Mora',
  ];
  const all = [
    taken('news.txt', 19),
    'Passage marked: Bob Quill',
    'Document came here by a merge from “work of Quill.sbk”: Ann Mora',
    'Passage came here by a merge from “work of Quill.sbk”: Ann Mora',
  ];
  const said = await custody(engine);
  expect(said).toHaveLength(3);
  expect(said).toEqual(expect.arrayContaining([own, both, all]));

  // A file’s name often says whose it is.
  const named = (await custody(engine, true)).flat();
  expect(named.filter((one) => one.includes('merge from another copy'))).toHaveLength(3);
  expect(named.join()).not.toMatch(/Quill|Ann|Bob/);
  // Bob’s copy has it all as its own: what came with the project that it was made of is no merge.
  expect((await custody(bob.engine)).flat().join()).not.toContain('merge');
});
