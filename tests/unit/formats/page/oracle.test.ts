import createDOMPurify from 'dompurify';
import { JSDOM } from 'jsdom';
import { describe, expect, it } from 'vitest';
import { frozen } from '../../../support/frozen-reader.ts';
import { ODD_PAGES } from '../../../support/odd-pages.ts';
import { PAYLOADS } from '../../../hostile/payloads/index.ts';

/** Another sanitiser, by other people, on another parser's tree: what it would still take out of a frozen page. */
const { window } = new JSDOM('');
const purify = createDOMPurify(window);

function takenOut(html: string): string[] {
  purify.sanitize(html, {
    WHOLE_DOCUMENT: true,
    // Our own elements, and pages' own: boxes without behaviour.
    CUSTOM_ELEMENT_HANDLING: { tagNameCheck: /^[a-z][a-z0-9]*(?:-[a-z0-9]+)+$/, attributeNameCheck: /^/ },
    ADD_ATTR: (name: string, tag: string) => !/^on/i.test(name) && tag !== 'script',
  });
  return purify.removed.map((one) => {
    if ('element' in one) return `<${one.element.nodeName.toLowerCase()}>`;
    return `${one.from.nodeName.toLowerCase()} ${one.attribute?.name ?? ''}`;
  });
}

/**
 * Inert, and taken out all the same: our own `meta`, `use` of a part of the same page, `semantics`; tooltips with markup in
 * them, in case somebody reads them as such; ids that could shadow properties of a `form` or document, which we do not ask.
 */
const HARMLESS = /^(?:<(?:meta|use|semantics|rb|rtc)>|[\w-]+ (?:title|id))$/;

describe('DOMPurify on frozen pages', () => {
  it('works here, and finds problems in pages that are not frozen', () => {
    expect(purify.isSupported).toBe(true);
    expect(takenOut('<img src=x onerror=alert(1)><script>alert(1)</script><a href=javascript:alert(1)>x</a>')).toEqual(
      expect.arrayContaining(['<script>', 'img onerror']),
    );
  });
  it('finds nothing active in any hostile page', () => {
    const found = PAYLOADS.flatMap(({ name, html }) =>
      takenOut(frozen('x', html).html)
        .filter((what) => !HARMLESS.test(what))
        .map((what) => `${name}: ${what}`),
    );
    expect(found).toEqual([]);
  });
  it.each(Object.entries(ODD_PAGES).filter(([name]) => !/20,000|5,000|200,000/.test(name)))(
    'nor in odd ones: %s',
    (_, page) => {
      expect(takenOut(frozen('x', page).html).filter((what) => !HARMLESS.test(what))).toEqual([]);
    },
  );
});
