import type { search } from '../../../shared/contract/search.ts';
import type { Handlers } from '../../project/context.ts';
import { searchingIn } from './service.ts';

/** One search over texts, quotations and memos: shared/contract/search.ts. */
export const searchHandlers: Handlers<typeof search> = {
  'search.query': (context, input) => searchingIn(context).query(input),
  'search.prepare': (context) => searchingIn(context).prepare(),
};
