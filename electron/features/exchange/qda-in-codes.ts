import type { Json } from '../../../shared/changes/canonical.ts';
import { codeFor } from '../../../shared/model/category-code.ts';
import { NO_COLOUR } from '../../../shared/model/index.ts';
import { wordsIn } from '../../formats/qda/category-description.ts';
import type { QdaCode, QdaProject } from '../../formats/qda/model.ts';
import type { ReadContext } from '../../project/context.ts';
import { type WholeCategory, wholeCategories } from '../../project/codebook/categories.ts';
import type { Ledger } from './ledger.ts';
import { DIMENSIONS } from './qda-codes.ts';
import { codesOfDimensions } from './queries.ts';
import type { IncomingRecords } from './records.ts';

/** What a code of the file is in the project. */
export type CodeHere =
  | { readonly kind: 'category'; readonly id: string; readonly name: string }
  | { readonly kind: 'value'; readonly id: string; readonly dimension: string; readonly name: string };

/** Codes by their GUID. */
export type CodesHere = ReadonlyMap<string, CodeHere>;

const CODES = 'Codes';
/** What `codebookCategory` accepts. */
const CODE = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,59}$/;

/**
 * Brings a codebook in. A code is a category that is here already where it was exported from this project, or where a category has its
 * name at its place in the tree; others are added at the end of their level. Codes that Sourcebook made of dimensions become
 * dimensions again.
 */
export function codesIn(
  context: Pick<ReadContext, 'db'>,
  { codes, sets }: Pick<QdaProject, 'codes' | 'sets'>,
  records: IncomingRecords,
  ledger: Ledger,
): CodesHere {
  const book = new Codebook(context, records, ledger);
  const dimensions = new Set(sets.filter(({ name }) => name === DIMENSIONS).flatMap((set) => set.codes));
  for (const code of codes) {
    if (dimensions.has(code.guid)) book.addDimension(code);
    else book.addCategory(code, null);
  }
  return book.here;
}

class Codebook {
  readonly here = new Map<string, CodeHere>();
  private readonly db: ReadContext['db'];
  private readonly records: IncomingRecords;
  private readonly ledger: Ledger;
  private readonly byId: ReadonlyMap<string, WholeCategory>;
  /** Live categories by their parent and folded name. */
  private readonly byPlace = new Map<string, string>();
  /** Codes in capitals. */
  private readonly taken: Set<string>;
  private position: number;

  constructor({ db }: Pick<ReadContext, 'db'>, records: IncomingRecords, ledger: Ledger) {
    this.db = db;
    this.records = records;
    this.ledger = ledger;
    const rows = db.all(wholeCategories, {});
    this.byId = new Map(rows.map((row) => [row.id, row]));
    for (const row of rows)
      if (row.deleted !== 1 && row.archived !== 1) this.byPlace.set(placeKey(row.parent, row.name ?? ''), row.id);
    this.taken = new Set(rows.flatMap(({ code }) => code?.toUpperCase() ?? []));
    this.position = Math.max(-1, ...rows.map(({ position }) => position ?? 0)) + 1;
  }

  addCategory(
    code: QdaCode,
    under: { readonly id: string; readonly code: string; readonly colour: string } | null,
  ): void {
    const known = this.known(code, under?.id ?? null);
    const { definition, include, exclude, terms, code: written } = wordsIn(code.description);
    const row = known === null ? undefined : this.byId.get(known);
    const colour = code.colour ?? row?.colour ?? under?.colour ?? NO_COLOUR;
    const own = row?.code ?? this.freeCode(written, code.name, under?.code ?? null);
    const id = known ?? this.records.idOf('category', code.guid);
    const isAdded = this.records.add('category', id, {
      code: own,
      parent: under?.id ?? null,
      name: code.name,
      definition,
      include,
      exclude,
      termsZh: termsOf(terms['Chinese']),
      termsEn: termsOf(terms['English']),
      colour,
      position: this.position,
    });
    if (isAdded) {
      this.position += 1;
      this.taken.add(own.toUpperCase());
      this.byPlace.set(placeKey(under?.id ?? null, code.name), id);
    }
    this.ledger.count(CODES, 'categories', { found: 1, [isAdded ? 'added' : 'here']: 1 });
    this.here.set(code.guid, { kind: 'category', id: this.mergedInto(id), name: code.name });
    for (const one of code.codes) this.addCategory(one, { id, code: own, colour });
  }

  addDimension(code: QdaCode): void {
    const id = this.records.idOf('dimension', code.guid);
    const isAdded = this.records.add('dimension', id, {
      code: codeFor(
        code.name,
        null,
        this.db.all(codesOfDimensions, {}).map((row) => row.code),
      ).toLowerCase(),
      name: code.name,
      single: false,
      on: 'passage',
      note: code.description ?? '',
      position: this.position++,
    });
    this.ledger.count('Dimensions', 'dimensions', { found: 1, [isAdded ? 'added' : 'here']: 1 });
    const codes: string[] = [];
    for (const [position, value] of code.codes.entries()) {
      const valueId = this.records.idOf('value', value.guid);
      const own = codeFor(value.name, null, codes);
      codes.push(own);
      this.records.add('value', valueId, {
        dimension: id,
        code: own.toLowerCase(),
        label: value.name,
        note: value.description ?? '',
        names: [],
        position,
      });
      this.here.set(value.guid, { kind: 'value', id: valueId, dimension: id, name: value.name });
    }
  }

  /** The category here that a code is; null for a new one. */
  private known({ guid, name }: QdaCode, parent: string | null): string | null {
    if (this.byId.has(guid)) return guid;
    const derived = this.records.idOf('category', guid);
    if (this.byId.has(derived)) return derived;
    return this.byPlace.get(placeKey(parent, name)) ?? null;
  }

  private freeCode(written: string | null, name: string, parent: string | null): string {
    const isFree = written !== null && CODE.test(written) && !this.taken.has(written.toUpperCase());
    return isFree ? written : codeFor(name, parent, this.taken);
  }

  /** A category that was merged into another one here has its tags there. */
  private mergedInto(id: string): string {
    const seen = new Set<string>();
    let at = id;
    for (;;) {
      const to = this.byId.get(at)?.mergedInto ?? null;
      if (to === null || seen.has(to)) return at;
      seen.add(to);
      at = to;
    }
  }
}

const placeKey = (parent: string | null, name: string): string => `${parent ?? ''}\n${name.trim().toLowerCase()}`;
const termsOf = (terms: readonly string[] = []): Json => terms.map((term) => ({ term, origin: '' }));
