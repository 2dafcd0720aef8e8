import type { Comment } from '../../../shared/model/index.ts';

/** A first comment and what was answered, in the order it was said. */
export interface Talk {
  readonly first: Comment;
  readonly answers: readonly Comment[];
}

/** Comments as threads, the oldest first. An answer whose first comment is not there stands for itself. */
export function talksOf(comments: readonly Comment[]): readonly Talk[] {
  const inOrder = [...comments].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const ids = new Set(inOrder.map(({ id }) => id));
  const isFirst = ({ parent }: Comment): boolean => parent === null || !ids.has(parent);
  return inOrder.filter(isFirst).map((first) => ({ first, answers: inOrder.filter((one) => one.parent === first.id) }));
}

/** Threads that nobody has called settled. */
export const openTalks = (comments: readonly Comment[]): number =>
  talksOf(comments).filter(({ first }) => !first.resolved).length;
