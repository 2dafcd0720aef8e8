import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createProject } from '../../../../electron/db/index.ts';
import type { ProjectDb } from '../../../../electron/db/types.ts';
import {
  answerPageStyles,
  readPageStyles,
  takePendingPage,
  pendingPage,
} from '../../../../electron/project/sources/page-styles.ts';
import { readPendingPage } from '../../../../electron/project/sources/pending-pages.ts';
import type { Extracted } from '../../../../electron/formats/extracted.ts';
import { freezePage } from '../../../../electron/formats/page/index.ts';
import { createPool, type Pool } from '../../../../electron/workers/pool.ts';
import { Fault } from '../../../../shared/errors.ts';
import { openLayerFile } from '../../../../shared/text/layer-file.ts';
import { somebody } from '../../db/support.ts';
import { png } from '../../../support/pictures.ts';
import { tempFolder } from '../../../support/temp.ts';

const GIF = 'data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=';
const HTML = `<p>a</p><p>b</p><img src="${GIF}">`;
/** html, head, three metas and what the freezer adds to the head, body, p, p, img. */
const STYLES = ['', '', '', '', '', '', '', '', '', 'h', ''];
const QUICK = { take: 301, done: 302, afterNone: 40 };

let project: ProjectDb;
let pool: Pool;
beforeEach(() => {
  project = createProject({ folder: join(tempFolder(), 'Study.sourcebook'), person: somebody('Ann') });
});
afterEach(() => project.close());
beforeAll(() => {
  pool = createPool({ size: 1 });
});
afterAll(() => pool.close());

function frozen(html = HTML): Extracted {
  const extraction = freezePage(new TextEncoder().encode(html), { fileName: 'p.html' });
  if (!extraction.ok) throw new Error(extraction.error.message);
  return extraction.value;
}
const textOf = ({ layerFile }: Extracted): string => openLayerFile(layerFile).text();

/** Reads a page’s styles while a window does this as soon as it is wanted. */
function reading(onWanted: (token: string) => void, signal = new AbortController().signal) {
  const emit = (event: string, payload: object): void => {
    if (event === 'pageStyles.wanted' && 'token' in payload) onWanted(String(payload.token));
  };
  return readPageStyles({ project, pool, emit }, frozen(), signal, QUICK);
}
const answer = (token: string, more: Partial<Parameters<typeof answerPageStyles>[1]> = {}): void =>
  answerPageStyles(project, { token, browser: 'Chromium 156', styles: STYLES, picture: null, ...more });
const leftBehind = (): string[] => {
  const folder = join(project.folder, 'cache', 'pending');
  return existsSync(folder) ? readdirSync(folder) : [];
};

