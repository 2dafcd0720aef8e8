import type { coding } from '../../../shared/contract/coding.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Handlers } from '../../engine/feature.ts';

const notYet = (): never => {
  throw new Fault('UNSUPPORTED', 'This is being built.');
};

export const codingHandlers: Handlers<typeof coding> = {
  'assignments.create': notYet,
  'assignments.count': notYet,
  'assignments.list': notYet,
  'assignments.done': notYet,
  'agreement.report': notYet,
  'agreement.differences': notYet,
  'adjudications.decide': notYet,
  'adjudications.list': notYet,
  'tags.stale': notYet,
  'tags.confirm': notYet,
};
