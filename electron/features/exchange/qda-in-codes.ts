import type { Json } from '../../../shared/changes/canonical.ts';
import type { ExchangeAnswers, ExchangeQuestion } from '../../../shared/contract/exchange-questions.ts';
import { Fault } from '../../../shared/errors.ts';
import { TakenCodes } from '../../../shared/model/category-code.ts';
import { categoryId, NO_COLOUR } from '../../../shared/model/index.ts';
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

/** What codes become, and what a person said of them. */
interface CodesTo {
  readonly records: IncomingRecords;
  readonly ledger: Ledger;
  readonly answers: ExchangeAnswers['codes'];
  /** Takes the questions that there are. */
  readonly questions: ExchangeQuestion[];
  /** How many codings of the file each code has, by GUID. */
  readonly codings: ReadonlyMap<string, number>;
}

/**
 * Brings a codebook in. A code is a category that is here already where it was exported from this project, or where one category alone has
 * its name, at its place in the tree, with the same words. Where categories have its name otherwise, a person says whether it is
 * one of them; others are added at the end of their level. Codes that Sourcebook made of dimensions become dimensions again.
 */
export function codesIn(
  context: Pick<ReadContext, 'db'>,
  { codes, sets }: Pick<QdaProject, 'codes' | 'sets'>,
  to: CodesTo,
): CodesHere {
  const book = new Codebook(context, to);
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
  /** Live categories by their folded name. */
  private readonly byName: ReadonlyMap<string, readonly WholeCategory[]>;
  private readonly to: CodesTo;
  /** Codes in capitals. */
  private readonly taken: TakenCodes;
  private dimensionCodes: TakenCodes | null = null;
  private position: number;

  constructor({ db }: Pick<ReadContext, 'db'>, to: CodesTo) {
    this.db = db;
    this.to = to;
    this.records = to.records;
    this.ledger = to.ledger;
    const rows = db.all(wholeCategories, {});
    this.byId = new Map(rows.map((row) => [row.id, row]));
    const live = rows.filter((row) => row.deleted !== 1 && row.archived !== 1 && row.name !== null);
    this.byName = Map.groupBy(live, ({ name }) => folded(name ?? ''));
    this.taken = new TakenCodes(rows.flatMap(({ code }) => code ?? []));
    this.position = Math.max(-1, ...rows.map(({ position }) => position ?? 0)) + 1;
  }

  addCategory(
    code: QdaCode,
    under: { readonly id: string; readonly code: string; readonly colour: string } | null,
  ): void {
    const { known, isAsked } = this.known(code, under?.id ?? null);
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
      this.taken.take(own);
    }
    this.ledger.count(CODES, 'categories', { found: 1, [isAsked ? 'asked' : isAdded ? 'added' : 'here']: 1 });
    this.here.set(code.guid, { kind: 'category', id: this.mergedInto(id), name: code.name });
    for (const one of code.codes) this.addCategory(one, { id, code: own, colour });
  }

  addDimension(code: QdaCode): void {
    const id = this.records.idOf('dimension', code.guid);
    this.dimensionCodes ??= new TakenCodes(this.db.all(codesOfDimensions, {}).map((row) => row.code));
    const ownCode = this.dimensionCodes.free(code.name, null);
    this.dimensionCodes.take(ownCode);
    const isAdded = this.records.add('dimension', id, {
      code: ownCode.toLowerCase(),
      name: code.name,
      single: false,
      on: 'passage',
      note: code.description ?? '',
      position: this.position++,
    });
    this.ledger.count('Dimensions', 'dimensions', { found: 1, [isAdded ? 'added' : 'here']: 1 });
    const codes = new TakenCodes([]);
    for (const [position, value] of code.codes.entries()) {
      const valueId = this.records.idOf('value', value.guid);
      const own = codes.free(value.name, null);
      codes.take(own);
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

  /** The category here that a code is; null for a new one, as which one counts whose question is open. */
  private known(code: QdaCode, parent: string | null): { readonly known: string | null; readonly isAsked: boolean } {
    const { guid, name } = code;
    const none = { known: null, isAsked: false };
    if (this.byId.has(guid)) return { known: guid, isAsked: false };
    const derived = this.records.idOf('category', guid);
    if (this.byId.has(derived)) return { known: derived, isAsked: false };
    const alike = this.byName.get(folded(name)) ?? [];
    const [first, ...more] = alike.toSorted((a, b) => Number(b.parent === parent) - Number(a.parent === parent));
    if (first === undefined) return none;
    if (more.length === 0 && first.parent === parent && hasWordsOf(first, code))
      return { known: first.id, isAsked: false };
    this.to.questions.push({
      kind: 'code',
      id: guid,
      name,
      description: code.description,
      codings: this.to.codings.get(guid) ?? 0,
      options: [first, ...more].map((row) => ({
        category: categoryId.parse(row.id),
        code: row.code ?? '',
        name: row.name ?? '',
        colour: row.colour ?? NO_COLOUR,
        definition: row.definition ?? '',
      })),
    });
    const answer = this.to.answers[guid];
    if (answer === undefined) return { known: null, isAsked: true };
    if (answer === 'new') return none;
    const chosen = this.byId.get(answer);
    if (chosen === undefined || chosen.deleted === 1)
      throw new Fault('BAD_INPUT', `The category that “${name}” should be is not in this project.`, { code: name });
    return { known: chosen.id, isAsked: false };
  }

  private freeCode(written: string | null, name: string, parent: string | null): string {
    const isFree = written !== null && CODE.test(written) && !this.taken.has(written);
    return isFree ? written : this.taken.free(name, parent);
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

const folded = (name: string): string => name.normalize('NFKC').replaceAll(/\s+/g, ' ').trim().toLowerCase();

/** Whether a category says the same as a code. */
function hasWordsOf(row: WholeCategory, { description }: QdaCode): boolean {
  const { definition, include, exclude } = wordsIn(description);
  return (
    definition.trim() === (row.definition ?? '').trim() &&
    include.trim() === (row.include ?? '').trim() &&
    exclude.trim() === (row.exclude ?? '').trim()
  );
}
const termsOf = (terms: readonly string[] = []): Json => terms.map((term) => ({ term, origin: '' }));
