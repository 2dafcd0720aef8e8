import { newId } from '../../electron/db/index.ts';
import type { Edit } from '../../electron/db/types.ts';
import type { Engine } from '../../electron/engine/engine.ts';
import { dateBounds } from '../../shared/model/dates.ts';
import type { Category, Passage, Source } from '../../shared/model/index.ts';
import { addFile, newFolder, openFor, somebody } from './project.ts';
import { writeBehind } from './review.ts';
import type { Seeded } from './seeded.ts';

const DATES = ['2019', '2021-05', '2021-05-17', '2020/2022', '2022-03?', '202X', '../2018', '2021-05/2021-08', null];
/** Of copies: of each two the first days, what is known, or both differ; some are within each other. */
const COPY_DATES = [
  '2021',
  '2021-05',
  '2021-05-01',
  '2021-05/2021-06',
  '2021-04-30/2021-05-02',
  '2020-12/2021-01',
  null,
];
/** When a paper printed it. */
const PRINTED = ['2021-05', '2021-05-17', '2021-05-17/2021-05-19', '2021-06~', '2022', '2021-05-17T08:00:00Z', null];
/** Three paragraphs. */
const TEXT = 'Transfer 转移就业 of 300 people 于田县;\nland 流转土地 赴湖北省, training,\nTRANSFER again 和田地区.';

/**
 * A project of seeded sources, copies, passages on words and on areas, tags of three people, who signed them, settings and removals, some of which no
 * window would write.
 */
export async function randomEvidence(random: Seeded) {
  const person = somebody('Ann');
  const folder = newFolder({ person });
  const engine = await openFor(folder, person);
  const files = await Promise.all(Array.from({ length: 7 }, (_, at) => addFile(engine, `${at}.txt`, `${at} ${TEXT}`)));
  const { categories, dimensions } = await engine.call('codebook.get', {});
  await engine.close();
  const some = random.shuffle(categories).slice(0, 12);
  const signers = [person, somebody('Ben'), somebody('Cat')];
  const people = signers.map(({ id }) => id);
  const dimension = dimensions.find(({ on, values }) => on === 'passage' && values.length > 2);
  if (dimension === undefined) throw new Error('No dimension of passages');
  const edits: Edit[] = [];
  for (const { id } of files) {
    const date = random.pick(DATES);
    edits.push({ entity: 'source', id, field: 'publisher', value: random.pick(['A', 'B', null]) });
    edits.push({ entity: 'source', id, field: 'documentType', value: random.pick(['gwr', 'fyp', null]) });
    edits.push({ entity: 'source', id, field: 'language', value: random.pick(['zh', 'ug', null]) });
    edits.push({ entity: 'source', id, field: 'title', value: random.pick(['洛浦县报告', '报告']) });
    if (date !== null) edits.push({ entity: 'source', id, field: 'dateOfAct', value: { edtf: date, implied: false } });
    const edtf = random.pick(['2023', '2023-05-17', '2021-04']);
    if (random.chance())
      edits.push({ entity: 'source', id, field: 'dateOfPublication', value: { edtf, implied: false } });
  }
  // Of the others nobody highlighted anything.
  const opened = files.slice(0, 4);
  const passages = Array.from({ length: 30 }, () => newId());
  for (const id of passages) edits.push(...passageEdits(random, id, random.pick(opened), people, some));
  for (const id of random.shuffle(passages).slice(0, 8)) {
    const setting = newId();
    edits.push({ entity: 'setting', id: setting, field: 'passage', value: id });
    edits.push({ entity: 'setting', id: setting, field: 'dimension', value: dimension.id });
    edits.push({ entity: 'setting', id: setting, field: 'value', value: random.pick(dimension.values.slice(0, 3)).id });
    edits.push({ entity: 'setting', id: setting, field: 'person', value: random.pick(people) });
  }
  for (let count = random.int(0, 3); count > 0; count--) {
    const [one, other] = random.shuffle(files);
    if (one === undefined || other === undefined) break;
    const id = newId();
    edits.push({ entity: 'copy', id, field: 'one', value: one.id });
    edits.push({ entity: 'copy', id, field: 'other', value: other.id });
    edits.push({
      entity: 'copy',
      id,
      field: 'verdict',
      value: random.pick(['same', 'same', 'different', 'unheard of']),
    });
    edits.push({ entity: 'copy', id, field: 'origin', value: random.pick([one.id, other.id, null]) });
    edits.push({ entity: 'copy', id, field: 'deleted', value: random.chance(0.2) });
  }
  if (random.chance())
    edits.push({ entity: 'source', id: random.pick(files.slice(2)).id, field: 'deleted', value: true });
  const named = new Map(edits.flatMap(({ id, field, value }) => (field === 'person' ? [[id, value] as const] : [])));
  for (const one of signers)
    writeBehind(
      folder,
      one,
      'At random',
      edits.filter(({ id }) => (named.get(id) ?? person.id) === one.id),
    );
  writeBehind(folder, person, 'Reprints', reprinted(random, opened.slice(0, random.int(2, 3))));
  return { engine: await openFor(folder, person), open: () => openFor(folder, person), some, dimension };
}

