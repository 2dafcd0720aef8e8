import type { versions as contract } from '../../../shared/contract/versions.ts';
import type { Handlers } from '../../project/context.ts';
import { accept } from './accept.ts';
import { compareSides, sidesOf } from './compare.ts';
import { carryFigures, figures } from './figures.ts';
import { pair, unpair, versionsOf } from './list.ts';

/** What changed between two versions of a source: shared/contract/versions.ts. */
export const versionsHandlers: Handlers<typeof contract> = {
  'versions.list': ({ db }, { source }) => ({ versions: versionsOf(db, source) }),
  'versions.pair': (context, { older, newer }) => {
    pair(context, older, newer);
    return {};
  },
  'versions.unpair': (context, { newer }) => {
    unpair(context, newer);
    return {};
  },
  'versions.compare': (context, input) => compareSides(context, sidesOf(context, input)),
  'versions.accept': (context, input) => ({ passages: accept(context, input) }),
  'versions.figures': figures,
  'versions.carryFigures': carryFigures,
};
