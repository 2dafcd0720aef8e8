import type { Claim } from '../../../shared/contract/claims.ts';
import type { DossierFrom } from '../../../shared/contract/dossier.ts';
import { Fault } from '../../../shared/errors.ts';
import type { QueryFault } from '../../../shared/query/faults.ts';
import type { PassageId } from '../../../shared/model/index.ts';
import { counted } from '../../../shared/text/counted.ts';
import { listClaims } from '../../project/claims/list.ts';
import type { ReadContext } from '../../project/context.ts';
import { selectionOf } from '../../project/evidence/selection.ts';
import { withPlaces } from '../../project/evidence/with-places.ts';
import { livePassages } from '../../project/export/part-queries.ts';
import { isAll, select } from '../../project/export/selection.ts';
import { passagesAt } from '../../project/passages/places.ts';
import { inWords } from '../../project/report/content.ts';

/** The passages of a dossier, and the claims that they support, limit or contradict. */
export interface ChosenPassages {
  readonly faults: readonly QueryFault[];
  readonly passages: ReadonlySet<string>;
  readonly claims: readonly Claim[];
  /** A description of the choice, in words. */
  readonly words: readonly string[];
}

/** The passages and claims that were chosen. Throws NOT_FOUND for a missing claim or passage. */
export async function chosenFor(context: ReadContext, from: DossierFrom): Promise<ChosenPassages> {
  const all = await listClaims(context);
  switch (from.kind) {
    case 'claims': {
      const claims = from.claims.length === 0 ? all : from.claims.map((id) => claimOf(all, id));
      const passages = new Set(claims.flatMap(({ links }) => links.map(({ passage }) => passage)));
      const words = from.claims.length === 0 ? 'all claims' : counted(claims.length, 'claim');
      return { faults: [], passages, claims, words: [`Claims: ${words}`] };
    }
    case 'filters': {
      const { passages } = select(context, from.only);
      const words = isAll(from.only) ? ['All passages'] : inWords(context, from.only);
      return { faults: [], passages, claims: bearing(context, all, passages), words };
    }
    case 'query': {
      const asked = { query: from.query, within: [] };
      const found = await withPlaces(context, asked, (evidence) => {
        const { faults, rows } = selectionOf(context.db, evidence, asked);
        return { faults, passages: new Set(Array.from(rows, (row) => evidence.set.idOf(row))) };
      });
      if (found.faults.length > 0) return { faults: found.faults, passages: new Set(), claims: [], words: [] };
      return { ...found, claims: bearing(context, all, found.passages), words: [`Filter: ${from.query}`] };
    }
    case 'passages': {
      const live = new Set(context.db.all(livePassages, {}).map(({ id }) => id));
      const gone = from.passages.filter((id) => !live.has(id));
      if (gone.length > 0)
        throw new Fault('NOT_FOUND', 'A passage isn’t in the project, or is in the trash.', { gone });
      const passages = new Set<PassageId>(from.passages);
      const words = [`Selection of ${counted(passages.size, 'passage')}`];
      return { faults: [], passages, claims: bearing(context, all, passages), words };
    }
  }
}

function claimOf(all: readonly Claim[], id: string): Claim {
  const found = all.find((one) => one.id === id);
  if (found === undefined)
    throw new Fault('NOT_FOUND', 'This claim isn’t in the project any more. Choose one from the list.', { id });
  return found;
}

/** The claims linked to these passages or to other passages on the same words. */
function bearing({ db }: ReadContext, all: readonly Claim[], passages: ReadonlySet<string>): Claim[] {
  const there = new Set([...passages, ...passagesAt(db, [...passages]).flat()]);
  return all.filter(({ links }) => links.some(({ passage }) => there.has(passage)));
}
