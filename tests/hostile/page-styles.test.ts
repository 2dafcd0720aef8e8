import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Extracted, Extraction } from '../../electron/formats/extracted.ts';
import { readBack } from '../../electron/formats/page/fixed-point.ts';
import { freezePage } from '../../electron/formats/page/index.ts';
import { applyStyles } from '../../electron/formats/page/apply-styles.ts';
import { childrenOf, HTML, isElement, type Element, type TreeNode } from '../../electron/formats/page/tree.ts';
import { elementStyle } from '../../shared/contract/page-styles.ts';
import {
  FROZEN_FRAME_SANDBOX,
  FROZEN_META_CSP,
  FROZEN_PAGE_HEADERS,
  frozenResourceHeaders,
} from '../../shared/model/frozen-csp.ts';
import { frozenResourceType } from '../../shared/model/frozen-resource.ts';
import { openLayerFile } from '../../shared/text/layer-file.ts';
import { STAMP, STAMPS } from '../../shared/text/page-text.ts';
import { allActs, attack, type Walls } from '../support/hostile-bench.ts';
import { seeded, type Seeded } from '../support/seeded.ts';
import { isLong } from '../support/share.ts';
import { PAYLOADS, type Payload } from './payloads/index.ts';

/** Other ones than the short run of frozen-page.test.ts shows, and one screenful. */
const STEP = isLong ? 1 : 20;
const CHOSEN = PAYLOADS.filter((_, index) => index % STEP === STEP >> 1);
const pathOf = (payload: Payload): string => `/p/${String(PAYLOADS.indexOf(payload))}/`;
const netLog = (name: string): string => join(tmpdir(), `sourcebook-${String(process.pid)}-styled-${name}.netlog.json`);
const TIMEOUT = 300_000;

const valueOf = (extraction: Extraction, name: string): Extracted => {
  if (!extraction.ok) throw new Error(`${name}: ${extraction.error.message}`);
  return extraction.value;
};
const freeze = (name: string, html: string): Extracted =>
  valueOf(freezePage(new TextEncoder().encode(html), { fileName: 'page.html' }), name);
const htmlOf = ({ frozen }: Extracted): string => new TextDecoder().decode(frozen ?? undefined);

/** The elements of a frozen page in document order, as a window sees them. */
function elementsOf(frozen: Extracted): Element[] {
  const elements: Element[] = [];
  const open: TreeNode[] = [readBack(htmlOf(frozen)).tree];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (isElement(node)) elements.push(node);
    open.push(...childrenOf(node).toReversed());
  }
  return elements;
}

const styledAs = (frozen: Extracted, styleOf: (element: Element) => string): Extraction =>
  applyStyles({
    frozen: frozen.frozen ?? new Uint8Array(),
    layerFile: frozen.layerFile,
    styles: elementsOf(frozen).map(styleOf),
    browser: 'Chromium 1',
  });

/** A window says nothing of these (renderer/features/page-styles/probe.ts); of a drawing’s parts, only that they are hidden. */
const UNSTYLED = new Set(['html', 'head', 'body', 'meta', 'title', 'style', 'wbr']);

/** The page with stamps that no window gives, but could: any of them on any element. */
function styled(name: string, frozen: Extracted, random: Seeded): Extracted {
  const any = (isHiding: boolean) => (element: Element) => {
    if (UNSTYLED.has(element.tagName)) return '';
    const stamps = element.namespaceURI === HTML ? ['', ...STAMPS] : ['', 'h'];
    return random.pick(stamps.filter((stamp) => isHiding || stamp !== 'h'));
  };
  const outcome = styledAs(frozen, any(true));
  // Styles that hide all of a page's words are refused, as they should be.
  if (!outcome.ok && outcome.error.message.startsWith('Its styles hide'))
    return valueOf(styledAs(frozen, any(false)), name);
  return valueOf(outcome, name);
}

interface StyledPage {
  readonly html: string;
  readonly resources: readonly Uint8Array[];
}

function styledPages(): Map<string, StyledPage> {
  const random = seeded(7);
  return new Map(
    CHOSEN.map(({ name, html }) => {
      const frozen = freeze(name, html);
      return [name, { html: htmlOf(styled(name, frozen, random)), resources: frozen.resources }];
    }),
  );
}

