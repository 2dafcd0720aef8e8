import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import type { Anchor, Quad } from '../../../shared/model/index.ts';
import { NO_COLOUR } from '../../../shared/model/index.ts';
import type { Readable } from '../../db/types.ts';
import type { PdfMark } from '../../formats/pdf/annotate.ts';
import type { PageMask } from '../../formats/pdf/redact.ts';
import { wholeCategories } from '../../project/codebook/categories.ts';
import { livePassages, type PassageRow } from '../../project/export/queries.ts';
import { shownNames } from '../../project/people/names.ts';
import type { SourceRow } from './find-sources.ts';
import { NotCarriedList } from './not-carried.ts';
import {
  countsNotExchanged,
  dimensionsToExchange,
  type NotExchanged,
  notesToExchange,
  settingsToExchange,
  sourcesToExchange,
  tagsToExchange,
  valuesToExchange,
} from './queries.ts';

/** A PDF and the annotations that it gets. */
export interface MarkedPdf {
  readonly source: SourceRow;
  readonly marks: readonly PdfMark[];
  /** What is painted over in the copy. Without masks, the copy begins with the original’s bytes. */
  readonly masks: readonly PageMask[];
}

/** What is written, and what has no place in a PDF. */
export interface MarkedPdfs {
  readonly pdfs: readonly MarkedPdf[];
  readonly counts: {
    readonly sources: number;
    readonly passages: number;
    readonly tags: number;
    readonly notes: number;
  };
  readonly left: NotCarriedList;
}

interface Seen {
  readonly sources: ReadonlySet<string> | null;
  readonly mayShow: (entity: string, id: string) => boolean;
  /** All of the project is written. */
  readonly isWhole: boolean;
}

/** Of passages without a category. */
const PLAIN = '#FFD400';

const NO_PLACE: Readonly<Record<NotExchanged | 'translation' | 'comment', [string, string]>> = {
  review: ['Review step', 'Annotations of a PDF have no review.'],
  adjudication: ['Decision', 'Annotations of a PDF have no decisions between coders. Their tags are written.'],
  assignment: ['Assignment', 'Annotations of a PDF have no assignments.'],
  snapshot: ['Snapshot', 'Annotations of a PDF have no history.'],
  timestamp: ['Time stamp', 'Annotations of a PDF have no history.'],
  view: ['View', 'Annotations of a PDF have no saved filters.'],
  claim: ['Claim', 'Annotations of a PDF have no claims.'],
  dossier: ['Dossier', 'Annotations of a PDF have no dossiers.'],
  conversion: ['Conversion', 'Annotations of a PDF have no units.'],
  reference: ['Reference value', 'Annotations of a PDF have no figures.'],
  draft: ['Draft', 'Annotations of a PDF have no drafts.'],
  place: ['Place', 'Annotations of a PDF have no gazetteer.'],
  placename: ['Name of a place', 'Annotations of a PDF have no gazetteer.'],
  placechoice: ['Decision on a place name', 'Annotations of a PDF have no gazetteer.'],
  copy: ['Decision on copies', 'A PDF doesn’t say which sources are copies of one text.'],
  figure: ['Figure', 'Annotations of a PDF have no values of figures.'],
  relation: ['Relation between figures', 'Annotations of a PDF have no computations.'],
  translation: ['Translation', 'Annotations are on the words of the original.'],
  comment: ['Comment', 'It is talk within the team.'],
};

/** The annotations of each PDF with passages. */
export function pdfMarks(db: Readable, { sources, mayShow, isWhole }: Seen): MarkedPdfs {
  const left = new NotCarriedList();
  const rows = db.all(sourcesToExchange, {}).filter(({ id }) => sources?.has(id) ?? true);
  const pdfs = new Map(rows.filter(({ kind }) => kind === 'pdf').map((row) => [row.id, row]));
  left.add('Source', 'It is no PDF. Passages on it can go out in another format.', rows.length - pdfs.size);
  const words = new Words(db, mayShow);
  const bySource = new Map<string, PdfMark[]>();
  const written = new Set<string>();
  for (const row of db.all(livePassages, {})) {
    if (!mayShow('passage', row.id) || (sources !== null && !sources.has(row.source))) continue;
    const marks = pdfs.has(row.source) ? marksOf(row, words) : null;
    if (marks === null) left.add('Passage', 'It is on no PDF.');
    else if (marks.length === 0) left.add('Passage', 'Its words have no place on a page.');
    else {
      bySource.set(row.source, [...(bySource.get(row.source) ?? []), ...marks]);
      written.add(row.id);
    }
  }
  const counts = words.count(written);
  left.add('Tag', 'Its category’s code and name are text in the note.', counts.tags);
  left.add('Value of a dimension', 'It is text in the note.', counts.values);
  for (const { entity, id, on } of db.all(notesToExchange, {})) {
    if (!mayShow(entity, id)) continue;
    if (entity === 'memo' && !written.has(on)) left.add('Memo', 'It is on no passage of a PDF.');
    else if (entity !== 'memo' && written.has(on)) left.add(...NO_PLACE[entity]);
  }
  if (isWhole) for (const { kind, count } of db.all(countsNotExchanged, {})) left.add(...NO_PLACE[kind], count);
  const marked = rows.flatMap((source) => {
    const marks = bySource.get(source.id);
    return marks === undefined ? [] : [{ source, marks, masks: [] }];
  });
  const { tags, values, notes } = counts;
  return {
    pdfs: marked,
    counts: { sources: marked.length, passages: written.size, tags: tags + values, notes },
    left,
  };
}

