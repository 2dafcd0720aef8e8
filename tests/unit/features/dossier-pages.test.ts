import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../../electron/engine/engine.ts';
import { EXHIBITS_PATH, PAGE_PATH } from '../../../electron/formats/dossier/folder.ts';
import { exhibitsOf, rewrite, exportedDossier } from '../../support/dossier-folder.ts';
import { makeFolder, removeFolder, tempFolder } from '../../support/temp.ts';

let place = '';
let whole = '';
let engine: Engine;

beforeAll(async () => {
  place = makeFolder();
  ({ engine, whole } = await exportedDossier(place));
});
afterAll(async () => {
  await engine.close();
  removeFolder(place);
});

async function altered(path: string, edit: (text: string) => string): Promise<string[]> {
  const folder = join(tempFolder(), 'dossier');
  cpSync(whole, folder, { recursive: true });
  rewrite(folder, path, edit);
  const { failures } = await engine.call('dossier.verify', { path: folder, passwords: [] });
  return failures.map(({ kind, message }) => `${kind}: ${message}`);
}

/** A quotation of a PDF. */
function quoted() {
  const found = exhibitsOf(whole).exhibits.find(({ page, quote }) => page !== null && quote !== null);
  if (found === undefined) throw new Error('It quotes a PDF');
  return { label: found.label ?? String(found.number), page: found.page ?? 0, number: found.number };
}

it('says that a quotation is on another page of its original than the folder says, though its manifest fits', async () => {
  const { label, page, number } = quoted();
  const failures = await altered(EXHIBITS_PATH, (text) => {
    const said = JSON.parse(text) as { exhibits: { number: number; page: number | null }[] };
    for (const one of said.exhibits) if (one.number === number) one.page = page + 7;
    return JSON.stringify(said);
  });
  expect(failures).toContain(
    `exhibits: The words of exhibit ${label} are on page ${page} of its original, not on page ${page + 7}.`,
  );
});

it('says that the page names another page than is checked, where the words are and how to check them', async () => {
  const { label, page } = quoted();
  for (const from of [`Page ${page}, characters`, `Open that file at page ${page}`])
    expect(
      await altered(PAGE_PATH, (html) => html.replaceAll(from, from.replace(String(page), String(page + 7)))),
    ).toContain(`page: The page names another page for exhibit ${label} than exhibits.json.`);
});

it('says that a document has another size than the folder says', async () => {
  const [failure] = await altered(EXHIBITS_PATH, (text) => text.replace(/"bytes": ?(\d+)/, '"bytes":1$1'));
  expect(failure).toMatch(/^original: “.*” has \d+ bytes, not 1\d+\.$/);
});
