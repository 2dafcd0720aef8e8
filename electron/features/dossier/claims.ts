import type { Claim, ClaimLink } from '../../../shared/contract/claims.ts';
import type { Against, DossierClaim, Numbered } from '../../formats/dossier/model.ts';
import { LACKS } from '../../formats/dossier/words.ts';

/** The claims of a dossier in order, with all passages that limit or contradict them. `numberOf`: exhibit numbers by passage. */
export const claimsOf = (
  claims: readonly Claim[],
  numberOf: ReadonlyMap<string, Numbered>,
  quoteOf: (passage: string) => string | null,
): DossierClaim[] =>
  claims.map((claim, at): DossierClaim => {
    const exhibits = new Set(claim.links.flatMap(({ passage }) => numberOf.get(passage)?.number ?? []));
    return {
      number: at + 1,
      id: claim.id,
      claim: claim.text,
      supports: claim.supports,
      limits: claim.limits,
      contradicts: claim.contradicts,
      unanswered: claim.unanswered,
      trashed: claim.trashedContradictions,
      lacks: claim.gaps.map((gap) => LACKS[gap]),
      against: claim.links.flatMap((link) => againstOf({ ...link, quote: quoteOf(link.passage) ?? '' }, numberOf)),
      exhibits: [...exhibits].toSorted((a, b) => a - b),
    };
  });

function againstOf(link: ClaimLink, numberOf: ReadonlyMap<string, Numbered>): Against[] {
  if (link.as === 'supports') return [];
  return [
    {
      as: link.as,
      passage: link.passage,
      exhibit: numberOf.get(link.passage) ?? null,
      quote: link.quote,
      translation: link.translation?.text ?? null,
      document: link.title,
      page: link.kind === 'pdf' ? link.page : null,
      answer: link.answer,
    },
  ];
}
