import type { StaleTag } from '../../../shared/contract/coding.ts';
import type { CallArgs } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import { categoryId, type CommitHash, passageId, personId, sourceId } from '../../../shared/model/index.ts';
import type { Edit, ProjectDb, Readable, Signed } from '../../db/types.ts';
import { type Definition, DEFINITION_FIELDS, definitionDigest } from '../../project/codebook/digest.ts';
import type { WriteContext } from '../../project/context.ts';
import { livePeople } from '../../project/people/names.ts';
import { type WholeCategory, wholeCategories } from '../../project/codebook/categories.ts';
import { liveTags, ownTags, type TagRow } from './queries.ts';
import { counted } from '../../../shared/text/counted.ts';

/** Tags whose history is read at once: that of 200,000 takes a gigabyte of memory. */
const BATCH = 5000;

interface LogContext {
  readonly db: Readable;
  readonly project: Pick<ProjectDb, 'log'>;
}

/**
 * The tags that fit `wanted` whose category was defined differently when their person added them. The definition a person knew
 * is, field by field, the last one they had seen when they added the tag, restored it or confirmed it. If someone else moved
 * the tag to another category since, by splitting or merging, it is the definition of the category the person chose.
 */
export function staleTags(context: LogContext, wanted: (tag: TagRow) => boolean): StaleTag[] {
  const tags = context.db.all(liveTags, {}).filter(wanted);
  if (tags.length === 0) return [];
  const names = new Map(livePeople(context.db).map(({ id, name }) => [id, name ?? '']));
  const book = new Definitions(context, new Set(tags.map(({ category }) => category)));
  const found: StaleTag[] = [];
  for (let at = 0; at < tags.length; at += BATCH) {
    const some = tags.slice(at, at + BATCH);
    const ids = some.map(({ id }) => id);
    const changesByTag = Map.groupBy(
      context.project.log.changes('tag', ids, ['category', 'confirmed', 'deleted']),
      ({ id }) => id,
    );
    found.push(
      ...some.flatMap((tag) => staleOf(book, tag, changesByTag.get(tag.id) ?? [], names.get(tag.person) ?? '')),
    );
  }
  return found;
}

/** The tag, if its person knew a definition other than the current one; else nothing. */
function staleOf(book: Definitions, tag: TagRow, changes: readonly Signed[], name: string): StaleTag[] {
  const now = book.definition(tag.category);
  if (now === null) return [];
  const acts = actsOf(tag, changes);
  // What another program wrote on the tag of somebody else is no confirmation of theirs.
  const isConfirmed = (digest: string): boolean =>
    acts.some(({ field, value }) => field === 'confirmed' && value === digest);
  if (tag.confirmed !== null && tag.confirmed === definitionDigest(now) && isConfirmed(tag.confirmed)) return [];
  const given = acts.at(-1);
  const first = acts.findLast(({ field }) => field === 'category');
  if (given === undefined || first === undefined || typeof first.value !== 'string') return [];
  const knew =
    book.known(
      first.value,
      acts.map(({ commit }) => commit),
    ) ?? now;
  const differences = DEFINITION_FIELDS.filter((field) => knew[field] !== now[field]).map((field) => ({
    field,
    before: knew[field],
    after: now[field],
  }));
  if (differences.length === 0) return [];
  return [
    {
      passage: passageId.parse(tag.passage),
      source: sourceId.parse(tag.source),
      quote: tag.quote ?? '',
      category: categoryId.parse(tag.category),
      person: personId.parse(tag.person),
      name,
      given: given.at,
      changed: movedAt(tag, changes) ?? book.changedAt(tag.category),
      differences,
    },
  ];
}

/** The categories whose definition was changed after it was first written. */
export function redefined({ db, project }: LogContext): Set<string> {
  const ids = liveCategories(db).map(({ id }) => id);
  const changesByField = Map.groupBy(
    project.log.changes('category', ids, DEFINITION_FIELDS),
    ({ id, field }) => `${id} ${field}`,
  );
  return new Set(
    [...changesByField.values()].flatMap(([first, ...later]) =>
      first === undefined || later.length === 0 ? [] : [first.id],
    ),
  );
}

/** The changes by which the tag's person added it, oldest first. If they never wrote it themselves, those of whoever did. */
function actsOf(tag: TagRow, changes: readonly Signed[]): Signed[] {
  const giving = changes.filter(({ field, value }) => field !== 'deleted' || value === false);
  const own = giving.filter(({ person }) => person === tag.person);
  return own.some(({ field }) => field === 'category') ? own : giving;
}

