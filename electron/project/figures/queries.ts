import type { RowOf } from '../../../shared/changes/fields.ts';
import { columnsOf, query } from '../../db/types.ts';

type None = Record<string, never>;

export interface FigureRow extends RowOf<'figure'> {
  /** The current text layer of its source. */
  readonly current: string | null;
}
const COLUMNS = `SELECT ${columnsOf('figure', 'f')}, s.layer AS current
  FROM p_figure f JOIN p_source s ON s.id = f.source AND s.deleted IS NOT 1
  WHERE f.deleted IS NOT 1 AND f.anchor IS NOT NULL`;

export const allFigures = query<None, FigureRow>('figures.all', `${COLUMNS} ORDER BY f.source, f.id`);
export const figuresOfSource = query<{ source: string }, FigureRow>(
  'figures.ofSource',
  `${COLUMNS} AND f.source = $source ORDER BY f.id`,
);
export const figureById = query<{ id: string }, FigureRow>('figures.byId', `${COLUMNS} AND f.id = $id`);

export type CheckRow = Pick<
  RowOf<'figurecheck'>,
  'id' | 'figure' | 'verdict' | 'reason' | 'basis' | 'subject' | 'person'
>;
const CHECK = 'SELECT id, figure, verdict, reason, basis, subject, person FROM p_figurecheck WHERE deleted IS NOT 1';
export const allChecks = query<None, CheckRow>('figures.allChecks', `${CHECK} ORDER BY figure, createdAt, id`);
export const checksOfFigure = query<{ figure: string }, CheckRow>(
  'figures.checks',
  `${CHECK} AND figure = $figure ORDER BY createdAt, id`,
);
export const checksOfSource = query<{ source: string }, CheckRow>(
  'figures.checksOfSource',
  `${CHECK} AND figure IN (SELECT id FROM p_figure WHERE source = $source) ORDER BY figure, createdAt, id`,
);

interface PlaceRow {
  readonly id: string;
  readonly layer: string;
  readonly start: number;
  readonly end: number;
}
const PLACES = `SELECT p.id, p.onLayer AS layer, p.start, p."end" FROM p_passage p
  WHERE p.deleted IS NOT 1 AND p.onLayer IS NOT NULL AND p.start IS NOT NULL AND p."end" IS NOT NULL`;
export const placesOfSource = query<{ source: string }, PlaceRow>('figures.places', `${PLACES} AND p.source = $source`);
/** Passages of sources with figures. */
export const placesWithFigures = query<None, PlaceRow>(
  'figures.allPlaces',
  `${PLACES} AND p.source IN (SELECT source FROM p_figure WHERE deleted IS NOT 1)`,
);
