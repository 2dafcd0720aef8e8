import type { copies } from '../../../shared/contract/copies.ts';
import type { Handlers } from '../../project/context.ts';
import { apart, confirm, withdraw } from './decide.ts';
import { listGroups } from './list.ts';

/** See shared/contract/copies.ts. */
export const copiesHandlers: Handlers<typeof copies> = {
  'copies.list': (context) => ({ groups: listGroups(context) }),
  'copies.confirm': confirm,
  'copies.apart': apart,
  'copies.withdraw': withdraw,
};
