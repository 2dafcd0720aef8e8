import type { exchange } from '../../../shared/contract/exchange.ts';
import type { Handlers } from '../../project/context.ts';
import { exportQda } from './qda-export.ts';

export const exchangeHandlers: Handlers<typeof exchange> = {
  'exchange.export': exportQda,
};
