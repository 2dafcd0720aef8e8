import type { review } from '../../../shared/contract/review.ts';
import type { Handlers } from '../../project/context.ts';
import { addComment, editComment, removeComment, resolveThread } from './comments.ts';
import { detailOf } from './detail.ts';
import { move } from './move.ts';
import { queueOf } from './queue.ts';
import { translate } from './translate.ts';

export const reviewHandlers: Handlers<typeof review> = {
  'review.queue': queueOf,
  'review.get': (context, { passage }) => detailOf(context, passage),
  'review.move': (context, input) => {
    move(context, input);
    return detailOf(context, input.passage);
  },
  'translations.set': (context, input) => ({ translation: translate(context, input) }),
  'comments.add': addComment,
  'comments.edit': editComment,
  'comments.remove': (context, { id }) => {
    removeComment(context, id);
    return {};
  },
  'comments.resolve': (context, input) => {
    resolveThread(context, input);
    return {};
  },
};