/** When someone else moved the tag to its present category; null if nobody did. */
const movedAt = (tag: TagRow, changes: readonly Signed[]): number | null =>
  changes.findLast(
    ({ field, person, value }) => field === 'category' && person !== tag.person && value === tag.category,
  )?.at ?? null;

/** The definitions of categories, now and in the past. */
class Definitions {
  private readonly context: LogContext;
  private readonly now: ReadonlyMap<string, Definition>;
  /** By category and field, oldest first. */
  private readonly changes = new Map<string, readonly Signed[]>();
  private readonly saw = new Map<string, boolean>();

  constructor(context: LogContext, ids: ReadonlySet<string>) {
    this.context = context;
    this.now = new Map(liveCategories(context.db).map((row) => [row.id, definitionOf(row)]));
    this.read([...ids]);
  }

  private read(ids: readonly string[]): void {
    for (const id of ids) for (const field of DEFINITION_FIELDS) this.changes.set(`${id} ${field}`, []);
    const all = this.context.project.log.changes('category', ids, DEFINITION_FIELDS);
    for (const [key, changes] of Map.groupBy(all, ({ id, field }) => `${id} ${field}`)) this.changes.set(key, changes);
  }

  definition(category: string): Definition | null {
    return this.now.get(category) ?? null;
  }

  /** The last definition that the author of these commits had seen; null if the log has none. */
  known(category: string, commits: readonly CommitHash[]): Definition | null {
    if (!this.changes.has(`${category} name`)) this.read([category]);
    const known = DEFINITION_FIELDS.map((field) => {
      const changes = this.changes.get(`${category} ${field}`) ?? [];
      // Written only once, before the tag could be added: the author has seen it.
      const seen = changes.length < 2 ? changes[0] : changes.findLast(({ commit }) => this.hasSeen(commits, commit));
      return typeof seen?.value === 'string' ? seen.value : '';
    });
    return known.every((value) => value === '') ? null : definitionFrom(known);
  }

  private hasSeen(commits: readonly CommitHash[], earlier: CommitHash): boolean {
    return commits.some((later) => {
      const key = `${later} ${earlier}`;
      const known = this.saw.get(key) ?? this.context.project.log.saw(later, earlier);
      this.saw.set(key, known);
      return known;
    });
  }

  changedAt(category: string): number {
    return Math.max(
      0,
      ...DEFINITION_FIELDS.flatMap((field) => this.changes.get(`${category} ${field}`)?.at(-1)?.at ?? []),
    );
  }
}

const definitionOf = (row: Readonly<Record<keyof Definition, string | null>>): Definition => ({
  name: row.name ?? '',
  definition: row.definition ?? '',
  include: row.include ?? '',
  exclude: row.exclude ?? '',
});
const definitionFrom = ([name = '', definition = '', include = '', exclude = '']: readonly string[]): Definition => ({
  name,
  definition,
  include,
  exclude,
});

const liveCategories = (db: Readable): WholeCategory[] =>
  db.all(wholeCategories, {}).filter(({ deleted }) => deleted !== 1);

/** Confirms the acting person's tags under the current definitions. Throws NOT_ALLOWED if one is not theirs. */
export function confirmTags(context: WriteContext, { tags }: CallArgs<'tags.confirm'>): string[] {
  const book = new Map(liveCategories(context.db).map((row) => [row.id, definitionOf(row)]));
  const edits = tags.flatMap(({ passage, category }): Edit[] => {
    const definition = book.get(category);
    const own = context.db.all(ownTags, { passage, category, person: context.person.id });
    if (definition === undefined)
      throw new Fault('NOT_FOUND', 'No such category in the codebook. It may have been moved to the trash.', {
        category,
      });
    if (own.length === 0)
      throw new Fault(
        'NOT_ALLOWED',
        `You didn’t add “${definition.name}” to this passage, so you can’t confirm it. Add the tag yourself, or ask the person who did.`,
        { passage, category },
      );
    const value = definitionDigest(definition);
    // Written even where another program wrote the same: only its person’s own word confirms a tag.
    return own.map(({ id }): Edit => ({ entity: 'tag', id, field: 'confirmed', value, decides: true }));
  });
  const distinct = [...new Map(edits.map((edit) => [edit.id, edit])).values()];
  context.db.commit(
    `Confirm ${distinct.length === 1 ? 'a tag' : counted(distinct.length, 'tag')} under current definition`,
    distinct,
  );
  return [...new Set(tags.map(({ passage }) => passage))];
}
