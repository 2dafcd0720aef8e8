import type { figureCards } from '../../../shared/contract/figure-cards.ts';
import type { figures } from '../../../shared/contract/figure-readings.ts';
import type { figuresTable } from '../../../shared/contract/figures-table.ts';
import type { Handlers } from '../../project/context.ts';
import { findFigures } from '../../project/figures/found.ts';
import { cards, ofSource } from './list.ts';
import { table } from './table-rows.ts';
import { confirm, dismiss, edit, giveBack, withdraw } from './write.ts';

/** See shared/contract/figure-readings.ts and figure-cards.ts. */
export const figuresHandlers: Handlers<typeof figures & typeof figureCards & typeof figuresTable> = {
  'figures.find': (context, { source, language }) => findFigures(context, source, language),
  'figures.ofSource': ofSource,
  'figures.cards': cards,
  'figures.table': table,
  'figures.confirm': confirm,
  'figures.edit': edit,
  'figures.dismiss': dismiss,
  'figures.return': giveBack,
  'figures.withdraw': withdraw,
};
