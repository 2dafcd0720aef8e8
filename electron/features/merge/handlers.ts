import type { merge } from '../../../shared/contract/merge.ts';
import { recordId } from '../../../shared/model/index.ts';
import type { Committed, Left } from '../../db/types.ts';
import type { Handlers, WriteContext } from '../../project/context.ts';
import { conflictPage } from './conflicts.ts';
import { withEdited } from './edited-file.ts';
import { withIncoming, type Work } from './incoming.ts';
import { carryTags, leftTags } from './left-tags.ts';
import { applyOther, previewOther } from './other-project.ts';
import { resolveConflict } from './resolve.ts';
import { applySame, previewSame, restoreMerge } from './same-project.ts';
import { aboutWords, recordWords } from './words.ts';
import { incomingItems } from './items.ts';
import { dropPreview, keepPreview } from './items.ts';

/** Logs of the same project are united; from a different one, a person chooses sources to add. */
const isSame = ({ project }: WriteContext, { incoming }: Work): boolean => incoming.log.project === project.id;

const emitChanged = (context: WriteContext, commit: Committed | null): void => {
  if (commit !== null) context.emit('project.changed', { entities: [...commit.entities], label: commit.label });
};

const leftOf = (left: readonly Left[]) =>
  left.map(({ entity, id, field, why }) => ({ entity, id: recordId.parse(id), field, why }));

export const mergeHandlers: Handlers<typeof merge> = {
  'merge.preview': (context, { add, ...from }) =>
    withIncoming(context, from, async (work) => {
      dropPreview(context.project);
      if (!isSame(context, work)) return withEdited(context, from, work, () => previewOther(context, work, add));
      const preview = await withEdited(context, from, work, () => previewSame(context, work));
      keepPreview(context, work, new Set(preview.refused.map(({ id }) => id)));
      return preview;
    }),
  'merge.apply': (context, { restore, add, ...from }) =>
    withIncoming(context, from, (work) => {
      dropPreview(context.project);
      return withEdited(context, from, work, () =>
        isSame(context, work) ? applySame(context, work, restore) : applyOther(context, work, add),
      );
    }),
  'merge.items': incomingItems,
  'merge.conflicts': conflictPage,
  'merge.resolve': (context, { conflict, keep }) => {
    resolveConflict(context, conflict, keep);
    return {};
  },
  'merge.leftTags': leftTags,
  'merge.carryTags': carryTags,
  'merge.list': ({ project, db }) => {
    const nameOf = (id: string): string => recordWords(db, 'person', id) || `Unknown person ${id.slice(-8)}`;
    return {
      merges: project.merges.merges().map(({ id, at, from, commits, changes, people, undoneBy }) => ({
        id,
        at,
        from,
        commits,
        changes,
        people: people.map(nameOf),
        undone: undoneBy !== null,
      })),
    };
  },
  'merge.undo': (context, { id }) => {
    const done = context.project.merges.undoMerge(id);
    emitChanged(context, done.commit);
    const left = leftOf(done.left).map((one) => ({ ...one, about: aboutWords(context.db, one.entity, one.id) }));
    return { left };
  },
  'merge.restore': (context, { id }) => {
    const { commit, putBack } = restoreMerge(context, id);
    emitChanged(context, commit);
    return { putBack };
  },
};
