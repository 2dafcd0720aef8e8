import { Fault } from '../../../shared/errors.ts';
import type { versions as contract } from '../../../shared/contract/versions.ts';
import type { Handlers } from '../../engine/feature.ts';

const unbuilt = (): never => {
  throw new Fault('INTERNAL', 'Not built yet.');
};

/** What changed between two versions of a source: shared/contract/versions.ts. */
export const versionsHandlers: Handlers<typeof contract> = {
  'versions.list': unbuilt,
  'versions.pair': unbuilt,
  'versions.unpair': unbuilt,
  'versions.compare': unbuilt,
  'versions.accept': unbuilt,
};
