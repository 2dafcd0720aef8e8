import type { evidence } from '../../../shared/contract/evidence.ts';
import type { evidenceSelection } from '../../../shared/contract/evidence-selection.ts';
import type { Handlers } from '../../project/context.ts';
import { change } from './change.ts';
import { coverage } from './coverage.ts';
import { matrix } from './matrix.ts';
import { places } from './places.ts';
import { rows } from './rows.ts';
import { count, dated, found, totals } from './selection.ts';
import { timeline } from './timeline.ts';
import { write } from './write.ts';

/** See shared/contract/evidence.ts and evidence-selecting.ts. */
export const evidenceHandlers: Handlers<typeof evidence & typeof evidenceSelection> = {
  'evidence.rows': rows,
  'evidence.count': count,
  'evidence.found': found,
  'evidence.dated': dated,
  'evidence.totals': totals,
  'evidence.matrix': matrix,
  'evidence.timeline': timeline,
  'evidence.places': places,
  'evidence.coverage': coverage,
  'evidence.change': change,
  'evidence.write': write,
};
