import { isWithheld } from '../../../shared/changes/fields.ts';
import type { Selection } from '../../../shared/contract/export.ts';
import type { Show } from '../../db/types.ts';
import type { ProjectFileParts } from '../../project/export/project-file.ts';
import { layersOfSources, liveBelongings, livePassages, liveTags } from './queries.ts';
import { type Asking, isAll, select } from './selection.ts';

/** A part of a project: which records may be seen, and which files go along. */
export type Part = Pick<ProjectFileParts, 'sources' | 'annotations' | 'mayShow'> & { readonly show: Show };

/** The codebook goes whole: what a tag means is said by its neighbours too. */
const CODEBOOK: ReadonlySet<string> = new Set(['project', 'category', 'dimension', 'value']);
/** Where only some people's work goes out, what one of them said of the others' stays: states rest on everybody's. */
const OF_ALL: ReadonlySet<string> = new Set(['review', 'adjudication']);

/**
 * What fits a selection: the passages with what hangs on them (of the people asked for, where people are), their sources with
 * all text layers, the codebook, and the people whose work it is. Null where everything was asked for. Assignments,
 * snapshots, removed things and what is said of the rest stay.
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
  for (const { id, person } of db.all(livePassages, {})) if (passages.has(id)) goes('passage', id, person);
  for (const { id, passage, person } of db.all(liveTags, {}))
    if (passages.has(passage) && isAsked(person)) goes('tag', id, person);
  for (const { entity, id, on, person } of db.all(liveBelongings, {})) {
    if (!passages.has(on) && !(entity === 'memo' && sources.has(on))) continue;
    if (isAsked(person) && (asked.size === 0 || !OF_ALL.has(entity))) goes(entity, id, person);
  }
  const sees = (entity: string, id: string): boolean =>
    CODEBOOK.has(entity) || (entity === 'person' ? involved.has(id) : (shown.get(entity)?.has(id) ?? false));
  return {
    sources,
    annotations: passages,
    mayShow: sees,
    show: (entity, id, field) => sees(entity, id) && !(asked.size > 0 && isWithheld(entity, field, 'people')),
  };
}
