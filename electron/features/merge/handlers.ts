import type { merge } from '../../../shared/contract/merge.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Handlers } from '../../engine/feature.ts';

const notYet = (): never => {
  throw new Fault('UNSUPPORTED', 'This is being built.');
};

export const mergeHandlers: Handlers<typeof merge> = {
  'merge.preview': notYet,
  'merge.apply': notYet,
  'merge.conflicts': notYet,
  'merge.resolve': notYet,
  'merge.list': notYet,
  'merge.takeBack': notYet,
  'merge.restore': notYet,
};
