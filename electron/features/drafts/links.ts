import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import type { Claim } from '../../../shared/contract/claims.ts';
import type { SentenceLink } from '../../../shared/contract/drafts.ts';
import { passageId, recordId, sourceId } from '../../../shared/model/index.ts';
import { listClaims } from '../../project/claims/list.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import { placeOf } from './marks.ts';
import { type LinkRow, linksOfDraft, placesOfPassages } from './queries.ts';
import type { Version } from './versions.ts';

export interface Linked {
  readonly link: SentenceLink;
  /** The linked passage, or the passages that support the linked claim. */
  readonly passages: readonly string[];
}

/** The links of a draft's sentences, by sentence, without links to anything in the trash. */
export async function linksOf(context: ReadContext | WriteContext, { root }: Version): Promise<Map<string, Linked[]>> {
  const { db, project } = context;
  const rows = db.all(linksOfDraft, { draft: root });
  const ids = JSON.stringify([...new Set(rows.flatMap(({ passage }) => passage ?? []))]);
  const passages = new Map(db.all(placesOfPassages, { ids }).map((row) => [row.id, row]));
  const claims = rows.some(({ claim }) => claim !== null)
    ? new Map<string, Claim>((await listClaims(context)).map((one) => [one.id, one]))
    : new Map<string, Claim>();
  const made = new Map(
    project.log
      .changes(
        'draftlink',
        rows.map(({ id }) => id),
        ['draft', 'deleted'],
      )
      .map((change) => [change.id, change]),
  );
  const linked = rows.flatMap((row) => {
    const found = toPassage(row, passages.get(row.passage ?? '')) ?? toClaim(claims.get(row.claim ?? ''));
    const id = recordId.safeParse(row.id).data;
    if (found === null || id === undefined) return [];
    const by = made.get(row.id);
    const link = { id, to: found.to, quotation: row.quotation, person: by?.person ?? null, at: by?.at ?? 0 };
    return [{ place: placeOf(row.sentence, row.nth), link, passages: found.passages }];
  });
  return Map.groupBy(linked, ({ place }) => place);
}

interface Found {
  readonly to: SentenceLink['to'];
  readonly passages: readonly string[];
}
type PassageRow = NonNullable<(typeof placesOfPassages)['_types']>['row'];

function toPassage({ passage }: LinkRow, row: PassageRow | undefined): Found | null {
  const anchor = row === undefined ? null : readAnchor(row.anchor);
  const id = passageId.safeParse(passage).data;
  const source = sourceId.safeParse(row?.source).data;
  if (row === undefined || anchor === null || id === undefined || source === undefined) return null;
  return {
    to: {
      kind: 'passage',
      passage: id,
      source,
      title: row.title ?? '',
      page: anchor.page,
      quote: anchor.kind === 'text' ? anchor.exact : '',
      translation: row.translation,
    },
    passages: [id],
  };
}

function toClaim(claim: Claim | undefined): Found | null {
  if (claim === undefined) return null;
  return {
    to: {
      kind: 'claim',
      claim: claim.id,
      text: claim.text,
      supports: claim.supports.passages,
      limits: claim.limits.passages,
      contradicts: claim.contradicts.passages,
      unanswered: claim.unanswered + claim.trashedContradictions,
    },
    passages: claim.links.filter(({ as }) => as === 'supports').map(({ passage }) => passage),
  };
}