/** A mark on each of its pages; the first has the passage’s own name. */
function marksOf(row: PassageRow, words: Words): PdfMark[] {
  const anchor = readAnchor(row.anchor);
  if (anchor === null) return [];
  const said = words.of(row);
  return placesOf(anchor).map(({ page, quads }, n) => ({
    page,
    quads,
    kind: anchor.kind === 'area' ? 'area' : 'highlight',
    name: `urn:uuid:${row.id}${n === 0 ? '' : `#page=${page}`}`,
    ...said,
  }));
}

function placesOf(anchor: Anchor): { readonly page: number; readonly quads: readonly Quad[] }[] {
  if (anchor.kind === 'text') return anchor.quads.filter(({ quads }) => quads.length > 0);
  const [left, bottom, right, top] = anchor.area;
  return [{ page: anchor.page, quads: [[left, bottom, right, bottom, right, top, left, top]] }];
}

/** What is said of passages: categories, values and memos, each with its person if that is not the passage’s. */
class Words {
  private readonly names: ReadonlyMap<string, string>;
  private readonly categories: ReadonlyMap<
    string,
    { readonly label: string; readonly code: string; readonly colour: string }
  >;
  private readonly values: ReadonlyMap<string, string>;
  private readonly tags: ReadonlyMap<string, ReturnType<typeof taggedIn>>;
  private readonly settings: ReadonlyMap<string, ReturnType<typeof taggedIn>>;
  private readonly memos: ReadonlyMap<string, ReturnType<typeof memosIn>>;

  constructor(db: Readable, mayShow: Seen['mayShow']) {
    this.names = shownNames(db);
    this.categories = new Map(
      db.all(wholeCategories, {}).map(({ id, code, name, colour }) => [
        id,
        {
          label: [code, name].filter((text) => text !== null && text !== '').join(' '),
          code: code ?? name ?? '',
          colour: /^#[\da-f]{6}$/i.test(colour ?? '') ? (colour ?? NO_COLOUR) : NO_COLOUR,
        },
      ]),
    );
    const dimensions = new Map(db.all(dimensionsToExchange, {}).map(({ id, name, code }) => [id, name ?? code ?? '']));
    this.values = new Map(
      db
        .all(valuesToExchange, {})
        .map(({ id, dimension, label, code }) => [id, `${dimensions.get(dimension) ?? ''}: ${label ?? code ?? ''}`]),
    );
    this.tags = Map.groupBy(taggedIn(db, 'tag', mayShow), ({ passage }) => passage);
    this.settings = Map.groupBy(taggedIn(db, 'setting', mayShow), ({ passage }) => passage);
    this.memos = Map.groupBy(memosIn(db, mayShow), ({ on }) => on);
  }

  of(row: PassageRow): Omit<PdfMark, 'page' | 'kind' | 'quads' | 'name'> {
    const tags = this.tags.get(row.id) ?? [];
    const settings = this.settings.get(row.id) ?? [];
    const memos = this.memos.get(row.id) ?? [];
    const found = [...Map.groupBy(tags, ({ category }) => category)].flatMap(([id, by]) => {
      const category = this.categories.get(id);
      return category === undefined ? [] : [{ ...category, by }];
    });
    const lines = [
      ...found.map(({ label, by }) => label + this.others(by, row.person)),
      ...[...Map.groupBy(settings, ({ category }) => category)].map(
        ([id, by]) => (this.values.get(id) ?? '') + this.others(by, row.person),
      ),
    ];
    const notes = memos.map((memo) => memo.text + this.others([memo], row.person));
    return {
      author: this.names.get(row.person) ?? 'unknown',
      created: row.createdAt,
      changed: [...tags, ...settings, ...memos].reduce((last, { at }) => Math.max(last, at), row.createdAt),
      subject: found.map(({ code }) => code).join(', '),
      contents: [lines.join('\n'), ...notes].filter((text) => text !== '').join('\n\n'),
      colour: found[0]?.colour ?? PLAIN,
    };
  }

  /** What of these is said. */
  count(passages: ReadonlySet<string>): { readonly tags: number; readonly values: number; readonly notes: number } {
    const within = (all: ReadonlyMap<string, readonly unknown[]>): number =>
      [...passages].reduce((sum, id) => sum + (all.get(id)?.length ?? 0), 0);
    return { tags: within(this.tags), values: within(this.settings), notes: within(this.memos) };
  }

  private others(by: readonly { readonly person: string | null }[], author: string): string {
    const people = new Set(by.map(({ person }) => person ?? ''));
    if (people.size === 1 && people.has(author)) return '';
    return ` (${Array.from(people, (id) => this.names.get(id) ?? 'unknown').join(', ')})`;
  }
}

function taggedIn(db: Readable, entity: 'tag' | 'setting', mayShow: Seen['mayShow']) {
  const all = db.all(entity === 'tag' ? tagsToExchange : settingsToExchange, {});
  return all.filter(({ id }) => mayShow(entity, id));
}

const memosIn = (db: Readable, mayShow: Seen['mayShow']) =>
  db.all(notesToExchange, {}).filter(({ entity, id }) => entity === 'memo' && mayShow('memo', id));
