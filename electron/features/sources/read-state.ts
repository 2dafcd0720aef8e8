import { z } from 'zod';
import type { SourceId } from '../../../shared/model/index.ts';
import type { ReadContext } from '../../project/context.ts';
import { readBy, readKey } from '../../project/sources/read-by.ts';
import { getSource } from './source-rows.ts';

/*
 * Which sources a person has read: in this folder on this computer only, beside the view state. It is no evidence of anything
 * (a page that was on screen may not have been read), so it is not in the log, not exported and not merged.
 */

const pagesSchema = z.array(z.number().int().positive()).catch([]);

const seenKey = ({ person }: ReadContext, source: SourceId): string => `seen ${person.id} ${source}`;

/** Sets whether this person has read these sources. */
export function setRead(context: ReadContext, ids: readonly SourceId[], isRead: boolean): void {
  if (context.project.readOnly) return;
  const others = readBy(context).filter((id) => !ids.includes(id));
  context.project.setLocal(readKey(context), isRead ? [...others, ...ids] : others);
  // Marked as not read: the pages count again from the first.
  if (!isRead) for (const id of ids) context.project.setLocal(seenKey(context, id), []);
}

/** Notes that pages of a source were on screen. Returns whether the source is read: by a mark, or because all were. */
export function seePages(context: ReadContext, id: SourceId, pages: readonly number[]): boolean {
  if (readBy(context).includes(id)) return true;
  if (context.project.readOnly) return false;
  const { pages: count } = getSource(context.db, id);
  const key = seenKey(context, id);
  const before = pagesSchema.parse(context.project.local(key) ?? []);
  const seen = new Set([...before, ...pages].filter((page) => page <= count));
  if (seen.size >= count) {
    setRead(context, [id], true);
    return true;
  }
  if (seen.size > before.length) context.project.setLocal(key, [...seen]);
  return false;
}
