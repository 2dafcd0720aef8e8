import type { TextContext } from '../../../shared/places/decide.ts';
import type { PlaceFinder } from '../../../shared/places/find-places.ts';
import { query, type Readable } from '../../db/types.ts';

const recordOfSource = query<
  { id: string },
  {
    title: string | null;
    publisher: string | null;
    dateOfDocument: string | null;
    dateOfPublication: string | null;
    dateOfAct: string | null;
  }
>(
  'places.recordOfSource',
  'SELECT title, publisher, dateOfDocument, dateOfPublication, dateOfAct FROM p_source WHERE id = $id',
);

/** What a source’s record says beside its text, and what people decided in it. */
export function contextOf(
  db: Readable,
  finder: PlaceFinder,
  id: string,
  decided: TextContext['decided'] = new Map(),
): TextContext {
  const record = db.get(recordOfSource, { id });
  const year = yearOf(record);
  const around = (['publisher', 'title'] as const).map((by) => ({
    by,
    places: finder
      .find(record?.[by] ?? '', { year, decided })
      .flatMap(({ place, sure }) => (place !== null && sure ? [place] : [])),
  }));
  return { year, decided, around };
}

/** The year of a source: its document’s, else that of its publication, else that of the act. EDTF begins with the year. */
function yearOf(
  dates: Record<'dateOfDocument' | 'dateOfPublication' | 'dateOfAct', string | null> | undefined,
): number | null {
  for (const date of [dates?.dateOfDocument, dates?.dateOfPublication, dates?.dateOfAct]) {
    const year = /"edtf":"(\d{4})(?![\dX])[^"/]*"/u.exec(date ?? '')?.[1];
    if (year !== undefined) return Number(year);
  }
  return null;
}
