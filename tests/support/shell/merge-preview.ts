import { contract } from '../../../shared/contract/index.ts';
import { conflict, type Conflict, type MergePreview } from '../../../shared/contract/merge.ts';
import { passage, type Category, type Passage, type Source } from '../../../shared/model/index.ts';
import { PERSON, PROJECT } from './fixtures.ts';

/** Fictional work of several people: the preview of a colleague's file, three conflicts, past merges and snapshots. */

export const uuid = (kind: number, n: number): string =>
  `00000000-0000-7000-8000-${String(kind).padStart(4, '0')}${String(n).padStart(8, '0')}`;
export const hash = (n: number): string => n.toString(16).padStart(64, '4e1f9a02c7d3');
export const NOW = Date.now();
export const DAY = 86_400_000;
const MOREAU = uuid(7, 2);
const ABLIZ = uuid(7, 3);

export interface World {
  readonly categories: readonly Category[];
  readonly sources: readonly Source[];
}
const codeOf = ({ categories }: World, code: string): Category => {
  const found = categories.find((one) => one.code === code) ?? categories[0];
  if (found === undefined) throw new Error('There are no categories.');
  return found;
};
const sourceAt = ({ sources }: World, n: number): Source => {
  const found = sources[n];
  if (found === undefined) throw new Error(`There is no source ${String(n)}.`);
  return found;
};

/** The two passages that conflicts are about: Chinese in a PDF, Uyghur in a page. */
export function fakePlaces(world: World): Passage[] {
  const [tagged, other] = [codeOf(world, 'TRF.PAIR'), codeOf(world, 'LND.RIGHTS')];
  const make = (n: number, source: Source, words: [string, string, string], category: Category): Passage =>
    passage.parse({
      id: uuid(60, n),
      source: source.id,
      layer: uuid(2, n),
      anchor: {
        kind: 'text',
        start: 40,
        end: 40 + words[1].length,
        prefix: words[0],
        exact: words[1],
        suffix: words[2],
        page: 3,
        quads: [],
      },
      person: PERSON.id,
      createdAt: NOW - 40 * DAY,
      origin: null,
      state: 'coded',
      translations: [],
      comments: 0,
      tags: [{ category: category.id, person: PERSON.id, at: NOW }],
      settings: [],
      memos: [],
      deleted: false,
    });
  return [
    make(
      1,
      sourceAt(world, 1),
      ['要做好对口支援工作，', '与援疆指挥部签订劳务协作协议，落实订单式培训', '，先培训后上岗；选派驻村工作队…'],
      tagged,
    ),
    make(
      2,
      sourceAt(world, 2),
      [
        '',
        'ناھىيىمىز يېزا ئىگىلىكىدىكى ئېشىنچا ئەمگەك كۈچلىرىنى تەشكىللىك ھالدا يۆتكەپ ئىشقا ئورۇنلاشتۇرۇشنى چىڭ تۇتۇپ',
        '',
      ],
      other,
    ),
  ];
}

export function fakeConflicts(world: World): Conflict[] {
  const [pair, order, freed] = ['TRF.PAIR', 'TRF.ORG', 'LND.FREED'].map((code) => codeOf(world, code));
  const [first, second] = fakePlaces(world);
  const side = (n: number, over: object): object => ({
    commit: hash(n),
    field: 'text',
    value: null,
    text: '',
    deleted: false,
    inForce: n % 2 === 1,
    person: n % 2 === 1 ? PERSON.name : 'J. Moreau',
    personId: n % 2 === 1 ? PERSON.id : MOREAU,
    at: NOW - n * 3_000_000,
    ...over,
  });
  const make = (n: number, mine: object, incoming: object, over: object): Conflict =>
    conflict.parse({
      id: hash(900 + n),
      kind: 'field',
      about: '“Land use rights”',
      entity: 'memo',
      record: uuid(9, n),
      field: 'text',
      mine: side(2 * n + 1, mine),
      incoming: side(2 * n + 2, incoming),
      others: [side(2 * n + 2, incoming)],
      passage: null,
      source: null,
      category: null,
      canKeepBoth: true,
      canWrite: true,
      ...over,
    });
  return [
    make(
      0,
      { field: 'tags', value: { added: [pair?.id], removed: [order?.id] }, text: `Added ${pair?.name ?? ''}` },
      { field: 'tags', value: { added: [order?.id], removed: [] }, text: `Added ${order?.name ?? ''}` },
      { kind: 'tags', entity: 'passage', field: 'tags', record: first?.id, passage: first?.id, canWrite: false },
    ),
    make(
      1,
      {
        value: 'Same wording as the Chinese report, page 3; the count of 386 matches.',
        text: 'Same wording as the Chinese report, page 3; the count of 386 matches.',
      },
      {
        field: 'deleted',
        value: true,
        text: 'In trash. Last text: Same wording as the Chinese report, page 3.',
        deleted: true,
      },
      { kind: 'deleted', passage: second?.id, canWrite: false },
    ),
    make(
      2,
      { field: 'name', value: '“Liberated” labour', text: '“Liberated” labour' },
      { field: 'name', value: 'Labour “freed” from land', text: 'Labour “freed” from land' },
      { entity: 'category', field: 'name', record: freed?.id, category: freed?.id },
    ),
  ];
}