describe('reading a page’s styles', () => {
  it('makes its text with what a window reports, and leaves no temporary files', async () => {
    const page = await reading((token) => {
      expect(takePendingPage(project, token)).toBe(true);
      answer(token);
    });
    expect(textOf(page.extracted)).toBe('a');
    expect(page.extracted.version).toContain('+styles');
    expect(page.extracted.resources).toHaveLength(1);
    expect(page.remarks).toEqual(['Couldn’t take a screenshot of the page.']);
    expect(leftBehind()).toEqual([]);
  });

  it('shows the waiting page and its resources, and nothing else', async () => {
    await reading((token) => {
      const { frozen: hash, resources } = pendingPage(project, token);
      expect(new TextDecoder().decode(readPendingPage(project.folder, token, hash))).toContain('<p>a</p>');
      const picture = readPendingPage(project.folder, token, resources[0] ?? hash);
      expect(Buffer.from(picture).toString('latin1')).toMatch(/^GIF89a/);
      expect(() => pendingPage(project, 'f'.repeat(32))).toThrow('isn’t waiting for its styles');
      expect(() => readPendingPage(project.folder, '../../..', hash)).toThrow('isn’t waiting for its styles');
      answer(token, { styles: null });
    });
  });

  it('keeps the screenshot as a layer of its own, with a page of its size', async () => {
    const taken = png(3, 2);
    const { picture, remarks } = await reading((token) =>
      answer(token, { picture: { png: taken.toString('base64'), width: 3, height: 2, pageHeight: 9 } }),
    );
    expect(picture).toMatchObject({ engine: 'picture', hasText: false, pages: [{ box: [0, 0, 3, 2] }] });
    expect(picture?.notes).toEqual(['The page is 9 pixels high; the screenshot shows the top 2.']);
    expect(picture?.resources[0]).toEqual(new Uint8Array(taken));
    expect(remarks).toEqual([]);
  });

  it.each([
    ['of another size', () => png(2, 2)],
    ['that is no PNG', () => Buffer.from('<svg>')],
    ['that is cut', () => png(3, 2).subarray(0, -8)],
  ])('keeps no screenshot %s', async (_, bytes) => {
    const page = await reading((token) =>
      answer(token, { picture: { png: bytes().toString('base64'), width: 3, height: 2, pageHeight: 2 } }),
    );
    expect(page.picture).toBeNull();
    expect(textOf(page.extracted)).toBe('a');
  });

  it('is done by one window, the first that comes', async () => {
    const taken: boolean[] = [];
    await reading((token) => {
      taken.push(takePendingPage(project, token), takePendingPage(project, token));
      answer(token);
      expect(takePendingPage(project, 'f'.repeat(32))).toBe(false);
    });
    expect(taken).toEqual([true, false]);
  });

  it('leaves the page as it is, with a note, if no window answers, and waits less for the next page', async () => {
    const waits = vi.spyOn(globalThis, 'setTimeout');
    onTestFinished(() => waits.mockRestore());
    const waitedFor = (ms: number): number => waits.mock.calls.filter(([, given]) => given === ms).length;
    const page = await reading(() => undefined);
    expect(page.extracted).toEqual(frozen());
    expect(page.remarks).toEqual(['Text extracted without styles: no window was available to show it.']);
    expect([waitedFor(QUICK.take), waitedFor(QUICK.afterNone)]).toEqual([1, 0]);
    await reading(() => undefined);
    expect([waitedFor(QUICK.take), waitedFor(QUICK.afterNone)]).toEqual([1, 1]);
    expect(leftBehind()).toEqual([]);
  });

  it.each<[string, (token: string) => void, string]>([
    ['takes it and never answers', (token) => takePendingPage(project, token), 'stopped responding'],
    ['cannot show it', (token) => answer(token, { styles: null }), 'couldn’t show it'],
    ['saw another page', (token) => answer(token, { styles: [''] }), 'a different page'],
    ['says that all is hidden', (token) => answer(token, { styles: STYLES.map(() => 'h') }), 'hide all'],
  ])('leaves the page as it is where the window %s', async (_, window, why) => {
    const page = await reading(window);
    expect(page.extracted).toEqual(frozen());
    expect(page.remarks[0]).toContain(why);
  });

  it('that fails leaves the page as it was', async () => {
    const run = () => Promise.reject(new Fault('TOO_LARGE', 'This file needs more memory than Sourcebook allows.'));
    const emit = (_event: string, payload: object): void => {
      if ('token' in payload) answer(String(payload.token));
    };
    const { signal } = new AbortController();
    const page = await readPageStyles({ project, pool: { ...pool, run }, emit }, frozen(), signal, QUICK);
    expect(page.extracted).toEqual(frozen());
    expect(page.remarks[0]).toContain('needs more memory');
  });

  it('ends when the import is stopped', async () => {
    const stop = new AbortController();
    const page = reading(() => stop.abort(), stop.signal);
    await expect(page).rejects.toMatchObject({ data: { code: 'CANCELLED' } });
    await expect(reading(() => undefined, stop.signal)).rejects.toMatchObject({ data: { code: 'CANCELLED' } });
    expect(leftBehind()).toEqual([]);
  });

  it('is done one page after the other', async () => {
    const order: string[] = [];
    const one = (name: string) =>
      reading((token) => {
        order.push(`${name} wanted`);
        // Both are asked for by now.
        setImmediate(() => {
          order.push(`${name} done`);
          answer(token);
        });
      });
    await Promise.all([one('first'), one('second')]);
    expect(order).toEqual(['first wanted', 'first done', 'second wanted', 'second done']);
  });

  it('ignores a window that answers too late', async () => {
    let late = '';
    await reading((token) => {
      late = token;
      answer(token, { styles: null });
    });
    expect(() => answer(late)).toThrow('isn’t waiting for its styles');
    expect(takePendingPage(project, late)).toBe(false);
  });
});
