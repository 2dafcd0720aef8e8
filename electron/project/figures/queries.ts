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
  'id' | 'figure' | 'verdict' | 'reason' | 'basis' | 'subject' | 'person' | 'deleted'
>;
const CHECK = 'SELECT id, figure, verdict, reason, basis, subject, person, deleted FROM p_figurecheck';
/** All verdicts, also removed ones: see `asSigned`. */
export const allChecks = query<None, CheckRow>('figures.allChecks', `${CHECK} ORDER BY figure, createdAt, id`);
export const checksOfFigure = query<{ figure: string }, CheckRow>(
  'figures.checks',
  `${CHECK} WHERE figure = $figure AND deleted IS NOT 1 ORDER BY createdAt, id`,
);
/** The verdicts on a source's cards, also removed ones: see `asSigned`. */
export const checksOfSource = query<{ source: string }, CheckRow>(
  'figures.checksOfSource',
  `${CHECK} WHERE figure IN (SELECT id FROM p_figure WHERE source = $source) ORDER BY figure, createdAt, id`,
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
/** The passages of the sources that have cards. */
export const placesWithFigures = query<None, PlaceRow>(
  'figures.allPlaces',
  `${PLACES} AND p.source IN (SELECT source FROM p_figure WHERE deleted IS NOT 1)`,
);

interface SpanRow {
  readonly id: string;
  readonly source: string;
  readonly start: number;
  readonly end: number;
}
const SPANS = `SELECT p.id, p.source, p.start, p."end" FROM p_passage p JOIN p_source s ON s.id = p.source AND s.layer = p.onLayer
   WHERE p.deleted IS NOT 1 AND s.deleted IS NOT 1 AND p.start IS NOT NULL AND p."end" IS NOT NULL`;
const ORDER = 'ORDER BY p.source, p.start, p."end" DESC';
export const spansOfPassages = query<None, SpanRow>('figures.spansOfPassages', `${SPANS} ${ORDER}`);
export const spansInSource = query<{ source: string }, SpanRow>(
  'figures.spansInSource',
  `${SPANS} AND p.source = $source ${ORDER}`,
);

/** The kinds of record that commits after `c` changed. */
export const kindsSince = query<{ c: number }, { kind: string }>(
  'figures.kindsSince',
  `SELECT DISTINCT e.kind FROM change_ h CROSS JOIN entity_ e ON e.ent = h.ent WHERE h.c > $c`,
);
/** The sources whose record, passages, cards or decisions changed after commit `c`. */
export const sourcesSince = query<{ c: number }, { source: string | null }>(
  'figures.sourcesSince',
  `WITH changed AS MATERIALIZED (
     SELECT DISTINCT e.kind, lower(hex(e.id)) AS hex FROM change_ h CROSS JOIN entity_ e ON e.ent = h.ent WHERE h.c > $c),
   named AS MATERIALIZED (
     SELECT kind, substr(hex, 1, 8) || '-' || substr(hex, 9, 4) || '-' || substr(hex, 13, 4) || '-' || substr(hex, 17, 4)
       || '-' || substr(hex, 21) AS id FROM changed)
   SELECT id AS source FROM named WHERE kind = 'source'
   UNION SELECT p.source FROM named n CROSS JOIN p_passage p ON p.id = n.id WHERE n.kind = 'passage'
   UNION SELECT f.source FROM named n CROSS JOIN p_figure f ON f.id = n.id WHERE n.kind = 'figure'
   UNION SELECT f.source FROM named n CROSS JOIN p_figurecheck c ON c.id = n.id CROSS JOIN p_figure f ON f.id = c.figure
     WHERE n.kind = 'figurecheck'`,
);
