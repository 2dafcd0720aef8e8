import type { merge } from '../../../shared/contract/merge.ts';
import { recordId } from '../../../shared/model/index.ts';
import type { Left } from '../../db/types.ts';
import type { Handlers, WriteContext } from '../../project/context.ts';
import { conflictPage } from './conflict-pages.ts';
import { withIncoming, type Work } from './incoming.ts';
import { applyOther, previewOther } from './other-project.ts';
import { resolveConflict } from './resolve.ts';
import { applySame, previewSame } from './same-project.ts';
import { recordWords } from './words.ts';
import { incomingItems } from './items.ts';
import { dropPreview, keepPreview } from './kept-preview.ts';

/** Union where it is one project; else one chooses. */
const isSame = ({ project }: WriteContext, { incoming }: Work): boolean => incoming.log.project === project.id;

const told = (context: WriteContext, done: TakenBack): void => {
  const { commit } = done;
  if (commit !== null) context.emit('project.changed', { entities: [...commit.entities], label: commit.label });
};
type TakenBack = ReturnType<WriteContext['project']['team']['takeBackMerge']>;

const leftOf = (left: readonly Left[]) =>
  left.map(({ entity, id, field, why }) => ({ entity, id: recordId.parse(id), field, why }));

export const mergeHandlers: Handlers<typeof merge> = {
  'merge.preview': (context, { bring, ...from }) =>
    withIncoming(context, from, async (work) => {
      dropPreview(context.project);
      if (!isSame(context, work)) return previewOther(context, work, bring);
      const preview = previewSame(context, work);
      keepPreview(context, work, new Set(preview.refused.map(({ id }) => id)));
      return preview;
    }),
  'merge.apply': (context, { restore, bring, ...from }) =>
    withIncoming(context, from, (work) => {
      dropPreview(context.project);
      return isSame(context, work) ? applySame(context, work, restore) : applyOther(context, work, bring);
    }),
  'merge.items': incomingItems,
  'merge.conflicts': conflictPage,
  'merge.resolve': (context, { conflict, keep }) => {
    resolveConflict(context, conflict, keep);
    return {};
  },
  'merge.list': ({ project, db }) => {
    const nameOf = (id: string): string => recordWords(db, 'person', id) || `Unknown person ${id.slice(-8)}`;
    return {
      merges: project.team.merges().map(({ id, at, from, commits, changes, people, takenBack }) => ({
        id,
        at,
        from,
        commits,
        changes,
        people: people.map(nameOf),
        takenBack: takenBack !== null,
      })),
    };
  },
  'merge.takeBack': (context, { id }) => {
    const done = context.project.team.takeBackMerge(id);
    told(context, done);
    return { left: leftOf(done.left) };
  },
  'merge.restore': (context, { id }) => {
    told(context, context.project.team.restoreMerge(id));
    return {};
  },
};
