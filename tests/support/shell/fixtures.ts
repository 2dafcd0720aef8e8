import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AppState } from '../../../shared/contract/app.ts';
import { contract, type CallOutput } from '../../../shared/contract/index.ts';
import type { ImportItem } from '../../../shared/contract/sources.ts';
import { codebookFile } from '../../../shared/model/codebook.ts';
import {
  passage,
  person,
  projectId,
  source,
  type Category,
  type Passage,
  type Source,
} from '../../../shared/model/index.ts';

import { fakeCapture } from './captures.ts';

/** Fictional data for screenshots of the shell. Every record is checked against the model, so that it stays valid. */

const uuid = (kind: number, n: number): string =>
  `00000000-0000-7000-8000-${String(kind).padStart(4, '0')}${String(n).padStart(8, '0')}`;
const DAY = Date.UTC(2025, 5, 3, 9, 12);

interface SourceSketch {
  readonly title: string | null;
  readonly fileName: string;
  readonly language: string | null;
  readonly publisher: string | null;
  readonly act: string | null;
  readonly published: string | null;
  readonly grade: Source['grade'];
  readonly passages: number;
  readonly gaps: Source['gaps'];
  readonly kind?: Source['kind'];
  readonly deleted?: boolean;
  readonly hasText?: boolean;
}

const SKETCHES: readonly SourceSketch[] = [
  {
    title: 'Seasonal transfers in oasis counties',
    fileName: 'transfers.pdf',
    language: 'en',
    publisher: 'Fictional Review 12(3)',
    act: '2024-03',
    published: '2024-03',
    grade: 'B',
    passages: 17,
    gaps: [],
  },
  {
    title: '柳泉县2023年政府工作报告',
    fileName: 'report-2023.pdf',
    language: 'zh-Hans',
    publisher: 'County government',
    act: '2024-01-18',
    published: '2024-01-24',
    grade: 'B',
    passages: 38,
    gaps: [],
  },
  {
    title: 'سۆگەتبۇلاق خەۋەرلىرى: ئىشقا ئورۇنلاشتۇرۇش',
    fileName: 'county-2023.wacz',
    kind: 'page',
    language: 'ug',
    publisher: 'County media centre',
    act: '2023-11-07',
    published: '2023-11-07',
    grade: 'C',
    passages: 12,
    gaps: ['archiveLink'],
  },
  {
    title: '柳泉县2022年国民经济和社会发展统计公报',
    fileName: 'communique.pdf',
    language: 'zh-Hans',
    publisher: 'Statistics bureau',
    act: '2023-04',
    published: '2023-04-28',
    grade: 'A',
    passages: 31,
    gaps: [],
  },
  {
    title: '“点对点”护送务工人员返岗',
    fileName: 'escort.html',
    kind: 'page',
    language: 'zh-Hans',
    publisher: 'State media, fictional',
    act: '2023-02-11',
    published: '2023-02-11',
    grade: 'C',
    passages: 0,
    gaps: ['collector'],
  },
  {
    title: '关于做好2023年农村土地经营权流转工作的通知',
    fileName: 'notice.pdf',
    language: 'zh-Hans',
    publisher: 'Township 3',
    act: '2022-09',
    published: '2022-09',
    grade: 'B',
    passages: 26,
    gaps: ['address'],
  },
  {
    title: null,
    fileName: 'IMG_2041 scan of a diary, village work team, with a name that is rather long.txt',
    kind: 'text',
    language: null,
    publisher: null,
    act: null,
    published: null,
    grade: null,
    passages: 5,
    gaps: ['title', 'publisher', 'language', 'grade', 'address', 'collector'],
    hasText: false,
  },
  {
    title: '职业技能提升行动实施方案',
    fileName: 'skills.pdf',
    language: 'zh-Hans',
    publisher: 'Human resources bureau',
    act: '2020?',
    published: '2020-03-17',
    grade: 'B',
    passages: 22,
    gaps: ['captureTime', 'tool'],
  },
  {
    title: 'Removed page',
    fileName: 'removed.html',
    kind: 'page',
    language: 'en',
    publisher: null,
    act: null,
    published: null,
    grade: null,
    passages: 0,
    gaps: ['publisher'],
    deleted: true,
  },
];

