import type { evidence } from '../../../shared/contract/evidence.ts';
import type { Handlers } from '../../project/context.ts';
import { change } from './change.ts';
import { coverage } from './coverage.ts';
import { matrix } from './matrix.ts';
import { places } from './places.ts';
import { count, rows } from './rows.ts';
import { timeline } from './timeline.ts';
import { write } from './write.ts';

/** See shared/contract/evidence.ts. */
export const evidenceHandlers: Handlers<typeof evidence> = {
  'evidence.rows': rows,
  'evidence.count': count,
  'evidence.matrix': matrix,
  'evidence.timeline': timeline,
  'evidence.places': places,
  'evidence.coverage': coverage,
  'evidence.change': change,
  'evidence.write': write,
};
