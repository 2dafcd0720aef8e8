import type { relations as contract } from '../../../shared/contract/relations.ts';
import type { Handlers } from '../../project/context.ts';
import { across } from './across.ts';
import { ofSource, recorded } from './list.ts';
import { confirm, dismiss, edit, follow, giveBack, withdraw } from './write.ts';

/** See shared/contract/relations.ts. */
export const relationsHandlers: Handlers<typeof contract> = {
  'relations.ofSource': ofSource,
  'relations.recorded': recorded,
  'relations.across': across,
  'relations.confirm': confirm,
  'relations.follow': follow,
  'relations.edit': edit,
  'relations.dismiss': dismiss,
  'relations.return': giveBack,
  'relations.withdraw': withdraw,
};
