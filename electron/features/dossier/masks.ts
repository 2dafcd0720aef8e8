import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import type { Anchor } from '../../../shared/model/index.ts';
import { query } from '../../db/types.ts';
import type { Dossier } from '../../formats/dossier/model.ts';
import type { ReadContext } from '../../project/context.ts';
import { maskedFor } from '../../project/masks/outgoing.ts';
import type { Masking } from '../../project/masks/masking.ts';
import { withTexts } from './texts.ts';

interface Row {
  readonly id: string;
  readonly source: string;
  readonly layer: string | null;
  readonly anchor: string | null;
}
const outgoing = query<{ ids: string }, Row>(
  'dossier.outgoing',
  `SELECT p.id, p.source, p.onLayer AS layer, p.anchor FROM json_each($ids) i CROSS JOIN p_passage p ON p.id = i.value
   WHERE p.source IS NOT NULL`,
);

/** The masks of a dossier, and the words of its passages as they are exported. */
export interface Masked {
  readonly masking: Masking;
  /** Returns the exported words of a quoted passage; null for an area or an unknown passage. */
  readonly quoteOf: (passage: string) => string | null;
}

/** Prepares the masks of a dossier. `ids`: all quoted passages, in exhibits or against claims. Throws UNMASKED. */
export function maskedDossier(context: ReadContext, ids: readonly string[]): Masked {
  const rows = context.db.all(outgoing, { ids: JSON.stringify(ids) }).flatMap(({ id, source, layer, anchor }) => {
    const place: Anchor | null = anchor === null ? null : readAnchor(anchor);
    return place === null ? [] : [{ id, source, layer, place }];
  });
  const masking = maskedFor(context, { passages: rows });
  const byId = new Map(rows.map((row) => [row.id, row]));
  return {
    masking,
    quoteOf: (passage) => {
      const row = byId.get(passage);
      if (row === undefined || row.place.kind === 'area') return null;
      return row.layer === null
        ? masking.free(row.place.exact)
        : masking.anchor(row.source, row.layer, row.place).exact;
    },
  };
}

/** A dossier without masked words in any text. Quoted passages are masked already, by their place. */
export const withoutMasked = (dossier: Dossier, masking: Masking): Dossier =>
  masking.isFree ? dossier : withTexts(dossier, masking.free);
