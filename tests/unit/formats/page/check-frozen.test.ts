import { describe, expect, it } from 'vitest';
import { checkFrozen } from '../../../../electron/formats/page/check-frozen.ts';
import { freezePage } from '../../../../electron/formats/page/index.ts';
import { openLayerFile } from '../../../../shared/text/layer-file.ts';
import { PAYLOADS } from '../../../hostile/payloads/index.ts';
import { ODD_PAGES } from '../../../support/odd-pages.ts';

function frozen(page: string | Uint8Array): { html: string; text: string } | null {
  const result = freezePage(Buffer.from(page), { fileName: 'page.html' });
  if (!result.ok || result.value.frozen === null) return null;
  return { html: Buffer.from(result.value.frozen).toString(), text: openLayerFile(result.value.layerFile).text() };
}

describe('checking a stored frozen page', () => {
  it('finds nothing in what the freezer makes of odd and hostile pages, and reads the same text', () => {
    const made = [...Object.values(ODD_PAGES), ...PAYLOADS.map(({ html }) => html)].flatMap((p) => frozen(p) ?? []);
    expect(made.length).toBeGreaterThan(20);
    for (const { html, text } of made) expect(checkFrozen(html)).toEqual({ text, problems: [] });
  });

  it('finds what was added by hand, and reads the changed text', () => {
    const { html = '' } = frozen('<p>One</p>') ?? {};
    expect(checkFrozen(html.replace('One', 'Two'))).toEqual({ text: 'Two', problems: [] });
    expect(checkFrozen(html.replace('One', '<script>1</script>')).problems).toEqual(['<script>']);
    expect(checkFrozen(html.replace('<p>', '<p onload="x">')).problems).toEqual(['p onload="x"']);
    expect(checkFrozen(html.replace('One', '<div>One</div>')).problems).toEqual([
      'markup that changes when it is read',
    ]);
  });

  it('returns on a page nested deeper than any call stack', () => {
    expect(checkFrozen(`${'<div>'.repeat(100_000)}x`).problems).not.toEqual([]);
  });
});
