/**
 * Translates, comments, edits the codebook, adds places and imports without end, while what can be searched, names of places, copies of
 * texts and counts of terms are brought up to date; says each step, and the test kills it. Run as `node indexing-child.ts <folder> <person as JSON> <seed>`.
 */
import { mkdirSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Person } from '../../electron/db/types.ts';
import { openEngine } from '../../electron/engine/engine.ts';
import { readPlaces } from '../../electron/features/search/read-places.ts';
import { seeded } from '../support/seeded.ts';

const [folder = '', personText = '', seed = '0'] = process.argv.slice(2);
const random = seeded(Number(seed));
const say = (line: string): void => void writeSync(1, `${line}\n`);
const incoming = join(dirname(folder), 'incoming');
mkdirSync(incoming, { recursive: true });

const engine = await openEngine({ folder, person: JSON.parse(personText) as Person, workers: 1 });
const { passages } = await engine.call('passages.list', {});
const { categories } = await engine.call('codebook.get', {});
const words = (): string => Array.from({ length: random.int(1, 60) }, () => random.pick(WORDS)).join(' ');
const WORDS = [
  'labour',
  'transfer',
  '转移就业',
  '土地流转',
  '劳务协作',
  'zebra',
  'county',
  '培训',
  '和田地区',
  '和田',
  '洛浦县',
];

async function bringIn(k: number): Promise<void> {
  const path = join(incoming, `${seed}-${String(k)}.txt`);
  writeFileSync(
    path,
    `${'据本报记者报道，全县组织农村富余劳动力转移就业，推进土地流转工作，按计划完成培训任务。'.repeat(3)}${words()}`,
  );
  await engine.call('import.run', { job: `${seed} ${String(k)}`, paths: [path] });
}

async function act(k: number): Promise<void> {
  const passage = random.pick(passages).id;
  const what = random.int(0, 4);
  if (what === 0) await engine.call('translations.set', { passage, language: 'en', text: words(), method: 'human' });
  else if (what === 1) await engine.call('comments.add', { passage, text: words() });
  else if (what === 2)
    await engine.call('categories.edit', { id: random.pick(categories).id, patch: { definition: words() } });
  else if (what === 3)
    await engine.call('places.add', { name: `${random.pick(WORDS)} ${String(k)}`, parent: 'xj-lop-co' });
  else await bringIn(k);
}

/** As the search thread does once nothing is written for a while, which never is the case here. */
function readSomePlaces(): void {
  try {
    readPlaces({ folder, cache: join(folder, 'cache', 'search.sqlite'), readOnly: false });
  } catch {
    // Another thread wrote to the index for too long.
  }
}

/** Not waited for: the next step falls into it. */
const begin = (work: Promise<unknown>): void => void work.catch(() => undefined);
say('open');
for (let k = 0; ; k++) {
  await act(k);
  begin(engine.call('search.query', { query: 'zebra', whole: true }));
  if (random.chance(0.5)) readSomePlaces();
  if (random.chance(0.5)) begin(engine.call('copies.find', {}));
  if (random.chance(0.5)) begin(engine.call('suggestions.count', {}));
  say(String(k));
}
