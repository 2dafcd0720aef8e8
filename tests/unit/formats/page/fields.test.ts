import { describe, expect, it } from 'vitest';
import { checkFrozen } from '../../../../electron/formats/page/check-frozen.ts';
import { freezePage } from '../../../../electron/formats/page/index.ts';
import { readBack } from '../../../../electron/formats/page/fixed-point.ts';
import { FROZEN_META_CSP } from '../../../../shared/model/frozen-csp.ts';
import { openLayerFile } from '../../../../shared/text/layer-file.ts';

const FIELD = /<(?:input|select|option|textarea|button)[\s>]/;

function freeze(body: string): { html: string; text: string } {
  const result = freezePage(Buffer.from(`<!doctype html><title>T</title>${body}`), { fileName: 'page.html' });
  if (!result.ok) throw new Error(result.error.message);
  const { frozen, layerFile } = result.value;
  return { html: Buffer.from(frozen ?? []).toString(), text: openLayerFile(layerFile).text() };
}

/** A page as version 2 of the freezer stored it. */
const stored = (body: string, css = ''): string =>
  readBack(
    `<!DOCTYPE html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${FROZEN_META_CSP}"><title>T</title><style>${css}</style></head><body>${body}</body></html>`,
  ).html;

const FIELDS =
  '<p>Name <input value="Ann" type="text" inert=""> and <input type="checkbox" checked="" inert=""></p>' +
  '<select inert=""><option>one</option><option selected="">two words</option></select>' +
  '<button type="button" tabindex="-1">Send <b>now</b></button><p>after</p>';

describe('fields of a frozen page', () => {
  it('are boxes that show what they showed, outside of its text', () => {
    const { html, text } = freeze(
      '<form><input value=Ann><input type=submit><input placeholder="Your name"><select size=3><option>one<option selected label="two">2</select><button type=submit><p>Send</p></button></form>',
    );
    expect(html).not.toMatch(FIELD);
    expect(text).toBe('Send');
    expect(html).toContain('<fz-input value="Ann" type="text"></fz-input>');
    expect(html).toContain('<fz-input type="button" value="Submit"></fz-input>');
    expect(html).toContain('<fz-input placeholder="Your name" type="text"></fz-input>');
    expect(html).toContain(
      '<fz-select value="two" data-fz-options="one\ntwo" size="3" style="--fz-h:53px;--fz-o:1;"></fz-select>',
    );
    expect(html).toContain('<fz-button type="submit"><p>Send</p></fz-button>');
  });

  it('are selected by the page’s own styles', () => {
    const { html } = freeze(
      '<style>label input:checked ~ p, select:disabled, .a button{color:red}input::placeholder{color:blue}x::before{content:"input"}</style>',
    );
    expect(html).toContain(
      'label fz-input[checked] ~ p, fz-select[disabled], .a fz-button{color:red}fz-input::before{color:blue}x::before{content:"input"}',
    );
  });

  it('let a button in a paragraph keep its own paragraphs', () => {
    const { text } = freeze('<p>a <button><p>b</p><p>c</p></button> d</p>');
    expect(text).toBe('a\nb\nc\nd');
  });

  it('of an older page become boxes when it is shown, with the same text', () => {
    const before = stored(FIELDS, 'input:checked{color:red}a{background:url("about:invalid")}');
    const { shown = '', text, problems, isCut } = checkFrozen(before);
    expect({ problems, isCut }).toEqual({ problems: [], isCut: undefined });
    expect(shown).not.toMatch(FIELD);
    expect(shown).toContain('fz-input[checked]{color:red}a{background:url("")}');
    expect(shown).toContain('<fz-select value="two words" data-fz-options="one\ntwo words"></fz-select>');
    expect(text).toContain('Send now');
    expect(checkFrozen(shown)).toEqual({ text, problems: [] });
  });

  it.each([
    ['a block by its stamp', '<p>a</p>b<select inert="" data-fz-s="b"><option>x</option></select>c'],
    ['an input that is a block', 'a<input type="text" inert="" data-fz-s="b">c'],
    ['a button with a list item in a list item', '<ul><li>a<button type="button"><li>b</li></button>c</li></ul>'],
    ['a button with a heading in a paragraph', '<p>a<button type="button"><h2>b</h2></button>c</p>d'],
    ['fields in a table', '<table><tbody><tr><td>a<select inert=""></select></td><td>b</td></tr></tbody></table>'],
  ])('of an older page leave its text as it is: %s', (_, body) => {
    const { text, problems, shown } = checkFrozen(stored(body));
    expect(problems).toEqual([]);
    expect(shown).toBeDefined();
    expect(shown).not.toMatch(FIELD);
    expect(checkFrozen(shown ?? '')).toEqual({ text, problems: [] });
  });

  it('a page without any is shown as it is stored', () => {
    const { html, text } = freeze('<input value=x><p style="background:url(https://x.test/a.png)">y');
    expect(checkFrozen(html)).toEqual({ text, problems: [] });
    expect(html).toContain('background:url(&quot;&quot;)');
  });
});