function makeSource(sketch: SourceSketch, n: number): Source {
  const { prefilled, ...capture } = fakeCapture(sketch.fileName);
  return source.parse({
    id: uuid(1, n),
    kind: sketch.kind ?? 'pdf',
    fileName: sketch.fileName,
    sha256: n.toString(16).padStart(64, '5f3a9c02b71ec91e'),
    bytes: 2_400_000 + n * 1000,
    pages: 12,
    addedAt: DAY - n * 60_000,
    passages: sketch.passages,
    gaps: sketch.gaps,
    prefilled: { ...(sketch.title === null ? {} : { title: 'PDF information dictionary' }), ...prefilled },
    layer: sketch.hasText === false ? null : uuid(2, n),
    hasText: sketch.hasText ?? true,
    deleted: sketch.deleted ?? false,
    title: sketch.title,
    author: null,
    publisher: sketch.publisher,
    language: sketch.language,
    documentType: sketch.publisher === null ? null : 'gwr',
    grade: sketch.grade,
    gradeReason: sketch.grade === null ? null : 'Official, and confirmed by the yearbook.',
    capture: {
      url: 'https://liuquan.example/report.pdf',
      time: '2024-02-06T14:20+08:00',
      tool: null,
      collector: 'T. Abliz',
      method: null,
      archiveLink: null,
    },
    dateOfAct: sketch.act === null ? null : { edtf: sketch.act, implied: n === 7 },
    dateOfDocument: null,
    dateOfPublication: sketch.published === null ? null : { edtf: sketch.published, implied: false },
    dateOfCapture: { edtf: '2024-02-06', implied: false },
    picture: null,
    content: null,
    replaces: null,
    ...capture,
  });
}

/** `count` sources: the eight written out below, and variations of them. */
export function fakeSources(count: number): Source[] {
  return Array.from({ length: count }, (_, n) => {
    const sketch = SKETCHES[n % SKETCHES.length];
    if (sketch === undefined) throw new Error('There are no sketches.');
    const title = sketch.title === null || n < SKETCHES.length ? sketch.title : `${sketch.title} ${String(n)}`;
    return makeSource({ ...sketch, title }, n);
  });
}

const CODEBOOK = join(import.meta.dirname, '../../../electron/features/codebook/xinjiang-labour.json');

/** The built-in codebook as the contract gives it. */
export function fakeCodebook(): CallOutput<'codebook.get'> {
  const file = codebookFile.parse(JSON.parse(readFileSync(CODEBOOK, 'utf8')));
  const idOf = new Map(file.categories.map(({ code }, n) => [code, uuid(3, n)]));
  return contract['codebook.get'].output.parse({
    title: file.title,
    version: file.version,
    rings: [],
    categories: file.categories.map((words, n) => ({
      ...words,
      id: idOf.get(words.code),
      parent: words.parent === null ? null : idOf.get(words.parent),
      shortcut: null,
      mergedInto: null,
      position: n,
      archived: false,
      deleted: false,
      passages: (n * 7) % 41,
      deepPassages: (n * 7) % 41,
    })),
    dimensions: file.dimensions.map((dimension, n) => ({
      ...dimension,
      id: uuid(4, n),
      values: dimension.values.map((value, v) => ({ ...value, id: uuid(500 + n, v), parent: null })),
    })),
  });
}

const QUOTES = [
  '与援疆指挥部签订劳务协作协议，落实订单式培训，先培训后上岗',
  '赴对口援疆省市就业386人',
  '全年实现农村富余劳动力转移就业1.26万人次',
];

export function fakePassages(categories: readonly Category[], sources: readonly Source[], count: number): Passage[] {
  return Array.from({ length: count }, (_, n) => {
    const exact = QUOTES[n % QUOTES.length] ?? '';
    const home = sources[n % Math.max(1, sources.length)];
    return passage.parse({
      id: uuid(6, n),
      source: home?.id,
      layer: uuid(2, 1),
      anchor: {
        kind: 'text',
        start: n * 50,
        end: n * 50 + exact.length,
        exact,
        prefix: '',
        suffix: '',
        page: (n % 12) + 1,
        quads: [],
      },
      person: PERSON.id,
      createdAt: DAY,
      origin: null,
      tags: [{ category: categories[(n * 5) % Math.max(1, categories.length)]?.id, person: PERSON.id, at: DAY }],
      settings: [],
      memos: [],
      state: 'coded',
      translations: [],
      comments: 0,
      deleted: false,
    });
  });
}

