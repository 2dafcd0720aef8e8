/**
 * Searching for a place in 1,000 sources with 6 million characters of text, a name of a place in each 40 of them: how long it takes to
 * count all names of Xinjiang and of what is in it, and of one county; and how long reading the places of all texts takes, which is done
 * once, after they are indexed.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openProjectReader } from '../../electron/db/search/project-reader.ts';
import { SearchIndex } from '../../electron/db/search/search-index.ts';
import { openEngine } from '../../electron/engine/engine.ts';
import { openHome } from '../../electron/host/home.ts';
import { newProject } from '../../electron/engine/create-project.ts';
import { builtInGazetteer } from '../../electron/project/places/gazetteer.ts';
import { seeded } from '../support/seeded.ts';
import { makeFolder, removeFolder } from '../support/temp.ts';
import { amount, bench, figure } from './harness.ts';

const SOURCES = amount(1000, 10);
const CHARACTERS = 6000;
const random = seeded(12);
const names = builtInGazetteer().places.flatMap(({ names: all }) =>
  all.flatMap(({ text }) => (text.length > 1 ? [text] : [])),
);
const han = (): string => String.fromCharCode(0x4e00 + Math.floor(random.next() ** 3 * 2500));

function text(): string {
  let made = '';
  while (made.length < CHARACTERS)
    made += `${Array.from({ length: random.int(20, 45) }, han).join('')}${random.pick(['，', '。', '、', '\n'])}${random.pick(names)}`;
  return made;
}

/** Waits until the places of all texts are in the index. */
async function placesRead(folder: string): Promise<void> {
  const file = join(folder, 'cache', 'search.sqlite');
  for (;;) {
    const index = SearchIndex.read(file, projectId(folder));
    const done = index?.places.keys().size ?? 0;
    index?.close();
    if (done === SOURCES) return;
    await pause(50);
  }
}
function projectId(folder: string): string {
  const reader = openProjectReader(folder, false);
  try {
    return reader.id;
  } finally {
    reader.close();
  }
}

const home = makeFolder('sourcebook-bench-');
try {
  const folder = join(home, 'Places.sourcebook');
  const person = openHome({ SOURCEBOOK_HOME: home }).person('Nour');
  newProject({ folder, person, title: 'Places', codebook: 'empty' });
  const files = join(home, 'files');
  mkdirSync(files);
  const paths = Array.from({ length: SOURCES }, (_, n) => {
    const path = join(files, `${String(n)}.txt`);
    writeFileSync(path, text());
    return path;
  });
  const engine = await openEngine({ folder, person });
  try {
    await engine.call('import.run', { job: 'bench', paths });
    await bench('indexing the texts', () => engine.call('search.query', { query: '就业', whole: true }), {
      warmUp: 0,
      runs: 1,
    });
    const ask = (query: string, whole: boolean) =>
      engine.call('search.query', { query, whole, limit: 60, in: ['sources'] });
    await bench('the places of all texts, read', () => placesRead(folder), { warmUp: 0, runs: 1 });
    figure('names of Xinjiang and of what is in it', (await ask('place:cn-xinjiang', true)).total, 'names');
    await bench('Xinjiang: the total', () => ask('place:cn-xinjiang', true), { goal: { atMost: 300 } });
    await bench('Xinjiang: the first sixty', () => ask('place:cn-xinjiang', false), { goal: { atMost: 300 } });
    await bench('a county: the total', () => ask('place:xj-yutian-co', true), { goal: { atMost: 300 } });
    await bench('reading all texts for their places, as a list', () => engine.call('places.find', {}), {
      warmUp: 0,
      runs: 1,
    });
  } finally {
    await engine.close();
  }
} finally {
  removeFolder(home);
}
