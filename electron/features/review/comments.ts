import { parsed } from '../../../shared/changes/canonical.ts';
import type { CallArgs } from '../../../shared/contract/index.ts';
import { Fault } from '../../../shared/errors.ts';
import {
  type Comment,
  comment,
  type CommentId,
  type PassageId,
  passageId,
  personId,
  role,
} from '../../../shared/model/index.ts';
import { mentionsIn } from '../../../shared/review/mentions.ts';
import type { Readable } from '../../db/types.ts';
import type { WriteContext } from '../../project/context.ts';
import { passageOf } from '../../project/passages/passages.ts';
import { passagesAt } from '../../project/passages/places.ts';
import { peopleOf } from './people.ts';
import { commentById, type CommentRow, commentsOfPassage } from './queries.ts';
import { quoted } from './move.ts';

/** The comments on a passage, oldest first. A reply to a removed comment starts a thread. */
export function commentsOn(db: Readable, passage: PassageId): Comment[] {
  const rows = db.all(commentsOfPassage, { passage });
  const there = new Map(rows.map((row) => [row.id, row]));
  return rows.map((row) => toComment({ ...row, parent: rootOf(row, there) }));
}

/** The comments on the passages at one place: the review judges them as one. */
export const commentsAt = (db: Readable, passages: readonly PassageId[]): Comment[] =>
  passages.flatMap((one) => commentsOn(db, one)).sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));

/** Threads have one level: a reply to a reply belongs to the first comment. A damaged log may have a ring of replies. */
function rootOf({ id, parent }: CommentRow, there: ReadonlyMap<string, CommentRow>): string | null {
  const seen = new Set([id]);
  let root: string | null = null;
  for (let at = parent; at !== null && !seen.has(at);) {
    seen.add(at);
    const row = there.get(at);
    if (row === undefined) break;
    root = at;
    at = row.parent;
  }
  return root;
}

const mention = (one: unknown) => role.safeParse(one).data ?? personId.safeParse(one).data ?? [];
function toComment(row: CommentRow): Comment {
  const mentions = row.mentions === null ? null : parsed(row.mentions);
  return comment.parse({
    ...row,
    mentions: Array.isArray(mentions) ? mentions.flatMap(mention) : [],
    resolved: row.parent === null && row.resolved === 1,
  });
}

export function addComment(context: WriteContext, input: CallArgs<'comments.add'>): Comment {
  const { passage, text } = input;
  const on = passageOf(context, passage);
  const thread = input.parent === undefined ? null : threadOf(context, passage, input.parent);
  const mentions = [...new Set([...input.mentions, ...mentionsIn(text, peopleOf(context))])];
  const id = context.newId();
  context.db.commit(`${thread === null ? 'Comment on' : 'Reply to comment on'} ${quoted(on)}`, [
    { entity: 'comment', id, field: 'passage', value: thread?.passage ?? passage },
    ...(thread === null ? [] : [{ entity: 'comment' as const, id, field: 'parent' as const, value: thread.id }]),
    { entity: 'comment', id, field: 'text', value: text },
    { entity: 'comment', id, field: 'mentions', value: mentions },
    { entity: 'comment', id, field: 'person', value: context.person.id },
  ]);
  return commentOf(context, id);
}

/** The thread a comment belongs to, and the passage it is on: this one, or another at its place. Throws NOT_FOUND. */
function threadOf({ db }: WriteContext, passage: PassageId, id: CommentId): Pick<Comment, 'id' | 'passage'> {
  const all = commentsAt(db, [
    passage,
    ...passagesAt(db, [passage])
      .flat()
      .filter((one) => one !== passage)
      .map((one) => passageId.parse(one)),
  ]);
  const one = all.find((each) => each.id === id);
  if (one === undefined)
    throw new Fault('NOT_FOUND', 'No such comment on this passage. It may have been removed.', { id });
  return { id: one.parent ?? one.id, passage: one.passage };
}

/** Adds the people mentioned in the new text; earlier mentions stay. */
export function editComment(context: WriteContext, { id, text }: CallArgs<'comments.edit'>): Comment {
  const own = ownComment(context, id, 'changed');
  const mentions = [...new Set([...own.mentions, ...mentionsIn(text, peopleOf(context))])];
  context.db.commit('Edit comment', [
    { entity: 'comment', id, field: 'text', value: text },
    { entity: 'comment', id, field: 'mentions', value: mentions },
  ]);
  return commentOf(context, id);
}

export function removeComment(context: WriteContext, id: CommentId): void {
  ownComment(context, id, 'removed');
  context.db.commit('Remove comment', [{ entity: 'comment', id, field: 'deleted', value: true }]);
}

/** Anyone may resolve a thread, not only its author. */
export function resolveThread(context: WriteContext, { id, resolved }: CallArgs<'comments.resolve'>): void {
  const one = commentOf(context, id);
  context.db.commit(resolved ? 'Resolve thread' : 'Reopen thread', [
    { entity: 'comment', id: one.parent ?? id, field: 'resolved', value: resolved },
  ]);
}

function ownComment(context: WriteContext, id: CommentId, what: string): Comment {
  const one = commentOf(context, id);
  if (one.person !== context.person.id)
    throw new Fault('NOT_ALLOWED', `Only the person who wrote this comment can have it ${what}. Reply instead.`, {
      id,
    });
  return one;
}

function commentOf({ db }: WriteContext, id: string): Comment {
  const row = db.get(commentById, { id });
  const found = row === undefined ? undefined : commentsOn(db, toComment(row).passage).find((one) => one.id === id);
  if (found === undefined) throw new Fault('NOT_FOUND', 'No such comment. It may have been removed.', { id });
  return found;
}
