import { isWithheld } from '../../../shared/changes/fields.ts';
import type { Selection } from '../../../shared/contract/export.ts';
import type { Show } from '../../db/types.ts';
import type { ProjectFileParts } from './project-file.ts';
import { keptReferences } from '../measures/rules.ts';
import { decisionsOn } from '../sources/copies.ts';
import {
  figureChecks,
  figuresOfRelations,
  figuresOfSources,
  layersOfSources,
  liveBelongings,
  livePassages,
  liveTags,
  masksOfSources,
  relationChecks,
} from './part-queries.ts';
import { type Asking, isAll, select } from './selection.ts';

/** A part of a project: which records may be seen, and which files are included. */
export type Part = Pick<ProjectFileParts, 'sources' | 'annotations'> & {
  readonly mayShow: (entity: string, id: string) => boolean;
  readonly show: Show;
};

/** The whole codebook is included, since neighbouring categories define a tag's category too; the team’s places and conversions, too. */
const CODEBOOK: ReadonlySet<string> = new Set([
  'project',
  'category',
  'dimension',
  'value',
  'place',
  'placename',
  'conversion',
]);
/** Kinds of record that may belong to a source. */
const OF_SOURCES: ReadonlySet<string> = new Set(['memo', 'placechoice']);
/** Left out of an export of some people's work: states depend on the work of everyone. */
const OF_ALL: ReadonlySet<string> = new Set(['review', 'adjudication']);

/**
 * The part that fits a selection: its passages with their tags, memos and so on (only those of the selected people, if any), their
 * sources with all text layers and what was decided on copies among them, the codebook, and the people whose work is included. Null for the whole project. Assignments,
 * snapshots, claims, dossiers and drafts (which rest on all the evidence), removed records and everything on other passages are left out.
 */
export function partOf(context: Asking, only: Selection): Part | null {
  if (isAll(only)) return null;
  const { db } = context;
  const { passages, sources } = select(context, only);
  const asked = new Set<string>(only.people);
  const isAsked = (person: string | null): boolean => asked.size === 0 || (person !== null && asked.has(person));
  const involved = new Set<string>();
  const shown = new Map<string, Set<string>>();
  const goes = (entity: string, id: string, person: string | null = null): void => {
    const ids = shown.get(entity);
    if (ids === undefined) shown.set(entity, new Set([id]));
    else ids.add(id);
    if (person !== null) involved.add(person);
  };
  for (const id of sources) goes('source', id);
  for (const { id, source } of db.all(layersOfSources, {})) if (sources.has(source)) goes('layer', id);
  // Masks of everyone, so that no part names a person whom the project masks.
  for (const { id, source, person } of db.all(masksOfSources, {})) if (sources.has(source)) goes('mask', id, person);
  for (const { id, person } of db.all(livePassages, {})) if (passages.has(id)) goes('passage', id, person);
  for (const { id, passage, person } of db.all(liveTags, {}))
    if (passages.has(passage) && isAsked(person)) goes('tag', id, person);
  for (const { entity, id, on, person } of db.all(liveBelongings, {})) {
    if (!passages.has(on) && !(OF_SOURCES.has(entity) && sources.has(on))) continue;
    if (isAsked(person) && (asked.size === 0 || !OF_ALL.has(entity))) goes(entity, id, person);
  }
  for (const { id, source } of asked.size > 0 ? [] : db.all(figuresOfSources, {}))
    if (sources.has(source)) goes('figure', id);
  for (const { id, figure, source, person } of db.all(figureChecks, {}))
    if (sources.has(source) && isAsked(person)) {
      goes('figure', figure);
      goes('figurecheck', id, person);
    }
  const figures = new Map(db.all(figuresOfSources, {}).map(({ id, source }) => [id, source]));
  // A relation depends on all its figures: without a figure of another source it would state less.
  const relations = new Map(
    [...Map.groupBy(db.all(figuresOfRelations, {}), ({ id }) => id)].filter(([, all]) =>
      all.every(({ figure }) => sources.has(figures.get(figure) ?? '')),
    ),
  );
  for (const id of asked.size > 0 ? [] : relations.keys()) goes('relation', id);
  for (const { id, relation, person } of db.all(relationChecks, {})) {
    const all = relations.get(relation);
    if (all === undefined || !isAsked(person)) continue;
    goes('relation', relation);
    goes('relationcheck', id, person);
    for (const { figure } of all) goes('figure', figure);
  }
  /** Ids of sources outside the part, which must not be named in it. */
  const strange = new Set<string>();
  for (const { id, source, person } of keptReferences(db)) {
    if (!isAsked(person)) continue;
    goes('reference', id, person);
    if (source !== null && !sources.has(source)) strange.add(id);
  }
  // Which sources are copies depends on everyone’s work, as states do.
  const copies =
    asked.size > 0 ? [] : decisionsOn(db).filter(({ one, other }) => sources.has(one) && sources.has(other));
  for (const { id } of copies) goes('copy', id);
  for (const { id, origin } of copies) if (origin !== null && !sources.has(origin)) strange.add(id);
  const sees = (entity: string, id: string): boolean =>
    CODEBOOK.has(entity) || (entity === 'person' ? involved.has(id) : (shown.get(entity)?.has(id) ?? false));
  return {
    sources,
    annotations: passages,
    mayShow: sees,
    show: (entity, id, field) =>
      sees(entity, id) &&
      !(asked.size > 0 && isWithheld(entity, field, 'people')) &&
      !((field === 'origin' || field === 'source') && strange.has(id)),
  };
}
