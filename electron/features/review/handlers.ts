import type { review } from '../../../shared/contract/review.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Handlers } from '../../engine/feature.ts';

const notYet = (): never => {
  throw new Fault('UNSUPPORTED', 'This is being built.');
};

export const reviewHandlers: Handlers<typeof review> = {
  'review.queue': notYet,
  'review.get': notYet,
  'review.move': notYet,
  'translations.set': notYet,
  'comments.add': notYet,
  'comments.edit': notYet,
  'comments.remove': notYet,
  'comments.resolve': notYet,
};