/** One text in several papers, of each of which passages may be: with other dates, publishers and types, and of one origin or of none. */
function reprinted(random: Seeded, copies: readonly Source[]): Edit[] {
  const [first, ...others] = copies;
  if (first === undefined) return [];
  const fields = copies.flatMap(({ id }, at): Edit[] => {
    const dates = [
      ['dateOfAct', random.pick(COPY_DATES)],
      ['dateOfPublication', random.pick(PRINTED)],
    ] as const;
    return [
      { entity: 'source', id, field: 'publisher', value: random.pick([`Post ${String(at)}`, 'A', null]) },
      ...dates.map(([field, edtf]): Edit => ({
        entity: 'source',
        id,
        field,
        value: edtf === null ? null : { edtf, implied: false },
      })),
    ];
  });
  return [
    ...fields,
    ...others.flatMap((other): Edit[] => {
      const id = newId();
      return [
        { entity: 'copy', id, field: 'one', value: first.id },
        { entity: 'copy', id, field: 'other', value: other.id },
        { entity: 'copy', id, field: 'verdict', value: 'same' },
        { entity: 'copy', id, field: 'origin', value: random.pick([first.id, other.id, null]) },
      ];
    }),
  ];
}

function passageEdits(
  random: Seeded,
  id: string,
  { id: source, layer }: Source,
  people: readonly string[],
  categories: readonly Category[],
): Edit[] {
  const start = random.int(0, TEXT.length - 20);
  const end = start + random.int(1, 20);
  const exact = `0 ${TEXT}`.slice(start, end);
  const onArea = { kind: 'area', page: 1, area: [10, 10, 60, 40] };
  const onWords = { kind: 'text', start, end, exact, prefix: '', suffix: '', page: 1, quads: [] };
  const anchor = random.chance(0.15) ? onArea : onWords;
  return [
    { entity: 'passage', id, field: 'source', value: source },
    { entity: 'passage', id, field: 'layer', value: layer },
    { entity: 'passage', id, field: 'anchor', value: anchor },
    { entity: 'passage', id, field: 'person', value: random.pick(people) },
    { entity: 'passage', id, field: 'deleted', value: random.chance(0.1) },
    ...Array.from({ length: random.int(0, 3) }).flatMap((): Edit[] => {
      const tag = newId();
      return [
        { entity: 'tag', id: tag, field: 'passage', value: id },
        { entity: 'tag', id: tag, field: 'category', value: random.pick(categories).id },
        { entity: 'tag', id: tag, field: 'person', value: random.pick(people) },
        { entity: 'tag', id: tag, field: 'deleted', value: random.chance(0.1) },
      ];
    }),
  ];
}

/** What the other calls say, and counting it by hand. */
export async function naiveEvidence(engine: Engine) {
  const { passages } = await engine.call('passages.list', {});
  const { sources } = await engine.call('sources.list', {});
  const { categories } = await engine.call('codebook.get', {});
  const byId = new Map(categories.map((one) => [one.id, one]));
  const sourceOf = new Map(sources.map((one) => [one.id, one]));
  const live = passages.filter(({ source }) => sourceOf.has(source));
  const isBelow = (id: Category['id'], above: string): boolean => {
    for (let at = byId.get(id); at !== undefined; at = at.parent === null ? undefined : byId.get(at.parent))
      if (at.id === above) return true;
    return false;
  };
  const has = (passage: Passage, category: string): boolean =>
    passage.tags.some((tag) => isBelow(tag.category, category));
  const yearIn = ({ source }: Pick<Passage, 'source'>, date: 'dateOfAct' | 'dateOfPublication'): string => {
    const bounds = dateBounds(sourceOf.get(source)?.[date]?.edtf ?? null);
    if (bounds === null) return '';
    const [from, to] = [bounds.from, bounds.to].map((day) => (day === null ? null : Math.floor(day / 10_000)));
    return from === to && from !== null ? String(from) : 'several';
  };
  const yearOf = (passage: Pick<Passage, 'source'>): string => yearIn(passage, 'dateOfAct');
  const { groups } = await engine.call('copies.list', {});
  /** Copies of one text have one name. */
  const originOf = ({ source }: Passage): string =>
    String(groups.find((group) => group.sources.includes(source))?.sources.toSorted() ?? source);
  return { live, sources, categories, sourceOf, has, isBelow, yearIn, yearOf, originOf };
}
