import { Fault } from '../../../shared/errors.ts';
import type { settling as contract } from '../../../shared/contract/settling.ts';
import type { Handlers } from '../../engine/feature.ts';

const unbuilt = (): never => {
  throw new Fault('INTERNAL', 'Not built yet.');
};

/** A window says what a page's styles do: shared/contract/settling.ts. */
export const settlingHandlers: Handlers<typeof contract> = {
  'settle.take': unbuilt,
  'settle.page': unbuilt,
  'settle.done': unbuilt,
};
