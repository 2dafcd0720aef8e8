/**
 * The search index over 1,000,000 passages of text, English and Chinese, of some 200 characters each, in 10,000 texts: how large it
 * is, how long the first fifty matches take, shown as the program shows them from its compressed texts, which are read anew each time; how
 * long all of them take; and ripgrep over the same texts as files (`rg`, if it is installed).
 * Each count is compared with a scan of the folded texts.
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { SearchIndex, type LayerText } from '../../electron/db/search/search-index.ts';
import { SEGMENT_UNITS } from '../../electron/db/search/segment-writer.ts';
import { layerText, windowAt } from '../../electron/features/search/chunks.ts';
import { indexedHits } from '../../electron/features/search/text-hit.ts';
import { compressedLayer, hashBytes, openOriginals } from '../../electron/project/files/originals.ts';
import { layerId, sourceId } from '../../shared/model/index.ts';
import { encodeLayerFile, openLayerFile, type LayerFile, type LayerPageContent } from '../../shared/text/layer-file.ts';
import { foldForSearch } from '../../shared/text/search-fold.ts';
import { parseQuery, type SearchTerm } from '../../shared/text/search-query.ts';
import { seeded } from '../support/seeded.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { amount, bench, figure, isSmallest, ratio } from './harness.ts';

const TEXTS = amount(10_000, 10);
const PASSAGES = 100;
const FIRST = 50;

/** Two and four characters, common and rare; a word, a phrase, a prefix; and what is nowhere. */
const QUERIES = ['就业', '百日', '对口支援', '转移就业', 'labour', 'labour transfer', '"unemp', '疆外'];
const TERMS = ['转移就业', '富余劳动力', '对口支援', '百日攻坚', '就业'];

const random = seeded(2023);
/** A number below `most`, small ones more often, as words are. */
const frequent = (most: number): number => Math.floor(Math.exp(random.next() * Math.log(most))) - 1;
const LETTERS = 'etaoinshrdlucmfwypvbgkjqxz';
const WORDS = Array.from({ length: 30_000 }, () =>
  Array.from({ length: random.int(2, 10) }, () => LETTERS.charAt(frequent(LETTERS.length + 1))).join(''),
);
const han = (): string => String.fromCharCode(0x4e00 + frequent(6000));

function passage(): string {
  let text = '';
  if (random.chance(0.5)) {
    while (text.length < 200)
      text += `${random.chance(0.01) ? 'labour transfer' : random.chance(0.001) ? 'unemployment' : (WORDS[frequent(WORDS.length)] ?? '')}${random.chance(0.1) ? ', ' : ' '}`;
    return `${text.trimEnd()}.\n`;
  }
  while (text.length < 200) {
    text += random.chance(0.03) ? random.pick(TERMS) : Array.from({ length: random.int(2, 9) }, han).join('');
    if (random.chance(0.3)) text += random.pick(['，', '。', '、', '\n']);
  }
  return `${text}\n`;
}

const folder = makeFolder('sourcebook-bench-');
/** The hash of each text’s file, by the id of its layer. */
const hashes = new Map<string, string>();
try {
  const index = SearchIndex.open(join(folder, 'search.sqlite'), 'bench');
  const made = build(index);
  index.checkpoint();
  index.close();
  await measure(made);
} finally {
  removeFolder(folder);
}

interface Made {
  readonly megabytes: number;
  readonly folding: number;
  readonly indexing: number;
  readonly counts: ReadonlyMap<string, number>;
}

function build(index: SearchIndex): Made {
  mkdirSync(join(folder, 'texts'));
  const counts = new Map<string, number>();
  const wanted = QUERIES.map((query) => [query, foldForSearch(query.replaceAll('"', '')).text] as const);
  let [bytes, folding, indexing, units] = [0, 0, 0, 0];
  let layers: LayerText[] = [];
  const write = (): void => {
    const begun = performance.now();
    index.writing(() => index.putLayers(layers));
    indexing += performance.now() - begun;
    layers = [];
    units = 0;
  };
  for (let n = 0; n < TEXTS; n++) {
    const text = Array.from({ length: PASSAGES }, passage).join('');
    bytes += Buffer.byteLength(text);
    writeFileSync(fileOf(n), text);
    const file = putFile(n, text);
    const begun = performance.now();
    const layer = { layer: idOf(n), source: idOf(n), ...layerText(file, () => undefined) };
    folding += performance.now() - begun;
    for (const [query, folded] of wanted) counts.set(query, (counts.get(query) ?? 0) + occurrences(layer.text, folded));
    layers.push(layer);
    units += layer.text.length;
    if (units > SEGMENT_UNITS) write();
  }
  write();
  return { megabytes: bytes / 1e6, folding, indexing, counts };
}