/** The page as it is stored once its styles are written into it; `isBare` without the policy that is written into it. */
const served = (headers: Readonly<Record<string, string>>, isBare: boolean): Walls['serve'] => {
  const all = styledPages();
  return (payload) => {
    const { html, resources } = all.get(payload.name) ?? { html: '', resources: [] };
    const bare = html.replace(`<meta http-equiv="Content-Security-Policy" content="${FROZEN_META_CSP}">`, '');
    if (bare === html) throw new Error('the policy in the page was not found');
    return [
      { path: pathOf(payload), served: { body: isBare ? bare : html, headers } },
      ...resources.map((bytes) => ({
        path: `${pathOf(payload)}r/${createHash('sha256').update(bytes).digest('hex')}`,
        served: { body: bytes, headers: frozenResourceHeaders(frozenResourceType(bytes) ?? '') },
      })),
    ];
  };
};

describe(`${String(CHOSEN.length)} of ${String(PAYLOADS.length)} hostile pages, with any stamps`, () => {
  it('are stamped, so that this suite shows something', () => {
    const stamped = [...styledPages().values()].filter(({ html }) => html.includes(` ${STAMP}="`));
    expect(stamped.length).toBeGreaterThan(CHOSEN.length / 2);
  });

  it('do nothing, without any other protection', { timeout: TIMEOUT }, async () => {
    const serve = served({ 'content-type': 'text/html; charset=utf-8' }, true);
    const walls = { serve, sandbox: null, middleClick: true };
    expect(allActs(await attack(CHOSEN, walls, netLog('bare')))).toEqual([]);
  });

  // With more walls there can be no more acts: the short run leaves that out.
  it.runIf(isLong)('do nothing as the reader shows them', { timeout: TIMEOUT }, async () => {
    const walls = { serve: served(FROZEN_PAGE_HEADERS, false), sandbox: FROZEN_FRAME_SANDBOX, middleClick: true };
    expect(allActs(await attack(CHOSEN, walls, netLog('shipped')))).toEqual([]);
  });
});

/** Pages that come with attributes of ours. All of them would hide text that a browser shows, or lay it out differently. */
const BROUGHT: Readonly<Record<string, string>> = {
  plain: '<p data-fz-s=h>words</p>',
  'on the page': '<html data-fz-s=h><head data-fz-s=b><body data-fz-s="h">words',
  'other letters': '<p DATA-FZ-S=h Data-Fz-s=b>words</p>',
  twice: '<p data-fz-s=h data-fz-s=b>words</p>',
  'in a drawing': '<svg data-fz-s=h><text data-fz-s=h data-fz-S=h>words</text></svg>words',
  'with a prefix': '<svg><text xml:data-fz-s=h fz:data-fz-s=h>words</text></svg>words',
  'in a frame': `<iframe srcdoc="<p data-fz-s=h>words</p>"></iframe>words`,
  'in a shadow root': '<div><template shadowrootmode=open data-fz-s=h><p data-fz-s=h>words</p></template></div>words',
  'on a policy': `<meta http-equiv=Content-Security-Policy content="${FROZEN_META_CSP}" data-fz-s=h><p>words`,
  'on a second body': '<body><p>words<body data-fz-s=h><html data-fz-s=h>',
  'in noscript': '<noscript><p data-fz-s=h>words</p></noscript>words',
  'other marks of ours':
    '<a href=https://a.example/ data-fz-href=https://b.example/ data-fz-x=1 data-fz-s=tp>words</a>',
};

describe('A page with stamps of its own', () => {
  it.each(Object.entries(BROUGHT))('has none when frozen: %s', (name, html) => {
    const frozen = freeze(name, html);
    expect(htmlOf(frozen)).not.toMatch(/data-fz-s/i);
    expect(htmlOf(frozen)).not.toContain('b.example');
    expect(openLayerFile(frozen.layerFile).text()).toContain('words');
  });

  it.each(Object.entries(BROUGHT))('has only the window’s after its styles were read: %s', (name, html) => {
    const frozen = freeze(name, html);
    const after = styledAs(frozen, () => '');
    expect(htmlOf(valueOf(after, name))).toBe(htmlOf(frozen));
  });

  // A window is the program's own; were it taken over, its word would still be no way into the page.
  it.each(['h" onclick="alert(1)', 'hh', '"><script>alert(1)</script>', 'B', ' h'])(
    'can only be stamped with a stamp: %s',
    (style) => {
      expect(elementStyle.safeParse(style).success).toBe(false);
      const outcome = styledAs(freeze('plain', '<p>words'), ({ tagName }) => (tagName === 'p' ? style : ''));
      expect(outcome).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } });
    },
  );

  it.each([
    ['meta', 'b'],
    ['svg', 'b'],
    ['text', 'tp'],
  ])('can only be stamped where a stamp is allowed: %s', (name, style) => {
    const frozen = freeze('drawing', '<p>words<svg><text>more</text></svg>');
    const outcome = styledAs(frozen, ({ tagName }) => (tagName === name ? style : ''));
    expect(outcome).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } });
  });
});
