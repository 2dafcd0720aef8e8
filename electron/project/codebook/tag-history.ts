import type { CommitHash } from '../../../shared/model/index.ts';
import type { Json, ProjectDb, Signed } from '../../db/types.ts';

/** How tags come from one category to another without their author: by merging and splitting categories. Read from the log. */
export class Categories {
  private readonly log: Pick<ProjectDb['log'], 'changes'>;
  private readonly known = new Map<Json, readonly Signed[]>();

  constructor(log: Pick<ProjectDb['log'], 'changes'>) {
    this.log = log;
  }

  private changesOf(category: Json): readonly Signed[] {
    if (typeof category !== 'string') return [];
    const known = this.known.get(category) ?? this.log.changes('category', [category], ['name', 'mergedInto']);
    this.known.set(category, known);
    return known;
  }

  /**
   * Whether a tag of one of `from` (null: of any) could come to a category by a commit: the commit created the category, as
   * splitting does, or one of `from` was merged into it at some time.
   */
  isMoved(from: ReadonlySet<Json> | null, to: Json, commit: CommitHash): boolean {
    if (from !== null && from.size === 0) return false;
    if (this.isMadeIn(to, commit)) return true;
    return from !== null && [...from].some((one) => this.isMerged(one, to));
  }

  isMadeIn(category: Json, commit: CommitHash): boolean {
    return this.changesOf(category).find(({ field }) => field === 'name')?.commit === commit;
  }

  private isMerged(one: Json, into: Json): boolean {
    return this.changesOf(one).some(({ field, value }) => field === 'mergedInto' && value === into);
  }
}
