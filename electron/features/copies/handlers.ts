import type { copies } from '../../../shared/contract/copies.ts';
import type { Handlers } from '../../project/context.ts';
import { apart, confirm, withdraw } from './decide.ts';
import { compare, find, list, stop } from './find.ts';
import { listGroups } from './list.ts';

/** See shared/contract/copies.ts. */
export const copiesHandlers: Handlers<typeof copies> = {
  'copies.list': list,
  'copies.groups': (context) => ({ groups: listGroups(context) }),
  'copies.find': find,
  'copies.stop': (context) => {
    stop(context);
    return {};
  },
  'copies.compare': compare,
  'copies.confirm': confirm,
  'copies.apart': apart,
  'copies.withdraw': withdraw,
};
