import type { trash } from '../../../shared/contract/trash.ts';
import type { Handlers } from '../../project/context.ts';
import { list } from './list.ts';
import { restore } from './restore.ts';

export const trashHandlers: Handlers<typeof trash> = {
  'trash.list': list,
  'trash.restore': restore,
};