export function fakePeople(): MergePreview['byPerson'] {
  const someone = (n: number, name: string, fingerprint: string, commits: number, isNew: boolean) => ({
    person: n === 2 ? MOREAU : n === 3 ? ABLIZ : uuid(7, n),
    name,
    fingerprint,
    commits,
    changes: commits * 11,
    from: NOW - (30 + n) * DAY,
    to: NOW - n * DAY,
    isNew,
  });
  return contract['app.previewMerge'].output.shape.byPerson.parse([
    someone(2, 'J. Moreau', '7C41 9E02 A8D5 B36F AD0E F471 CF68 99F2', 188, false),
    someone(3, 'T. Abliz', '19F0 22AD 7710 C4E8 E525 EEA0 C3DE 6CAC', 24, true),
    someone(4, 'A. Lindqvist', 'E001 5B2C 9D77 0A14 C5F5 644A 9825 263B', 2, true),
  ]);
}

export function fakePreview(world: World, over: Partial<MergePreview> = {}): MergePreview {
  const kind = (entity: string, added: number, changed: number, removed: number) => ({
    entity,
    added,
    changed,
    removed,
  });
  return contract['app.previewMerge'].output.parse({
    kind: 'same',
    project: { id: PROJECT.id, title: PROJECT.title },
    adds: 396,
    changes: 8,
    commits: { added: 214, known: 1290, supplied: 0 },
    byKind: [
      kind('passage', 141, 0, 0),
      kind('tag', 233, 0, 4),
      kind('translation', 26, 0, 0),
      kind('memo', 12, 3, 1),
      kind('source', 3, 0, 0),
    ],
    byPerson: fakePeople(),
    bySource: world.sources.slice(0, 6).map((source, n) => ({
      source: source.id,
      title: source.title ?? source.fileName,
      isNew: n > 3,
      passages: 40 - n * 6,
      tags: 71 - n * 11,
    })),
    byCategory: ['TRF.PAIR', 'LND.RIGHTS', 'GRA.DOOR', 'TRF.ORG'].map((code, n) => {
      const { id, name, colour, code: own } = codeOf(world, code);
      return { category: id, code: own, name, colour, tags: 58 - n * 13 };
    }),
    conflicts: fakeConflicts(world),
    conflictsTotal: (over.conflicts ?? fakeConflicts(world)).length,
    refused: [
      { id: hash(77), reason: 'Commit 4e1f…a0: its signature is invalid. It won’t be merged; the rest can be.' },
    ],
    undos: [{ commit: hash(5), label: 'Undo merge from moreau-april.sbk', person: 'J. Moreau', at: NOW - DAY }],
    ahead: [{ commit: hash(6), person: 'T. Abliz', at: NOW + 40 * DAY }],
    byOthers: [
      {
        kind: 'review',
        commit: hash(9),
        person: 'T. Abliz',
        records: 2,
        forged: true,
        restored: false,
        message: '2 review steps in L. Chen’s name are signed by T. Abliz, in “Approve passage”.',
      },
    ],
    early: [],
    replaced: [],
    edited: [],
    moved: [],
    conclusions: [],
    submittedAgain: [],
    leftTags: [],
    files: { originals: 3, layers: 4, bytes: 18_400_000, missing: [hash(8)] },
    undoneMerge: null,
    other: null,
    ...over,
  });
}

export const fakeNothing = (world: World, undoneMerge: string | null): MergePreview =>
  fakePreview(world, {
    adds: 0,
    changes: 0,
    commits: { added: 0, known: 214, supplied: 0 },
    byKind: [],
    byPerson: [],
    bySource: [],
    byCategory: [],
    conflicts: [],
    refused: [],
    undos: [],
    ahead: [],
    early: [],
    byOthers: [],
    replaced: [],
    edited: [],
    moved: [],
    conclusions: [],
    submittedAgain: [],
    files: { originals: 0, layers: 0, bytes: 0, missing: [] },
    undoneMerge,
  });

/** What was changed in a project file after it was written. */
export const fakeEdited = (): MergePreview['edited'] => [
  {
    kind: 'head',
    id: hash(3),
    message: `The newest edit, ${hash(3).slice(0, 12)}, is missing from this file’s history.`,
  },
  {
    kind: 'annotations',
    id: uuid(5, 1),
    message: `The annotation of passage ${uuid(5, 1)} isn’t what the file’s signed history says.`,
  },
];

export function fakeOther(world: World): MergePreview {
  const words = (category: Category) => ({
    id: category.id,
    code: category.code,
    name: category.name,
    definition: category.definition,
  });
  const theirs = (n: number, code: string, name: string, definition: string) => ({
    id: uuid(31, n),
    code,
    name,
    definition,
    tags: 40 - n * 9,
  });
  const [pair, rights] = [codeOf(world, 'TRF.PAIR'), codeOf(world, 'LND.RIGHTS')];
  return fakePreview(world, {
    ...fakeNothing(world, null),
    ...contract['app.previewMerge'].output.pick({ kind: true, project: true, other: true }).parse({
      kind: 'other',
      project: { id: uuid(8, 2), title: 'Pairing Assistance, five provinces' },
      other: {
        sources: world.sources.slice(0, 8).map((source, n) => ({
          id: uuid(11, n),
          title: source.title ?? source.fileName,
          isHere: n === 1,
          passages: 38 - n * 4,
          tags: 71 - n * 7,
        })),
        categories: [
          { incoming: { ...words(rights), tags: 31 }, how: 'same', mine: [words(rights)] },
          {
            incoming: theirs(1, 'PAIR', 'Pairing assistance', pair.definition),
            how: 'proposed',
            mine: [words(pair)],
          },
          {
            incoming: theirs(2, 'ORG', 'Organised transfer', 'Transfers that an authority organises.'),
            how: 'proposed',
            mine: [words(codeOf(world, 'TRF.ORG')), words(codeOf(world, 'TRF'))],
          },
          { incoming: theirs(3, 'DORM', 'Dormitories under guard', ''), how: 'new', mine: [] },
        ],
      },
    }),
  });
}
