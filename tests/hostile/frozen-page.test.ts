import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { freezePage } from '../../electron/formats/page/index.ts';
import {
  FROZEN_FRAME_SANDBOX,
  FROZEN_META_CSP,
  FROZEN_PAGE_HEADERS,
  frozenResourceHeaders,
} from '../../shared/model/frozen-csp.ts';
import { frozenResourceType } from '../../shared/model/frozen-resource.ts';
import { allActs, attack, type Walls } from '../support/hostile-bench.ts';
import type {} from '../support/in-page/attack.ts';
import { share } from '../support/share.ts';
import { PAYLOADS, type Payload } from './payloads/index.ts';

/** Every tenth, so that each kind of payload is among them. */
const step = Math.floor(PAYLOADS.length / share(PAYLOADS.length));
const CHOSEN = PAYLOADS.filter((_, index) => index % step === 0);
const pathOf = (payload: Payload): string => `/p/${PAYLOADS.indexOf(payload)}/`;
const netLog = (name: string): string => join(tmpdir(), `sourcebook-${process.pid}-${name}.netlog.json`);
const TIMEOUT = 300_000;

const NO_WALLS = { 'content-type': 'text/html; charset=utf-8' };

const raw =
  (headers: Readonly<Record<string, string>>): Walls['serve'] =>
  (payload) => [{ path: pathOf(payload), served: { body: payload.html, headers } }];

/** The page as an import would store it; `isBare` without the policy that is written into it. */
const frozen =
  (headers: Readonly<Record<string, string>>, isBare: boolean): Walls['serve'] =>
  (payload) => {
    const extraction = freezePage(new TextEncoder().encode(payload.html), { fileName: 'page.html' });
    if (!extraction.ok) throw new Error(`${payload.name}: ${extraction.error.message}`);
    const html = new TextDecoder().decode(extraction.value.frozen ?? undefined);
    const page = isBare
      ? html.replace(`<meta http-equiv="Content-Security-Policy" content="${FROZEN_META_CSP}">`, '')
      : html;
    if (isBare && page === html) throw new Error('the policy in the page was not found');
    return [
      { path: pathOf(payload), served: { body: page, headers } },
      ...extraction.value.resources.map((bytes) => ({
        path: `${pathOf(payload)}r/${createHash('sha256').update(bytes).digest('hex')}`,
        served: { body: bytes, headers: frozenResourceHeaders(frozenResourceType(bytes) ?? '') },
      })),
    ];
  };

/** One or more of every kind of act that is watched for. */
const ACTIVE = [
  'script: inline',
  'script: web socket',
  'script: fetch',
  'script: opens a window',
  'script: writes storage',
  'script: navigates the app',
  'link: https://HOST/',
  'link: download of a data address',
  'iframe: https://HOST/',
  'meta: refresh',
  'img: https://HOST/i.png',
  'form: to where it is',
  'handler: attribute after a slash',
];

const NOTHING = {
  dialogs: [],
  requests: [],
  navigations: [],
  windows: [],
  downloads: [],
  app: [],
  network: [],
  own: [],
  refused: [],
};

describe(`${CHOSEN.length} of ${PAYLOADS.length} hostile pages, clicked and typed into in Chromium`, () => {
  it('are at least 250 in all, each with its own name', () => {
    expect(new Set(PAYLOADS.map(({ name }) => name)).size).toBe(PAYLOADS.length);
    expect(PAYLOADS.length).toBeGreaterThanOrEqual(250);
  });

  it('do act without protection, so that this suite shows something', { timeout: TIMEOUT }, async () => {
    const control = PAYLOADS.filter(({ name }) => ACTIVE.includes(name));
    expect(control.length).toBe(ACTIVE.length);
    const acts = await attack(control, { serve: raw(NO_WALLS), sandbox: null, middleClick: true }, netLog('open'), 1);
    const idle = Object.entries(acts).flatMap(([kind, seen]) => (seen.length === 0 ? [kind] : []));
    expect(idle).toEqual([]);
  });

  it('do nothing when frozen, without any other protection', { timeout: TIMEOUT }, async () => {
    expect(
      await attack(CHOSEN, { serve: frozen(NO_WALLS, true), sandbox: null, middleClick: true }, netLog('frozen')),
    ).toEqual(NOTHING);
  });

  it('do nothing behind sandbox and policy alone', { timeout: TIMEOUT }, async () => {
    const acts = await attack(
      CHOSEN,
      { serve: raw(FROZEN_PAGE_HEADERS), sandbox: FROZEN_FRAME_SANDBOX, middleClick: false },
      netLog('walls'),
    );
    // The policy lets a page ask its own host for pictures, and a link may try to lead its own frame elsewhere.
    expect({ ...acts, own: [], refused: [] }).toEqual(NOTHING);
  });

  it('do nothing as the reader shows them: frozen, behind sandbox and policy', { timeout: TIMEOUT }, async () => {
    const acts = await attack(
      CHOSEN,
      { serve: frozen(FROZEN_PAGE_HEADERS, false), sandbox: FROZEN_FRAME_SANDBOX, middleClick: true },
      netLog('shipped'),
    );
    expect(allActs(acts)).toEqual([]);
  });
});
