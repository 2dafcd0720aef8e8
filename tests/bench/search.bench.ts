/**
 * Searching 1,000 sources and 100,000 passages: how fast the index is built, and how long a search takes, in ms and as a share of
 * the time for scanning all texts without an index; and how much indexing adds to an import. `SOURCEBOOK_SEARCHED` names a folder
 * that keeps the project between runs.
 */
import { existsSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { newProject } from '../../electron/engine/create-project.ts';
import { openEngine, type Engine } from '../../electron/engine/engine.ts';
import { openHome } from '../../electron/host/home.ts';
import { newPrivateKey, personOf } from '../../electron/project/people/people.ts';
import type { CallInput } from '../../shared/contract/index.ts';
import { foldForSearch } from '../../shared/text/search-fold.ts';
import { linesOf, makePdf } from '../support/pdf.ts';
import { seeded } from '../support/seeded.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { amount, bench, figure, ratio } from './harness.ts';
import { makeLargeProject } from './large-project.ts';

/** Common and rare words in the scripts people search in; the rest of a text is random characters. */
const WORDS = [
  '农村富余劳动力',
  '转移就业',
  '对口支援',
  '技能培训',
  '土地流转',
  '公共服务',
  'labour',
  'transferred',
  'ئەمگەكچى',
];
const SIGNS = ['，', '。', '、', ' ', '\n'];
const CHARACTERS = 2500;

/** Texts made so far: a text is asked for again for each of its passages. */
const made = new Map<number, string>();
function variedText(source: number): string {
  const text = made.get(source) ?? makeText(source);
  made.set(source, text);
  return text;
}
function makeText(source: number): string {
  const random = seeded(source);
  const han = (): string => String.fromCharCode(0x4e00 + Math.floor(random.next() ** 3 * CHARACTERS));
  const piece = (): string =>
    random.chance(0.05) ? ` ${random.pick(WORDS)} ` : Array.from({ length: random.int(2, 9) }, han).join('');
  const body = Array.from({ length: 900 }, () => piece() + random.pick(SIGNS)).join('');
  return `报告 ${source}\n${body}${source % 100 === 7 ? '百日攻坚行动 unemployment' : ''}\n`;
}

const QUESTIONS: readonly (readonly [string, CallInput<'search.query'>])[] = [
  ['two characters, in every text', { query: '就业' }],
  ['four characters, in every text', { query: '對口支援' }],
  ['four characters, in ten texts', { query: '百日攻坚' }],
  ['a part of a word, in ten texts', { query: 'employment' }],
  ['a part of a word, in every text', { query: 'labour' }],
  ['two words on one page', { query: 'labour + 百日' }],
  ['nothing', { query: 'nowhere at all' }],
];

/** PDFs of ten pages, as many reports are. */
const REPORTS = amount(300, 4);
const PAGES = 10;
/** Milliseconds between two looks for what is not indexed yet, as in electron/engine/engine-worker.ts. */
const PAUSE = 500;

const kept = process.env['SOURCEBOOK_SEARCHED'];
const home = kept ?? makeFolder('sourcebook-bench-');
try {
  const person = openHome({ SOURCEBOOK_HOME: home }).person('Nour');
  const folder = join(home, 'Searched.sourcebook');
  if (!existsSync(folder)) await makeLargeProject(folder, person, variedText);
  rmSync(join(folder, 'cache'), { recursive: true, force: true });
  const engine = await openEngine({ folder, person });
  try {
    await measure(engine, folder);
  } finally {
    await engine.close();
  }
} finally {
  if (kept === undefined) removeFolder(home);
}
await measureImport();

async function measure(engine: Engine, folder: string): Promise<void> {
  const texts = await allTexts(engine);
  const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;
  const building = await bench('the index, built', () => engine.call('search.query', { query: '就业', whole: true }), {
    warmUp: 0,
    runs: 1,
  });
  const fold = await bench('folding all texts, and no more', () => texts.forEach((text) => foldForSearch(text)), {
    runs: 3,
  });
  figure('text indexed (quotations and memos come with it)', megabytes, 'MB');
  figure('text indexed a second', megabytes / (building / 1000), 'MB/s');
  ratio('building the index to folding the texts', building, fold);
  ratio('the index to the text, in bytes', cacheSize(folder) / 1e6, megabytes);
  const scan = await bench('looking through all texts without an index', () => scanned(texts, '就业'), { runs: 3 });
  for (const [name, question] of QUESTIONS) {
    const first = await bench(`${name}: first sixty`, () => engine.call('search.query', { limit: 60, ...question }));
    ratio('… to a scan', first, scan, { atMost: 0.1 });
  }
  const all = await bench('four characters in every text, all counted', () =>
    engine.call('search.query', { query: '對口支援', whole: true }),
  );
  ratio('… to a scan', all, scan, { atMost: 1 });
  const [category] = (await engine.call('codebook.get', {})).categories;
  if (category === undefined) throw new Error('The codebook is empty');
  const narrowed = { query: '就业', categories: [category.id], limit: 60 };
  const first = await bench('the same within a category: first sixty', () => engine.call('search.query', narrowed));
  ratio('… to a scan', first, scan, { atMost: 0.1 });
}

async function allTexts(engine: Engine): Promise<string[]> {
  const texts: string[] = [];
  for (const { layer } of (await engine.call('sources.list', {})).sources)
    if (layer !== null) texts.push((await engine.call('layers.text', { id: layer })).text);
  return texts;
}

function scanned(texts: readonly string[], query: string): number {
  const wanted = foldForSearch(query).text;
  return texts.reduce((sum, text) => sum + foldForSearch(text).text.split(wanted).length - 1, 0);
}

function cacheSize(folder: string): number {
  const files = readdirSync(join(folder, 'cache')).filter((name) => name.startsWith('search.sqlite'));
  return files.reduce((sum, name) => sum + statSync(join(folder, 'cache', name)).size, 0);
}

/** The same import without the index, and with it built beside, as in the program. */
async function measureImport(): Promise<void> {
  const at = makeFolder('sourcebook-bench-');
  try {
    const reports = join(at, 'reports');
    mkdirSync(reports);
    for (let n = 0; n < REPORTS; n++)
      writeFileSync(
        join(reports, `${n}.pdf`),
        await makePdf(Array.from({ length: PAGES }, (_, page) => linesOf(n * PAGES + page, 44))),
      );
    const spent = { without: 0, with: 0 };
    const imported = async (how: keyof typeof spent): Promise<void> => {
      const before = process.cpuUsage();
      await importInto(at, reports, how === 'with');
      const { user, system } = process.cpuUsage(before);
      spent[how] += user + system;
    };
    const times = { warmUp: 0, runs: 2 };
    const plain = await bench(`importing ${REPORTS} PDFs of ${PAGES} pages`, () => imported('without'), times);
    const indexed = await bench('the same, indexed meanwhile', () => imported('with'), times);
    ratio('… to importing alone', indexed, plain, { atMost: 1.25 });
    ratio('… in processor time of all threads', spent.with, spent.without, { atMost: 1.25 });
  } finally {
    removeFolder(at);
  }
}

/** Imports a folder into a new project; it is removed afterwards. */
async function importInto(at: string, reports: string, isIndexed: boolean): Promise<void> {
  const folder = join(at, 'Imported.sourcebook');
  const person = personOf('Nour', newPrivateKey());
  newProject({ folder, person, title: 'Imported', codebook: 'xinjiang-labour' });
  const engine = await openEngine({ folder, person });
  let isDone = false;
  const importing = engine.call('import.run', { job: 'reports', paths: [reports] }).finally(() => (isDone = true));
  while (isIndexed && !isDone) {
    await engine.call('search.prepare', {});
    await Promise.race([importing, setTimeout(PAUSE)]);
  }
  await importing;
  // It answers when all is indexed.
  if (isIndexed) await engine.call('search.query', { query: 'labour', whole: true, limit: 1 });
  await engine.close();
  rmSync(folder, { recursive: true });
}
