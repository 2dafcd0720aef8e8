import type { CallArgs } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Edit } from '../../db/types.ts';
import type { WriteContext } from '../../project/context.ts';
import { readBook } from './book.ts';
import { codebookEdits, xinjiangLabour } from './install.ts';
import { removedOf } from './queries.ts';

export function editTitle(context: WriteContext, { title, version }: CallArgs<'codebook.edit'>): Record<string, never> {
  const set = (field: 'codebookTitle' | 'codebookVersion', value: string): Edit => ({
    entity: 'project',
    id: context.project.id,
    field,
    value,
  });
  const label = title === undefined ? `Set codebook version to ${version ?? ''}` : `Rename codebook to “${title}”`;
  context.db.commit(label, [
    ...(title === undefined ? [] : [set('codebookTitle', title)]),
    ...(version === undefined ? [] : [set('codebookVersion', version)]),
  ]);
  return {};
}

/** The built-in codebook has the same ids in every project, so what was taken back once comes back as it was. */
export function installBuiltIn(context: WriteContext, _input: CallArgs<'codebook.install'>): Record<string, never> {
  if (readBook(context.db).byId.size > 0)
    throw new Fault(
      'EXISTS',
      'This project already has categories. To add a codebook, remove them or create a new project.',
      {},
    );
  const edits = codebookEdits(context.project.id, xinjiangLabour());
  const ids = JSON.stringify([...new Set(edits.map(({ id }) => id))]);
  const back = context.db
    .all(removedOf, { ids })
    .map(({ id, entity }): Edit => ({ entity, id, field: 'deleted', value: false }));
  context.db.commit('Add built-in codebook', [...edits, ...back]);
  return {};
}
