import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newId, openProject } from '../../electron/db/index.ts';
import type { Edit, Person } from '../../electron/db/types.ts';
import { newProject } from '../../electron/engine/create-project.ts';
import { openEngine } from '../../electron/engine/engine.ts';
import { newPrivateKey, personOf } from '../../electron/project/people/people.ts';
import { quoteSpan } from '../../shared/anchoring/anchor.ts';
import type { Category, Source } from '../../shared/model/index.ts';
import { seeded, type Seeded } from '../support/seeded.ts';
import { amount } from './harness.ts';

const SOURCES = amount(1000, 10);
const PASSAGES = amount(100_000, 2000);
/** Passages in a commit. People add one at a time, with which this script would run for ten minutes. */
const AT_ONCE = 200;

const SENTENCE = '2023年全县农村富余劳动力转移就业，完成“百日攻坚”行动目标任务。';
const sameText = (source: number): string => `报告 ${source}\n${SENTENCE.repeat(120)}\n`;

/**
 * A project of 1,000 plain texts and 100,000 passages with one to three tags, a tenth with a memo: seven in ten by `person`, the
 * others by a colleague in a copy, who signs with a key of their own. Both copies are merged, as a team does.
 */
export async function makeLargeProject(folder: string, person: Person, textOf = sameText): Promise<void> {
  newProject({ folder, person, title: 'Large', codebook: 'xinjiang-labour' });
  const files = join(folder, '..', 'files');
  mkdirSync(files);
  for (let source = 0; source < SOURCES; source++) writeFileSync(join(files, `${source}.txt`), textOf(source));
  const engine = await openEngine({ folder, person });
  await engine.call('import.run', { job: 'large', paths: [files] });
  const { sources } = await engine.call('sources.list', {});
  const { categories } = await engine.call('codebook.get', {});
  await engine.close();

  const theirs = join(folder, '..', 'Copy of a colleague.sourcebook');
  cpSync(folder, theirs, { recursive: true });
  const random = seeded(2023);
  const colleague = personOf('Ben', newPrivateKey());
  const mine = openProject({ folder, person });
  const other = openProject({ folder: theirs, person: colleague });
  for (let made = 0; made < PASSAGES; made += AT_ONCE) {
    const source = sources[(made / AT_ONCE) % SOURCES];
    if (source === undefined) throw new Error(`There are only ${sources.length} sources`);
    const [by, db] = random.chance(0.7) ? [person, mine] : [colleague, other];
    const edits = Array.from({ length: AT_ONCE }, () => passageEdits(random, source, textOf, categories, by.id));
    db.write.commit(`Tag ${AT_ONCE} passages`, edits.flat());
  }
  mine.close();
  other.close();
  const merging = await openEngine({ folder, person });
  await merging.call('merge.apply', { path: theirs });
  await merging.close();
  rmSync(theirs, { recursive: true });
}

function passageEdits(
  random: Seeded,
  source: Source,
  textOf: (source: number) => string,
  categories: readonly Category[],
  person: string,
): Edit[] {
  const passage = newId();
  const text = textOf(Number(source.fileName.replace('.txt', '')));
  const start = random.int(10, text.length - 80);
  const quoted = quoteSpan(text, { start, end: start + random.int(4, 60) });
  if (!quoted.ok) throw new Error(quoted.error.message);
  const anchor = { kind: 'text', ...quoted.value, page: 1, quads: [] };
  return [
    { entity: 'passage', id: passage, field: 'source', value: source.id },
    { entity: 'passage', id: passage, field: 'layer', value: source.layer },
    { entity: 'passage', id: passage, field: 'anchor', value: anchor },
    { entity: 'passage', id: passage, field: 'person', value: person },
    ...random
      .shuffle(categories)
      .slice(0, random.int(1, 3))
      .flatMap((category): Edit[] => {
        const tag = newId();
        return [
          { entity: 'tag', id: tag, field: 'passage', value: passage },
          { entity: 'tag', id: tag, field: 'category', value: category.id },
          { entity: 'tag', id: tag, field: 'person', value: person },
        ];
      }),
    ...(random.chance(0.1) ? memoEdits(passage, person) : []),
  ];
}

function memoEdits(passage: string, person: string): Edit[] {
  const memo = newId();
  return [
    { entity: 'memo', id: memo, field: 'targetKind', value: 'passage' },
    { entity: 'memo', id: memo, field: 'target', value: passage },
    { entity: 'memo', id: memo, field: 'person', value: person },
    { entity: 'memo', id: memo, field: 'text', value: 'Compare with the figure of 2022.' },
  ];
}
