import type { people } from '../../../shared/contract/people.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Handlers } from '../../engine/feature.ts';

const notYet = (): never => {
  throw new Fault('UNSUPPORTED', 'This is being built.');
};

export const peopleHandlers: Handlers<typeof people> = {
  'people.list': notYet,
  'people.setRoles': notYet,
};
