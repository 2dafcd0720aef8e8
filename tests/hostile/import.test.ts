import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { createProject } from '../../electron/db/index.ts';
import { openEngine, type Engine } from '../../electron/engine/engine.ts';
import { ERROR_CODES } from '../../shared/errors.ts';
import type { ImportItem } from '../../shared/contract/sources.ts';
import type { Source } from '../../shared/model/index.ts';
import { corpus } from '../support/corpus.ts';
import { mutate } from '../support/mutate.ts';
import { linesOf, makePdf } from '../support/pdf.ts';
import { seeded, type Seeded } from '../support/seeded.ts';
import { share } from '../support/share.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { somebody } from '../support/project.ts';

/** No larger file is damaged: it only makes the suite slower, since what is read in it is read in smaller ones. Whole, all come in. */
const MOST_BYTES_DAMAGED = 600_000;
const PAGE =
  '<!doctype html><title>Page</title><style>p{color:red}</style><p>Text <b>of</b> a page</p><table><tr><td>1<td>2</table>';

interface Sample {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Undamaged files: our own, and those of the corpus if it is there. */
async function samples(): Promise<Sample[]> {
  const ours = [
    { name: 'lines.pdf', bytes: await makePdf([linesOf(1, 40), linesOf(2, 40), []], { title: 'Lines' }) },
    { name: 'locked.pdf', bytes: await makePdf([linesOf(3, 10)], { password: 'quota' }) },
    { name: 'page.html', bytes: Buffer.from(PAGE.repeat(20)) },
    { name: 'text.txt', bytes: Buffer.from('转移农村富余劳动力 12,350 人次\n'.repeat(50)) },
  ];
  return [...ours, ...(corpus === null ? [] : filesOf(corpus))];
}

function filesOf(folder: string): Sample[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ name: basename(path), bytes: readFileSync(path) }));
}

const folder = makeFolder();
afterAll(() => removeFolder(folder));

async function open(name: string): Promise<Engine> {
  const options = { folder: join(folder, `${name}.sourcebook`), person: somebody('Ann') };
  createProject(options).close();
  return openEngine(options);
}

/** Every outcome is one a person can read; none is a defect of ours. */
function expectPlain({ path, status, source, error }: ImportItem): void {
  if (status === 'added' || status === 'duplicate') expect(source, path).not.toBeNull();
  else {
    expect(ERROR_CODES, path).toContain(error?.code);
    expect(error?.code, `${path}: ${error?.message}`).not.toBe('INTERNAL');
    expect(error?.message, path).toMatch(/^[A-Z“].*[.”)]$/s);
    expect(error?.message, path).not.toMatch(/\bat .*:\d+:\d+|node_modules/);
  }
}

/** Random spans of a source, anchored, read back exactly what was marked: quote, offsets, page and surroundings. */
async function expectAnchorsRight(engine: Engine, source: Source, random: Seeded): Promise<void> {
  if (source.layer === null) throw new Error(`${source.fileName} has no layer`);
  const layer = await engine.call('layers.get', { id: source.layer });
  const { text } = await engine.call('layers.text', { id: source.layer });
  expect(text.isWellFormed(), source.fileName).toBe(true);
  expect(text.length, source.fileName).toBe(layer.length);
  for (let round = 0; round < 3 && text.length > 0; round++) {
    const start = random.int(0, text.length - 1);
    const end = Math.min(text.length, start + random.int(1, 80));
    if (text.slice(start, end).trim() === '') continue;
    const { anchor } = await engine.call('passages.create', {
      source: source.id,
      layer: layer.id,
      marked: { kind: 'text', start, end },
    });
    if (anchor.kind !== 'text') throw new Error('a span became an area');
    expect(anchor.exact, source.fileName).toBe(text.slice(anchor.start, anchor.end));
    expect(anchor.start).toBeLessThanOrEqual(start);
    expect(anchor.end).toBeGreaterThanOrEqual(end);
    expect(text.slice(0, anchor.start).endsWith(anchor.prefix)).toBe(true);
    expect(text.slice(anchor.end).startsWith(anchor.suffix)).toBe(true);
    const page = layer.pages[anchor.page - 1];
    expect(anchor.start >= (page?.start ?? Infinity) && anchor.start <= (page?.end ?? -1)).toBe(true);
    expect(anchor.quads.flatMap(({ quads }) => quads.flat()).every(Number.isFinite)).toBe(true);
  }
}

describe('hostile files', () => {
  it(`end in an import or a plain error, each of ${share(300)} damaged copies, and passages can be created in what is imported`, async () => {
    const whole = (await samples()).filter(({ bytes }) => bytes.length <= MOST_BYTES_DAMAGED);
    const random = seeded(300);
    const incoming = makeFolder();
    try {
      for (let number = 0; number < share(300); number++) {
        const { name, bytes } = random.pick(whole);
        writeFileSync(
          join(incoming, `${number}-${basename(name, extname(name))}${extname(name)}`),
          mutate(bytes, random),
        );
      }
      const engine = await open('damaged');
      const { items } = await engine.call('import.run', {
        job: 'j',
        paths: [incoming],
        passwords: ['quota', 'æøå'],
        shortPaths: true,
      });
      expect(items).toHaveLength(share(300));
      items.forEach(expectPlain);
      const { sources } = await engine.call('sources.list', {});
      expect(sources.length).toBeGreaterThan(0);
      for (const source of sources) await expectAnchorsRight(engine, source, random);
      const report = await engine.call('project.verify', {});
      expect(report.failures).toEqual([]);
      await engine.close();
    } finally {
      removeFolder(incoming);
    }
  });

  it('that are undamaged are all imported or skipped, except the one that was made damaged', async () => {
    const engine = await open('whole');
    const incoming = makeFolder();
    try {
      for (const [number, { name, bytes }] of (await samples()).entries())
        writeFileSync(join(incoming, `${number}-${name}`), bytes);
      const { items } = await engine.call('import.run', {
        job: 'j',
        paths: [incoming],
        passwords: ['quota', 'æøå'],
        shortPaths: true,
        allPages: true,
      });
      expect(new Set(items.map(({ path }) => path)).size).toBe((await samples()).length);
      items.forEach(expectPlain);
      const failed = items.filter((item) => item.status === 'failed').map((item) => item.path.replace(/^.*\d+-/, ''));
      expect(failed).toEqual(corpus === null ? [] : ['bug1020226.pdf']);
      const random = seeded(1);
      for (const source of (await engine.call('sources.list', {})).sources)
        await expectAnchorsRight(engine, source, random);
    } finally {
      await engine.close();
      removeFolder(incoming);
    }
  });
});
