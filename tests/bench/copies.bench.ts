/**
 * Finding copies of one text among 10,000 sources, half of them Chinese and half English, of some 1,500 characters each: 1,500 of them
 * reprint one of 400 others, as they are, with small edits, in traditional characters, on other lines, or within a longer page. Recall
 * and precision are counted in pairs that were made so; then one source is added, and all is looked for again. The job of the program
 * runs, on layers in a folder, in this process: the processor time is its own. Until it finds them a project goes on.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findCopies } from '../../electron/features/copies/find-in-project.ts';
import { hashBytes, openOriginals } from '../../electron/project/files/originals.ts';
import { componentsOf } from '../../shared/copies/groups.ts';
import { kindOfCopy } from '../../shared/copies/pairs.ts';
import type { Sha256 } from '../../shared/model/index.ts';
import { encodeLayerFile } from '../../shared/text/layer-file.ts';
import { article, reprint, REPRINTS, type Script } from '../support/copies.ts';
import { timed } from '../support/processor-time.ts';
import { seeded } from '../support/seeded.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { amount, figure, peakMemory } from './harness.ts';

const SOURCES = amount(10_000, 60);
const TEXTS = amount(400, 6);
const COPIES = amount(1500, 20);

const random = seeded(2024);
const folder = makeFolder('sourcebook-bench-');
try {
  measure();
} finally {
  removeFolder(folder);
}

/** A layer and the number of the text that it is or reprints; null for one of its own. */
interface Made {
  readonly layer: Sha256;
  readonly text: number | null;
}

function measure(): void {
  const cache = join(folder, 'cache');
  mkdirSync(cache);
  const { made, units } = makeLayers();
  const layers = made.map(({ layer }) => layer);
  figure('text', units / 1e6, 'million characters');
  const look = (all: readonly Sha256[]) => {
    const begun = performance.now();
    const { outcome, ms } = timed(() => findCopies({ folder, cache, layers: all }, () => undefined));
    return { outcome, ms, elapsed: performance.now() - begun };
  };
  const first = look(layers);
  seconds('finding copies among all, processor time', first.ms, 60);
  seconds('finding copies among all, elapsed', first.elapsed, 60);
  judge(made, first.outcome);
  const late = store(reprint(random, article(random, 'english'), 'english', 'edited'));
  const again = look([...layers, late]);
  seconds('again after one new source, processor time', again.ms);
  figure('most memory of this process', peakMemory(), 'MB');
}

function seconds(name: string, ms: number, atMost?: number): void {
  figure(name, ms / 1000, 's', atMost === undefined ? {} : { atMost });
}

function store(text: string): Sha256 {
  const page = { text, box: [0, 0, 0, 0] as const, rotation: 0 as const, failed: false, geometry: null };
  const bytes = encodeLayerFile({
    engine: 'plain-text',
    version: 'bench',
    notes: [],
    frozen: null,
    resources: [],
    pages: [{ ...page, box: [...page.box] }],
  });
  const files = openOriginals(folder);
  files.putLayer(bytes);
  return hashBytes(bytes);
}

function makeLayers(): { made: Made[]; units: number } {
  const made: Made[] = [];
  let units = 0;
  const add = (text: string, of: number | null): void => {
    units += text.length;
    made.push({ layer: store(text), text: of });
  };
  const scripts: Script[] = ['chinese', 'english'];
  const origins = Array.from({ length: TEXTS }, (_, at) => {
    const script = scripts[at % 2] ?? 'chinese';
    return { script, text: article(random, script, random.int(5, 18)) };
  });
  for (const [at, { text }] of origins.entries()) add(text, at);
  for (let count = 0; count < COPIES; count++) {
    const at = random.int(0, TEXTS - 1);
    const { script, text } = origins[at] ?? { script: 'chinese', text: '' };
    add(reprint(random, text, script, random.pick(REPRINTS)), at);
  }
  while (made.length < SOURCES) add(article(random, random.pick(scripts), random.int(5, 18)), null);
  return { made: random.shuffle(made), units };
}

/** Of the pairs of each text those that are linked, by way of others too; of the pairs found those that are of one text. */
function judge(made: readonly Made[], { pairs }: ReturnType<typeof findCopies>): void {
  const textOf = new Map(made.map(({ layer, text }) => [layer, text]));
  const found = pairs.filter((pair) => kindOfCopy(pair) !== null);
  const right = found.filter(({ one, other }) => textOf.get(one) !== null && textOf.get(one) === textOf.get(other));
  const sets = componentsOf(found.map(({ one, other }) => [one, other]));
  let [wanted, linked] = [0, 0];
  for (const [text, all] of Map.groupBy(made, (one) => one.text)) {
    if (text === null) continue;
    const layers = [...new Set(all.map(({ layer }) => layer))];
    for (const [at, one] of layers.entries())
      for (const other of layers.slice(at + 1)) {
        wanted++;
        if (sets.rootOf(one) === sets.rootOf(other)) linked++;
      }
  }
  const share = (part: number, of: number): number => (of === 0 ? 1 : part / of);
  figure('pairs of copies', wanted, 'pairs');
  figure('recall', 100 * share(linked, wanted), '%', { atLeast: 95 });
  figure('precision', 100 * share(right.length, found.length), '%', { atLeast: 99 });
}
