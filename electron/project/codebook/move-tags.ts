import type { Edit } from '../../db/types.ts';

/** A live tag. */
export interface MovableTag {
  readonly id: string;
  readonly passage: string | null;
  readonly category: string | null;
  readonly person: string | null;
}

/**
 * Moves tags to another category. A moved tag stays the same record, with its author and time. If a person already tagged the passage
 * with the target, that tag stays; otherwise their oldest tag moves and the rest are removed. `tags`: also those with the target.
 */
export function moveTags(tags: readonly MovableTag[], into: string): Edit[] {
  const carries = new Set(tags.filter((tag) => tag.category === into).map(key));
  return tags
    .filter((tag) => tag.category !== into)
    .map((tag): Edit => {
      if (carries.has(key(tag))) return { entity: 'tag', id: tag.id, field: 'deleted', value: true };
      carries.add(key(tag));
      return { entity: 'tag', id: tag.id, field: 'category', value: into };
    });
}
const key = ({ passage, person }: MovableTag): string => `${passage ?? ''} ${person ?? ''}`;