function fileOf(n: number): string {
  return join(folder, 'texts', `${n}.txt`);
}

/** The text as a file of a project. */
function putFile(n: number, text: string): LayerFile {
  const page: LayerPageContent = { text, box: [0, 0, 0, 0], rotation: 0, failed: false, geometry: null };
  const head = { engine: 'plain-text', version: 'bench', notes: [], frozen: null, resources: [] } as const;
  const bytes = encodeLayerFile({ ...head, pages: [page] });
  const hash = hashBytes(bytes);
  // As the project’s folder has it, but without waiting for the disk at each of 10,000 files.
  const path = `${openOriginals(folder).layerPath(hash)}.zst`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, compressedLayer(bytes));
  hashes.set(idOf(n), hash);
  return openLayerFile(bytes);
}
/** Of a text’s layer, and of its source. */
function idOf(n: number): string {
  return `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;
}

function occurrences(text: string, wanted: string): number {
  let count = 0;
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) count++;
  return count;
}

async function measure({ megabytes, folding, indexing, counts }: Made): Promise<void> {
  figure('text indexed', megabytes, 'MB');
  figure('text indexed a second, folding included', megabytes / ((folding + indexing) / 1000), 'MB/s');
  ratio('indexing to folding the texts', folding + indexing, folding);
  const size = statSync(join(folder, 'search.sqlite')).size / 1e6;
  ratio('the index to the text, in bytes', size, megabytes, { atMost: 1 });
  const index = SearchIndex.read(join(folder, 'search.sqlite'), 'bench');
  if (index === null) throw new Error('There is no index');
  const firsts: number[] = [];
  for (const query of QUERIES) {
    const terms = parseQuery(query);
    await bench(`${query}: first fifty, shown`, () => firsts.push(timed(() => firstFifty(index, terms))), {
      runs: 20,
      goal: { atMost: 5 },
    });
    const total = { count: 0 };
    await bench(`${query}: all counted`, () => (total.count = all(index, terms)), { goal: { atMost: 300 } });
    figure('… found', total.count, 'matches');
    if (total.count !== counts.get(query))
      throw new Error(`${query}: ${total.count}, but ${counts.get(query)} by a scan`);
  }
  const sorted = firsts.toSorted((a, b) => a - b);
  figure(
    'first fifty of any of these, 95 of 100 are faster than',
    sorted[Math.floor(sorted.length * 0.95)] ?? 0,
    'ms',
    {
      atMost: 20,
    },
  );
  index.close();
  await ripgrep();
}

function timed(work: () => unknown): number {
  const begun = performance.now();
  work();
  return performance.now() - begun;
}

/** Finds them and shows them, as listing them does: nothing that was read for another search is left. */
function firstFifty(index: SearchIndex, terms: readonly SearchTerm[]): number {
  const files = openOriginals(folder);
  const longest = Math.max(...terms.flatMap(({ phrases }) => phrases.map(({ text }) => text.length)));
  let count = 0;
  index.reading(() => {
    for (const found of index.matches(terms, 0, null)) {
      const chunk = index.chunk(found.doc);
      const hash = chunk === null ? undefined : hashes.get(chunk.layer);
      const window = chunk === null || hash === undefined ? null : windowAt(files, hash, chunk, longest, 0);
      if (chunk === null || hash === undefined || window === null) throw new Error('A piece is missing');
      const source = { id: sourceId.parse(chunk.layer), layer: layerId.parse(chunk.layer), hash };
      const show = indexedHits(source, chunk, window, found);
      for (let n = 0; n < (found.matches?.starts.length ?? 0) && count < FIRST; n++, count++) show(n);
      if (count === FIRST) break;
    }
  });
  return count;
}

function all(index: SearchIndex, terms: readonly SearchTerm[]): number {
  let count = 0;
  index.reading(() => {
    for (const { matches } of index.matches(terms, 0, null)) count += matches?.starts.length ?? 0;
  });
  return count;
}

async function ripgrep(): Promise<void> {
  if (spawnSync('rg', ['--version']).status !== 0) {
    console.log('  ripgrep is not installed: nothing to compare with');
    return;
  }
  const runs = isSmallest ? 1 : 3;
  for (const query of ['就业', 'labour'])
    await bench(
      `${query}: counted by ripgrep`,
      () => spawnSync('rg', ['-c', '-i', '-F', query, join(folder, 'texts')]),
      { runs },
    );
}
