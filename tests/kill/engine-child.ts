/**
 * Works on a project through its engine without end (imports files, marks passages, exports the project) and says what
 * is done once it is done; the test kills it. Run as `node engine-child.ts <folder> <person as JSON> <seed>`; beside the
 * project's folder it writes what it brings in and takes out.
 */
import { mkdirSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Person } from '../../electron/db/types.ts';
import { openEngine } from '../../electron/engine/engine.ts';
import type { SourceId } from '../../shared/model/index.ts';
import { seeded } from '../support/seeded.ts';
import { plainWarc, response } from '../support/warc.ts';

const [folder = '', personText = '', seed = '0'] = process.argv.slice(2);
const person = JSON.parse(personText) as Person;
const random = seeded(Number(seed));
const say = (line: string): void => void writeSync(1, `${line}\n`);
const beside = dirname(folder);
mkdirSync(join(beside, 'incoming'), { recursive: true });
mkdirSync(join(beside, 'out'), { recursive: true });

say('ready');
const engine = await openEngine({ folder, person, workers: 1 });
say('open');
const sources: SourceId[] = (await engine.call('sources.list', {})).sources.map(({ id }) => id);

async function bringIn(k: number): Promise<void> {
  if (random.next() < 0.25) return bringInArchive(k);
  const words = `全县转移农村富余劳动力 ${seed} ${String(k)} 人次。`.repeat(random.int(1, 400));
  const isPage = random.chance();
  const path = join(beside, 'incoming', `${seed}-${String(k)}.${isPage ? 'html' : 'txt'}`);
  if (isPage) {
    mkdirSync(path.replace('.html', '_files'));
    writeFileSync(path.replace('.html', '_files/note.txt'), words);
  }
  writeFileSync(path, isPage ? `<!doctype html><html lang="zh"><title>${String(k)}</title><p>${words}</p>` : words);
  const { items } = await engine.call('import.run', { job: `job ${String(k)}`, paths: [path] });
  for (const { source, status, error } of items) {
    if (source === null) throw new Error(`${path}: ${status}, ${error?.message ?? ''}`);
    sources.push(source);
  }
}

async function bringInArchive(k: number): Promise<void> {
  const pages = Array.from({ length: random.int(1, 6) }, (_, page) =>
    response({
      url: `https://county.example/${seed}/${String(k)}/${String(page)}`,
      body: `<p>全县转移农村富余劳动力就业 ${String(page)} 人次，提前完成。`,
    }),
  );
  const path = join(beside, 'incoming', `${seed}-${String(k)}.warc`);
  writeFileSync(path, plainWarc(pages));
  const { items } = await engine.call('import.run', { job: `job ${String(k)}`, paths: [path], allPages: true });
  for (const { source, status, error } of items) {
    if (source === null) throw new Error(`${path}: ${status}, ${error?.message ?? ''}`);
    sources.push(source);
  }
}

async function mark(): Promise<void> {
  const source = await engine.call('sources.get', { id: random.pick(sources) });
  if (source.layer === null) throw new Error(`${source.fileName} has no layer`);
  const start = random.int(0, 2);
  const marked = { kind: 'text' as const, start, end: start + random.int(1, 9) };
  const { id, anchor } = await engine.call('passages.create', { source: source.id, layer: source.layer, marked });
  say(`p ${id} ${anchor.kind === 'text' ? encodeURIComponent(anchor.exact) : ''}`);
}

for (let k = 0; ; k++) {
  const what = random.next();
  if (what < 0.4 || sources.length === 0) await bringIn(k);
  else if (what < 0.85) await mark();
  else {
    await engine.call('projectFile.export', { path: join(beside, 'out', 'project.sbk'), replace: true });
    say('e');
  }
  say(`c ${(await engine.call('project.info', {})).head ?? ''}`);
}
