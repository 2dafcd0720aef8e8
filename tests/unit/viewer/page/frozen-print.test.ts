import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPdfReader } from '../../../../electron/formats/pdf/index.ts';
import { openLayerFile, type LayerFile } from '../../../../shared/text/layer-file.ts';
import { APP, frozen, FrozenReader } from '../../../support/frozen-reader.ts';
import type {} from '../../../support/in-page/print.ts';
import { makeFolder, removeFolder } from '../../../support/temp.ts';

/** A page that tries to choose its own paper size, to replace our footer, or to hide it by inherited styles. */
const FORGER = `<!doctype html><title>Paper</title><style>
  @page :first { size: 60mm 50mm; margin: 0 !important; @bottom-left { content: "sha256 FAKE" !important } }
  @layer q { @page { margin: 0 !important; @bottom-left { content: "sha256 FAKE" !important } }
    * { page: x !important } html { overflow: hidden !important; height: 90px !important } }
  @page x { margin: 0 !important; size: 60mm 50mm }
  @media all { @supports (color: red) { @page { size: A6; margin: 0 !important } } }
  @font-face { font-family: 'noto sans SC variable'; src: local('Nothing') }
  html { visibility: hidden; zoom: .1; letter-spacing: -3em; text-indent: -900px; direction: rtl; writing-mode: vertical-rl;
    -webkit-text-fill-color: transparent; -webkit-text-stroke: 9px white; -webkit-text-security: disc; color: #fff }
  body { visibility: visible; zoom: 10; letter-spacing: 0; text-indent: 0; page: x; writing-mode: horizontal-tb; direction: ltr }
  body::after { position: fixed; bottom: -14mm; left: 0; z-index: 9; width: 300mm; height: 10mm; background: #fff;
    content: "sha256 OVER" }
  div { position: absolute; top: 262mm; width: 150mm; height: 40mm; background: #fff }
  p { -webkit-text-security: none; -webkit-text-stroke: 0; @media print { & { display: none } } }
</style>${'<p>An honest line of the page.</p>'.repeat(60)}<div>LAID OVER</div>`;

const FOOT = { title: 'Title of the page', sha256: 'a1b2'.repeat(16) };
/** The position of the footer, in points from the lower edge of the sheet. */
const MARGIN = (18 / 25.4) * 72;

let reader: FrozenReader;
let folder: string;
beforeAll(async () => {
  folder = makeFolder('sourcebook-print-');
  reader = await FrozenReader.start();
});
afterAll(async () => {
  await reader.close();
  removeFolder(folder);
});

/** Prepares a frozen page as the reader does, has the browser print it, and reads the PDF back. */
async function printed(id: string, html: string): Promise<{ paper: LayerFile; fills: string[] }> {
  const fixture = frozen(id, html);
  // The page's CSP would also block the test's script, so it is removed. The page itself stays as it was frozen.
  const body = fixture.html.replace(/<meta http-equiv[^>]*>/gi, '');
  reader.serve(`/${id}`, { body, headers: { 'content-type': 'text/html; charset=utf-8' } });
  await reader.page.goto(`${APP}/${id}`);
  const script = await reader.page.addScriptTag({ type: 'module', url: '/tests/support/in-page/print.ts' });
  await script.evaluate((element) => element instanceof Element && element.remove());
  const fills = await reader.page.evaluate(
    async ([text, foot]) => {
      await window.toPaper(text, foot);
      const root = getComputedStyle(document.documentElement);
      return [root.webkitTextFillColor, root.color, root.webkitTextStrokeWidth];
    },
    [fixture.text, FOOT] as const,
  );
  const path = join(folder, `${id}.pdf`);
  writeFileSync(path, await reader.page.pdf({ preferCSSPageSize: true, format: 'A4', printBackground: true }));
  const read = await createPdfReader().read(path, []);
  if (!read.ok) throw new Error(read.error.message);
  return { paper: openLayerFile(read.value.layerFile), fills };
}

/** Very small and widely spaced glyphs are read as lines of their own, so only the letters are compared. */
const letters = (text: string): string => text.replace(/\s/g, '');

describe('a printed page', () => {
  it('has our footer and paper size on every sheet, whatever its styles say', async () => {
    const { paper, fills } = await printed('forger', FORGER);
    expect(paper.pages.length).toBeGreaterThan(1);
    for (const { page, box } of paper.pages) {
      const text = letters(paper.pageText(page));
      expect(text).toContain(letters(`${FOOT.title}sha256 ${FOOT.sha256}`));
      expect(text).toContain(`${page}/${paper.pages.length}`);
      expect(text).not.toContain('FAKE');
      expect(box.map(Math.round)).toEqual([0, 0, 596, 843]);
      // The footer has its full size, and the margin contains nothing else.
      const feet = (paper.geometry(page)?.runs ?? []).filter(({ acrossMax }) => acrossMax < MARGIN);
      expect(letters(feet.map(({ start, end }) => paper.pageText(page).slice(start, end)).join(''))).toHaveLength(
        letters(`${FOOT.title}sha256 ${FOOT.sha256}1/1`).length,
      );
      for (const { acrossMin, acrossMax } of feet) expect(acrossMax - acrossMin).toBeGreaterThan(6);
    }
    expect(letters(paper.text()).match(/honestline/g)).toHaveLength(60);
    expect(paper.text().match(/OVER/g)?.length ?? 0).toBeLessThan(3);
    // A PDF reader also returns transparent letters, so the test looks at the ink.
    expect(fills[0]).toBe(fills[1]);
    expect(fills[2]).toBe('0px');
  });
});
