import { TakenCodes } from '../../../shared/model/category-code.ts';
import { type CategoryId, categoryId, NO_COLOUR } from '../../../shared/model/index.ts';
import type { ReadContext } from '../../project/context.ts';
import { type WholeCategory, wholeCategories } from '../../project/codebook/categories.ts';
import { derivedId } from '../../project/ids.ts';
import type { Ledger } from './ledger.ts';
import type { IncomingRecords } from './records.ts';

const IMPORTED = 'Imported tags';
/** Characters of a category’s name. */
const MOST = 200;

/**
 * The categories that tags of other programs stand for: the one with that code, else the one with that name, in any case. Others
 * become new categories below “Imported tags”, so that a codebook that people wrote keeps its order; whoever keeps it merges them.
 */
export class TagCategories {
  private made = 0;
  private groupCode = '';
  private readonly byCode = new Map<string, WholeCategory>();
  private readonly byName = new Map<string, CategoryId>();
  private readonly codes = new TakenCodes([]);
  private readonly all = new Map<string, WholeCategory>();
  private parent: { readonly id: CategoryId; readonly code: string } | null = null;
  private readonly project: string;
  private readonly records: IncomingRecords;
  private readonly ledger: Ledger;

  constructor({ db, project }: ReadContext, records: IncomingRecords, ledger: Ledger) {
    this.project = project.id;
    this.records = records;
    this.ledger = ledger;
    for (const row of db.all(wholeCategories, {})) {
      this.all.set(row.id, row);
      if (row.code !== null) this.codes.take(row.code);
      if (row.deleted === 1 || row.archived === 1) continue;
      if (row.code !== null) this.byCode.set(folded(row.code), row);
      if (row.name !== null && !this.byName.has(folded(row.name)))
        this.byName.set(folded(row.name), categoryId.parse(row.id));
    }
  }

  of(tag: string): CategoryId {
    const name = tag.replace(/\s+/g, ' ').trim().slice(0, MOST).toWellFormed();
    const known = this.byCode.get(folded(name))?.id ?? this.byName.get(folded(name));
    if (known !== undefined) return categoryId.parse(known);
    this.parent ??= this.group();
    const id = this.add(name, this.parent);
    this.byName.set(folded(name), id);
    return id;
  }

  private group(): { id: CategoryId; code: string } {
    const there = this.byName.get(folded(IMPORTED));
    const row = there === undefined ? undefined : this.all.get(there);
    if (there !== undefined && row !== undefined) return { id: there, code: row.code ?? '' };
    const id = this.add(IMPORTED, null);
    this.byName.set(folded(IMPORTED), id);
    return { id, code: this.groupCode };
  }

  /**
   * Its id derives from its name, so that two people who import one file make one category. One in the trash, where undoing an
   * import puts what it added, is restored.
   */
  private add(name: string, parent: { readonly id: CategoryId; readonly code: string } | null): CategoryId {
    const id = categoryId.parse(derivedId('sourcebook imported tag', this.project, folded(name)));
    const code = this.all.get(id)?.code ?? this.codes.free(name, parent?.code ?? null);
    this.codes.take(code);
    if (parent === null) this.groupCode = code;
    this.made += 1;
    this.records.add('category', id, {
      code,
      name,
      parent: parent?.id ?? null,
      colour: NO_COLOUR,
      position: LAST + this.made,
    });
    // The category that new tags come in below is no tag of the file.
    if (parent === null) return id;
    this.ledger.count('New tags', 'categories', { found: 1, added: 1 });
    this.ledger.say(
      'New tags',
      'categories',
      'No category has them as its code or name: they come in below “Imported tags”.',
    );
    return id;
  }
}

/** After the categories that people have put in order. */
const LAST = 1_000_000_000;
const folded = (text: string): string => text.normalize('NFKC').toLowerCase();
