import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Extracted, Extraction } from '../../electron/formats/extracted.ts';
import { readMhtml } from '../../electron/formats/mhtml/index.ts';
import { freezeCapture, freezeWithFolder } from '../../electron/formats/page/index.ts';
import {
  FROZEN_FRAME_SANDBOX,
  FROZEN_META_CSP,
  FROZEN_PAGE_HEADERS,
  frozenResourceHeaders,
} from '../../shared/model/frozen-csp.ts';
import { frozenResourceType } from '../../shared/model/frozen-resource.ts';
import { archived } from '../support/archives.ts';
import { allActs, attack, type Walls } from '../support/hostile-bench.ts';
import { makeMhtml } from '../support/mhtml.ts';
import { share } from '../support/share.ts';
import { wacz } from '../support/wacz.ts';
import { gzippedWarc, plainWarc, response } from '../support/warc.ts';
import { CAPTURED, type CapturedPayload } from './payloads/captures.ts';

const ADDRESS = 'https://saved.example/news/page.html';
const TIMEOUT = 300_000;
const step = Math.floor(CAPTURED.length / share(CAPTURED.length));
const CHOSEN = CAPTURED.filter((_, index) => index % step === 0);

const absolute = (path: string): string => URL.parse(path, ADDRESS)?.href ?? path;
const valueOf = (extraction: Extraction): Extracted => {
  if (!extraction.ok) throw new Error(extraction.error.message);
  return extraction.value;
};
const NAMED = { fileName: 'page', charset: null };

/** Each way a page comes with its parts: read and frozen as an import does. */
const CARRIERS: Readonly<Record<string, (payload: CapturedPayload) => Promise<Extracted>>> = {
  MHTML: ({ html, headers = {}, parts }) => {
    const bytes = makeMhtml({
      headers: { 'Snapshot-Content-Location': ADDRESS },
      parts: [
        {
          headers: { 'Content-Type': 'text/html; charset=utf-8', 'Content-Location': ADDRESS, ...headers },
          body: html,
          encoding: 'quoted-printable',
        },
        ...parts.map(({ path, type, body }) => ({
          headers: {
            'Content-Type': type,
            'Content-Location': absolute(path),
            'Content-ID': `<${path.replace(/^cid:/, '')}>`,
          },
          body,
          encoding: 'base64' as const,
        })),
      ],
    });
    const capture = readMhtml(bytes, { fileName: 'page.mhtml' });
    if (!capture.ok) throw new Error(capture.error.message);
    return Promise.resolve(valueOf(freezeCapture(capture.value, NAMED)));
  },
  WARC: ({ html, headers = {}, parts }) =>
    archived(
      plainWarc([
        response({ url: ADDRESS, body: html, headers }),
        ...parts.map(({ path, type, body }) => response({ url: absolute(path), type, body })),
      ]),
    ).page(ADDRESS),
  WACZ: async ({ html, headers = {}, parts }) => {
    const warc = gzippedWarc([
      response({ url: ADDRESS, body: html, headers }),
      ...parts.map(({ path, type, body }) => response({ url: absolute(path), type, body })),
    ]);
    const pages = [{ url: ADDRESS, title: '<script>alert(1)</script>', ts: '2024-05-06T07:08:09Z' }];
    return archived(await wacz({ warcs: { 'data.warc.gz': warc }, pages }), 'captures.wacz').page(ADDRESS);
  },
  folder: ({ html, parts }) =>
    Promise.resolve(
      valueOf(
        freezeWithFolder(
          new TextEncoder().encode(html),
          new Map(parts.map(({ path, body }) => [path, new TextEncoder().encode(body)])),
          NAMED,
        ),
      ),
    ),
};

interface Carried {
  readonly name: string;
  readonly html: string;
  readonly extracted: Extracted;
}

async function carried(): Promise<Carried[]> {
  const all: Carried[] = [];
  for (const payload of CHOSEN)
    for (const [carrier, freeze] of Object.entries(CARRIERS))
      all.push({ name: `${carrier}: ${payload.name}`, html: payload.html, extracted: await freeze(payload) });
  return all;
}

/** The page as an import stored it, with its resources; `isBare` without the policy that is written into it. */
const served =
  (all: readonly Carried[], headers: Readonly<Record<string, string>>, isBare: boolean): Walls['serve'] =>
  ({ name }) => {
    const at = all.findIndex((one) => one.name === name);
    const { frozen, resources } = all[at]?.extracted ?? { frozen: null, resources: [] };
    const html = new TextDecoder().decode(frozen ?? undefined);
    const bare = html.replace(`<meta http-equiv="Content-Security-Policy" content="${FROZEN_META_CSP}">`, '');
    if (bare === html) throw new Error(`${name}: the policy in the page was not found`);
    const path = `/p/${String(at)}/`;
    return [
      { path, served: { body: isBare ? bare : html, headers } },
      ...resources.map((bytes) => ({
        path: `${path}r/${createHash('sha256').update(bytes).digest('hex')}`,
        served: { body: bytes, headers: frozenResourceHeaders(frozenResourceType(bytes) ?? '') },
      })),
    ];
  };

const netLog = (name: string): string =>
  join(tmpdir(), `sourcebook-${String(process.pid)}-captured-${name}.netlog.json`);

/** Some that act where they are served as they are: a page in a frame, a style, a script. */
const ACTIVE = ['html as frame', 'css as style', 'script as script'];

describe(`${String(CHOSEN.length)} of ${String(CAPTURED.length)} hostile captures, each as MHTML, WARC, WACZ and with a folder`, () => {
  it('do act without protection, so that this suite shows something', { timeout: TIMEOUT }, async () => {
    const control = CAPTURED.filter(({ name }) => ACTIVE.includes(name));
    expect(control).toHaveLength(ACTIVE.length);
    const serve: Walls['serve'] = ({ name }) => {
      const path = `/p/${String(ACTIVE.indexOf(name))}/`;
      const { html, parts } = control.find((one) => one.name === name) ?? { html: '', parts: [] };
      return [
        { path, served: { body: html, headers: { 'content-type': 'text/html' } } },
        ...parts.map((part) => ({
          path: path + part.path,
          served: { body: part.body, headers: { 'content-type': part.type } },
        })),
      ];
    };
    const acts = await attack(control, { serve, sandbox: null, middleClick: true }, netLog('open'));
    expect(acts.dialogs.length).toBeGreaterThan(0);
    expect(acts.requests.map((address) => URL.parse(address)?.pathname)).toEqual(
      expect.arrayContaining(['/part.png', '/imported.css', '/script']),
    );
  });

  it('do nothing when frozen, without any other protection', { timeout: TIMEOUT }, async () => {
    const all = await carried();
    const serve = served(all, { 'content-type': 'text/html; charset=utf-8' }, true);
    expect(allActs(await attack(all, { serve, sandbox: null, middleClick: true }, netLog('frozen')))).toEqual([]);
  });

  it('do nothing as the reader shows them', { timeout: TIMEOUT }, async () => {
    const all = await carried();
    const serve = served(all, FROZEN_PAGE_HEADERS, false);
    const walls = { serve, sandbox: FROZEN_FRAME_SANDBOX, middleClick: true };
    expect(allActs(await attack(all, walls, netLog('shipped')))).toEqual([]);
  });

  it('keep no resource but images, fonts and styles, whatever its type says', async () => {
    for (const { name, extracted } of await carried())
      for (const bytes of extracted.resources)
        expect(frozenResourceType(bytes), name).toMatch(/^(?:image|font|text\/css)/);
  });
});
