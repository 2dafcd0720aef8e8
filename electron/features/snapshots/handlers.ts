import type { snapshots } from '../../../shared/contract/snapshots.ts';
import { Fault } from '../../../shared/errors.ts';
import type { Handlers } from '../../engine/feature.ts';

const notYet = (): never => {
  throw new Fault('UNSUPPORTED', 'This is being built.');
};

export const snapshotsHandlers: Handlers<typeof snapshots> = {
  'snapshots.make': notYet,
  'snapshots.list': notYet,
  'snapshots.verify': notYet,
  'snapshots.compare': notYet,
  'snapshots.remove': notYet,
};
