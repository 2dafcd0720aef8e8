import type { Claim } from '../../../shared/contract/claims.ts';
import type { DossierAsked } from '../../../shared/contract/dossier.ts';
import { type DossierTemplate, TEMPLATES } from '../../../shared/model/index.ts';
import type { Dossier, DossierClaim, Exhibit, Numbered } from '../../formats/dossier/model.ts';
import { dateOf } from '../../formats/report/markup.ts';
import type { ReportSource } from '../../formats/report/model.ts';
import type { Found } from './found.ts';

type Unnumbered = Omit<Found, 'label'>;

/** The exhibits, ordered and numbered as the template says, without those that may be left out, and the number left out. */
export function arranged(
  sources: readonly ReportSource[],
  asked: Pick<DossierAsked, 'template' | 'order' | 'leftOut'>,
  claims: readonly Claim[],
): { readonly found: Found[]; readonly leftOut: number } {
  const all = sources.flatMap((source) => source.passages.map((passage): Unnumbered => ({ passage, source })));
  const kept = withoutLeftOut(all, asked.leftOut, claims);
  const { exhibits } = TEMPLATES[asked.template];
  const found =
    exhibits === 'claims'
      ? ranked(kept, [...asked.order, ...passagesOf(claims)]).map((one, at) => numbered(one, at + 1, String(at + 1)))
      : byDocument(kept, asked.order, exhibits === 'documents' ? passagesOf(claims) : null);
  return { found, leftOut: all.length - kept.length };
}

const passagesOf = (claims: readonly Claim[]): string[] =>
  claims.flatMap(({ links }) => links.map(({ passage }) => passage));

/** Removes the exhibits asked to be left out. An exhibit that contradicts a claim stays. */
function withoutLeftOut(all: readonly Unnumbered[], asked: readonly string[], claims: readonly Claim[]): Unnumbered[] {
  const against = new Set<string>(
    claims.flatMap(({ links }) => links.flatMap(({ as, passage }) => (as === 'contradicts' ? [passage] : []))),
  );
  const leftOut = new Set<string>(asked);
  return all.flatMap((one): Unnumbered[] => {
    const ids = idsOf(one);
    if (!ids.some((id) => leftOut.has(id))) return [one];
    return ids.some((id) => against.has(id)) ? [{ ...one, isKept: true }] : [];
  });
}

/** Sorts exhibits by the places of their passages in `order`; exhibits that are not in it follow, their order unchanged. */
function ranked<T extends Pick<Unnumbered, 'passage'>>(all: readonly T[], order: readonly string[]): T[] {
  const wanted = new Map<string, number>();
  for (const id of order) if (!wanted.has(id)) wanted.set(id, wanted.size);
  const rankOf = (one: T): number => Math.min(...idsOf(one).map((id) => wanted.get(id) ?? Infinity));
  return all
    .map((one, at) => ({ one, at, rank: rankOf(one) }))
    .sort((a, b) => (a.rank === b.rank ? a.at - b.at : a.rank < b.rank ? -1 : 1))
    .map(({ one }) => one);
}

/** Numbers exhibits by document. Document order: hand-placed exhibits first, then by claim; without claims, the oldest document first. */
function byDocument(
  kept: readonly Unnumbered[],
  order: readonly string[],
  ofClaims: readonly string[] | null,
): Found[] {
  const usual = ofClaims === null ? oldestFirst(kept) : ranked(kept, ofClaims);
  const documents = Map.groupBy(ranked(usual, order), ({ source }) => source.id);
  let number = 0;
  return [...documents.keys()].flatMap((id, at) => {
    const own = kept.filter(({ source }) => source.id === id);
    return ranked(own, order).map((one, within) => numbered(one, (number += 1), `${at + 1}.${within + 1}`));
  });
}

/** Sorts by the date of the source; sources without a date come last. */
function oldestFirst(all: readonly Unnumbered[]): Unnumbered[] {
  const keyOf = ({ source }: Unnumbered): string => dateOf(source) ?? '~';
  return all.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : keyOf(a) > keyOf(b) ? 1 : 0));
}

const numbered = (one: Unnumbered, number: number, label: string): Found => ({
  ...one,
  label,
  passage: { ...one.passage, number },
});

export const idsOf = ({ passage }: Pick<Unnumbered, 'passage'>): readonly string[] => [
  passage.id,
  ...(passage.also ?? []),
];

export const numbersOf = (found: readonly Found[]): ReadonlyMap<string, Numbered> =>
  new Map(
    found.flatMap((one) => {
      const { label, passage } = one;
      return idsOf(one).map((id) => [id, { number: passage.number, label }] as const);
    }),
  );

/** The groups of exhibits: one for each claim, then one for exhibits without a claim; or one for each document. */
export function groupsOf(
  template: DossierTemplate,
  claims: readonly DossierClaim[],
  exhibits: readonly Pick<Exhibit, 'number' | 'document'>[],
): Dossier['groups'] {
  if (TEMPLATES[template].exhibits !== 'claims')
    return [...Map.groupBy(exhibits, ({ document }) => document)].map(([document, own]) => ({
      claim: null,
      document,
      exhibits: own.map(({ number }) => number),
    }));
  const named = new Set(claims.flatMap((claim) => claim.exhibits));
  const rest = exhibits.map(({ number }) => number).filter((number) => !named.has(number));
  return [
    ...claims.map((claim) => ({ claim: claim.number, document: null, exhibits: claim.exhibits })),
    ...(rest.length === 0 ? [] : [{ claim: null, document: null, exhibits: rest }]),
  ];
}
