import { mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../electron/engine/engine.ts';
import { openEngine } from '../../electron/engine/engine.ts';
import type { Person } from '../../electron/db/types.ts';
import { newProject } from '../../electron/engine/create-project.ts';
import { Fault } from '../../shared/errors.ts';
import type { PassageId, Source } from '../../shared/model/index.ts';
import { linesOf, makePdf } from '../support/pdf.ts';
import { amount, bench, figure, peakMemory } from './harness.ts';
import { makeLargeProject } from './large-project.ts';
import { benchAlone } from './prepared.ts';

/**
 * A project of 1,000 sources and 100,000 passages as a table, a workbook and a REFI-QDA project; of ten PDFs a dossier of 200 exhibits with
 * pictures, and one with 1,000 highlights as an annotated PDF. Each is also stopped after half a second.
 * Goals: CSV 3 s, XLSX 10 s, QDPX 15 s, dossier 20 s, annotated PDF 3 s, 500 MB.
 */
const CASES = {
  csv: { of: 'large', what: 'all passages', runs: 3, atMost: 3_000 },
  xlsx: { of: 'large', what: 'all passages', runs: 3, atMost: 10_000 },
  qdpx: { of: 'large', what: 'all passages', runs: 3, atMost: 15_000 },
  docx: { of: 'papers', what: 'dossier of 200 exhibits', runs: 1, atMost: 20_000 },
  html: { of: 'papers', what: 'dossier of 200 exhibits', runs: 1, atMost: 20_000 },
  pdf: { of: 'papers', what: '1,000 highlights', runs: 1, atMost: 3_000 },
} as const;
const NAMES = ['csv', 'xlsx', 'qdpx', 'docx', 'html', 'pdf'] as const;
type Name = (typeof NAMES)[number];

const PAPERS = 10;
/** Of the dossier, of each paper. */
const EXHIBITS = amount(200, 20) / PAPERS;
const HIGHLIGHTS = amount(1000, 20);
const PROJECTS = { large: 'Large.sourcebook', papers: 'Papers.sourcebook' } as const;

await benchAlone(import.meta.filename, {
  async make(folder, person) {
    await makeLargeProject(join(folder, PROJECTS.large), person);
    await makePapers(join(folder, PROJECTS.papers), person);
  },
  measure: (folder, person, part) => measure(folder, NAMES.find((name) => name === part) ?? 'csv', person),
  // Each format in a process of its own, so that its peak memory is its own.
  parts: NAMES,
});

/** Ten PDFs of 40 pages. The first has {@link HIGHLIGHTS} passages, the others {@link EXHIBITS} each. */
async function makePapers(folder: string, person: Person): Promise<void> {
  newProject({ folder, person, title: 'Papers', codebook: 'xinjiang-labour' });
  const papers = join(folder, '..', 'papers');
  mkdirSync(papers);
  for (let paper = 0; paper < PAPERS; paper++) {
    const pages = Array.from({ length: 40 }, (_, page) => linesOf(paper * 40 + page, 40));
    writeFileSync(join(papers, `${paper}.pdf`), await makePdf(pages));
  }
  const engine = await openEngine({ folder, person });
  await engine.call('import.run', { job: 'papers', paths: [papers] });
  const { categories } = await engine.call('codebook.get', {});
  for (const source of await papersOf(engine)) {
    if (source.layer === null) throw new Error(`${source.fileName} has no text`);
    const count = source.fileName === '0.pdf' ? HIGHLIGHTS : EXHIBITS;
    for (let made = 0; made < count; made++) {
      const category = categories[made % categories.length];
      const start = made * 100;
      await engine.call('passages.create', {
        source: source.id,
        layer: source.layer,
        marked: { kind: 'text', start, end: start + 80 },
        categories: category === undefined ? [] : [category.id],
      });
    }
  }
  await engine.close();
}

/** By the names of their files. */
async function papersOf(engine: Engine): Promise<Source[]> {
  const { sources } = await engine.call('sources.list', {});
  return sources.toSorted((a, b) => (a.fileName < b.fileName ? -1 : 1));
}

async function measure(folder: string, name: Name, person: Person): Promise<void> {
  const { of, what, runs, atMost } = CASES[name];
  const engine = await openEngine({ folder: join(folder, PROJECTS[of]), person });
  const path = join(folder, `out.${name}`);
  const write = await writing(engine, name, path);
  await bench(`${name}: ${what}`, write, { warmUp: 0, runs, goal: { atMost } });
  figure(`${name}: size`, statSync(path).size / 1e6, 'MB');
  figure(`${name}: stopped after 500 ms, until it has stopped`, await stopped(engine, write), 'ms', { atMost: 500 });
  figure(`${name}: peak memory`, peakMemory(), 'MB', { atMost: 500 });
  await engine.close();
  rmSync(path, { force: true });
}

/** What writes the file once. */
async function writing(engine: Engine, format: Name, path: string): Promise<() => Promise<unknown>> {
  const replace = true;
  switch (format) {
    case 'csv':
    case 'xlsx':
      return () => engine.call('report.write', { path, format, keys: [], replace });
    case 'qdpx':
      return () => engine.call('exchange.export', { path, format, replace });
    case 'docx':
    case 'html': {
      const chosen: PassageId[] = [];
      for (const { id: source } of await papersOf(engine)) {
        const { passages } = await engine.call('passages.list', { source, limit: EXHIBITS });
        chosen.push(...passages.map(({ id }) => id));
      }
      const from = { kind: 'passages' as const, passages: chosen };
      return () => engine.call('dossier.export', { path, format, from, replace });
    }
    case 'pdf': {
      const [first] = await papersOf(engine);
      if (first === undefined) throw new Error('There are no papers');
      return () => engine.call('exchange.export', { path, format, only: { sources: [first.id] }, replace });
    }
  }
}

/** Milliseconds from stopping to the end; 0 if it was done before. */
async function stopped(engine: Engine, write: () => Promise<unknown>): Promise<number> {
  let from = 0;
  const later = setTimeout(() => {
    from = performance.now();
    engine.interrupt();
  }, 500);
  try {
    await write();
    return 0;
  } catch (thrown) {
    if (!(thrown instanceof Fault) || thrown.data.code !== 'CANCELLED') throw thrown;
    return performance.now() - from;
  } finally {
    clearTimeout(later);
  }
}
