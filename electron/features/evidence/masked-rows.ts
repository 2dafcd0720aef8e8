import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import type { EvidenceRow } from '../../../shared/contract/evidence.ts';
import type { Anchor } from '../../../shared/model/index.ts';
import { query } from '../../db/types.ts';
import type { Cell } from '../../formats/report/csv-cells.ts';
import type { WriteContext } from '../../project/context.ts';
import { isMaskingUsed, maskedFor, reasonsOf } from '../../project/masks/outgoing.ts';
import type { Masking } from '../../project/masks/masking.ts';

interface Anchored {
  readonly id: string;
  readonly source: string;
  readonly layer: string | null;
  readonly place: Anchor;
}
const anchored = query<{ ids: string }, { id: string; source: string; layer: string | null; anchor: string }>(
  'evidence.anchored',
  `SELECT p.id, p.source, p.onLayer AS layer, p.anchor FROM json_each($ids) i CROSS JOIN p_passage p ON p.id = i.value
   WHERE p.source IS NOT NULL AND p.anchor IS NOT NULL`,
);

/** How rows of a table go out: without what is masked. Throws UNMASKED where one of these passages must be masked first. */
export function outgoing(context: WriteContext, ids: ReadonlySet<string>) {
  if (!isMaskingUsed(context.db))
    return { row: asIs, cell: (_: string, cell: Cell) => cell, text: (text: string) => text, masks: [] };
  const anchors = new Map(
    context.db.all(anchored, { ids: JSON.stringify([...ids]) }).flatMap(({ anchor: json, ...row }) => {
      const place = readAnchor(json);
      return place === null ? [] : [[row.id, { ...row, place }] as const];
    }),
  );
  const masking = maskedFor(context, { passages: [...anchors.values()] });
  const sources = new Set([...anchors.values()].map(({ source }) => source));
  return {
    row: (row: EvidenceRow) => maskedRow(masking, row, anchors.get(row.passage)),
    // What a row has ids for is only words here: codes, values, people. The source’s own words stay where no mask is.
    cell: (column: string, cell: Cell): Cell => (column === 'quote' ? cell : masking.row({ cell }).cell),
    text: masking.free,
    masks: reasonsOf(masking, (id) => sources.has(id)),
  };
}
const asIs = (row: EvidenceRow): EvidenceRow => row;

/** A row with its words, and what people wrote, without what is masked. */
function maskedRow(masking: Masking, row: EvidenceRow, anchor: Anchored | undefined): EvidenceRow {
  const { layer = null, place = null } = anchor ?? {};
  const masked = layer === null || place === null ? null : masking.anchor(row.source, layer, place);
  const { copies, translation, quote } = row;
  return {
    ...masking.row(row, ['state', 'grade', 'type', 'language', 'quote']),
    quote: masked?.kind === 'text' ? masked.exact : quote === null ? null : masking.free(quote),
    copies:
      copies === null || copies.origin === null
        ? copies
        : { ...copies, origin: { ...copies.origin, title: masking.free(copies.origin.title) } },
    translation: translation === null ? null : { ...translation, text: masking.free(translation.text) },
    places: row.places?.map((one) => ({ ...one, name: masking.free(one.name) })) ?? null,
  };
}