const NO_PLACE = { memo: null, target: null, category: null, part: null, language: null };
/** Passages whose words contain the query, in the form of search results. */
export function fakeHits(passages: readonly Passage[], query: string): CallOutput<'search.query'> {
  const hits = passages.flatMap((one) => {
    const exact = one.anchor.kind === 'text' ? one.anchor.exact : '';
    const at = query === '' ? -1 : exact.indexOf(query);
    if (at < 0) return [];
    return {
      kind: 'passage' as const,
      source: one.source,
      passage: one.id,
      ...NO_PLACE,
      layer: one.layer,
      start: at,
      end: at + query.length,
      page: one.anchor.page,
      text: query,
      snippet: { before: exact.slice(0, at), match: query, after: exact.slice(at + query.length) },
      categories: one.tags.map(({ category: tagged }) => tagged),
    };
  });
  const bySource = [...Map.groupBy(hits, (hit) => hit.source)];
  const sources = bySource.map(([source, { length: total }]) => ({ source, total }));
  const counted = { total: hits.length, complete: true, sources, unlisted: [], faults: [], reading: '', contents: 0 };
  return { ...counted, hits, next: null, indexed: { done: 1, total: 1, failed: 0 } };
}

/** One item of each kind in the trash. */
export function fakeRemoved(): CallOutput<'trash.list'>['removed'] {
  const home = { id: uuid(1, 1), name: '柳泉县2023年政府工作报告', language: 'zh-Hans', removed: false };
  const place = {
    source: home,
    page: 3,
    lastPage: 4,
    span: { start: 120, end: 142 },
    words: '赴对口援疆省市就业386人',
  };
  const whats = [
    { kind: 'passage', id: uuid(6, 90), ...place, tags: 2 },
    { kind: 'source', id: uuid(1, 8), name: 'Removed page', language: 'en', fileKind: 'page', passages: 4 },
    { kind: 'memo', id: uuid(9, 1), text: 'Compare the figure of 2022.', on: 'passage', name: '', place },
    { kind: 'category', id: uuid(3, 300), code: 'FIG.OLD', name: 'Figures, old series', colour: '#7E6BAF' },
  ];
  return contract['trash.list'].output.parse({
    removed: whats.map((what, n) => ({
      what,
      by: n === 2 ? null : { id: PERSON.id, name: PERSON.name },
      at: n === 2 ? null : DAY - n * 90_000_000,
    })),
  }).removed;
}

export const PERSON = person.parse({ id: uuid(7, 1), name: 'A. Lindqvist', fingerprint: '3F0A 77C2' });
export const PROJECT = {
  id: projectId.parse(uuid(8, 1)),
  title: 'Liuquan 2023',
  place: 'Documents/liuquan-2023.sourcebook',
};

const PLAIN = { encrypted: false, restorable: false };
export const RECENTS: AppState['recents'] = [
  {
    key: 'a',
    title: 'Liuquan 2023',
    place: 'Documents/liuquan-2023.sourcebook',
    openedAt: Date.now() - 3_600_000,
    sources: 214,
    missing: false,
    ...PLAIN,
  },
  {
    key: 'b',
    title: 'Pairing Assistance, five provinces',
    place: 'Documents/pairing.sourcebook',
    openedAt: Date.now() - 26 * 3_600_000,
    sources: 1902,
    missing: false,
    ...PLAIN,
  },
  {
    key: 'c',
    title: 'Land notices 2019..2022',
    place: 'External disk/land.sourcebook',
    openedAt: DAY - 86_400_000 * 20,
    sources: 12,
    missing: true,
    ...PLAIN,
  },
  {
    key: 'd',
    title: 'Sample project',
    place: 'Documents/sample.sourcebook',
    openedAt: DAY - 86_400_000 * 30,
    sources: 4,
    missing: false,
    ...PLAIN,
  },
];

export const IMPORTED: ImportItem[] = [
  {
    path: 'reports/yearbook-2021.pdf',
    page: null,
    status: 'added',
    source: source.shape.id.parse(uuid(1, 1)),
    error: null,
    notes: ['page 3 could not be read'],
  },
  {
    path: 'reports/copy.pdf',
    page: null,
    status: 'duplicate',
    source: source.shape.id.parse(uuid(1, 2)),
    error: null,
    notes: [],
  },
  {
    path: 'reports/tables.xlsx',
    page: null,
    status: 'skipped',
    source: null,
    error: { code: 'UNSUPPORTED', message: 'Sourcebook reads PDFs, saved web pages and text; this is a spreadsheet.' },
    notes: [],
  },
  {
    path: 'reports/notice-17.pdf',
    page: null,
    status: 'failed',
    source: null,
    error: { code: 'DAMAGED', message: 'The file ends at 2.1 MB of 3.4 MB. Fetch it again.' },
    notes: [],
  },
];
