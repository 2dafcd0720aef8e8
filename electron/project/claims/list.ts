import { supportOf } from '../../../shared/claims/support.ts';
import type { Claim, ClaimLink } from '../../../shared/contract/claims.ts';
import type { CopyOffer } from '../../../shared/copies/offers.ts';
import {
  CLAIM_RELATIONS,
  claimId,
  claimRelation,
  type Passage,
  type PersonId,
  personId,
  sourceKind,
} from '../../../shared/model/index.ts';
import { isUnseen } from '../../../shared/model/person-name.ts';
import type { ReadContext } from '../context.ts';
import { type EvidenceSource, readSources } from '../evidence/sources.ts';
import { complete, inReadingOrder } from '../passages/passages.ts';
import { foundCopiesIn } from '../sources/found-copies.ts';
import { allClaims, allLinks, linkedPassages, type LinkRow } from './queries.ts';

/** All claims with their links and what they rest on: a fixed number of statements for any number of them. */
export async function listClaims(context: ReadContext): Promise<Claim[]> {
  const alike = alikeOf(await foundCopiesIn(context).offers());
  const { db } = context;
  const claims = db.all(allClaims, {});
  const links = db.all(allLinks, {});
  const ids = JSON.stringify([...new Set(links.map(({ passage }) => passage))]);
  const passages = new Map<string, Passage>(
    complete(context, inReadingOrder([db.all(linkedPassages, { ids })])).map((one) => [one.id, one]),
  );
  const sources = readSources(db).byId;
  const writers = writersOf(context, links);
  const byClaim = Map.groupBy(links, ({ claim }) => claim);
  return claims.flatMap((row): Claim[] => {
    const id = claimId.safeParse(row.id).data;
    if (id === undefined) return [];
    const all = byClaim.get(row.id) ?? [];
    const own = all.filter(({ passage }) => passages.has(passage));
    const shown = own
      .flatMap((link) => linkOf(link, passages.get(link.passage), sources, writers.get(link.id) ?? null) ?? [])
      .sort((a, b) => CLAIM_RELATIONS.indexOf(a.link.as) - CLAIM_RELATIONS.indexOf(b.link.as));
    const support = supportOf(
      shown.map(({ link, isDated }) => ({
        relation: link.as,
        origin: link.origin,
        isApproved: link.state === 'approved',
        isDated,
        isAnswered: link.answer !== '',
        alike: alike.get(link.source) ?? [],
      })),
    );
    return [
      {
        id,
        text: row.text ?? '',
        person: personId.safeParse(row.person).data ?? null,
        createdAt: row.createdAt,
        links: shown.map(({ link }) => link),
        supports: support.supports,
        limits: support.limits,
        contradicts: support.contradicts,
        unanswered: support.unanswered,
        undecidedCopies: support.undecidedCopies,
        gaps: [...support.gaps],
        unknown: own.length - shown.length,
        trashedContradictions: all.filter(
          ({ passage, relation }) => relation === 'contradicts' && !passages.has(passage),
        ).length,
      },
    ];
  });
}

/** By source: the offers that it is in, by their number. */
function alikeOf(offers: readonly CopyOffer[]): ReadonlyMap<string, readonly number[]> {
  const by = new Map<string, number[]>();
  for (const [offer, { sources }] of offers.entries())
    for (const { source } of sources) by.set(source, [...(by.get(source) ?? []), offer]);
  return by;
}

function linkOf(
  { relation, answer }: LinkRow,
  passage: Passage | undefined,
  sources: ReadonlyMap<string, EvidenceSource>,
  person: PersonId | null,
): { link: ClaimLink; isDated: boolean } | null {
  const as = claimRelation.safeParse(relation).data;
  const source = passage === undefined ? undefined : sources.get(passage.source);
  if (as === undefined || passage === undefined || source === undefined) return null;
  const { act, document, published } = source.dates;
  const date = published ?? document ?? act;
  const [translation] = passage.translations;
  return {
    isDated: date !== null,
    link: {
      passage: passage.id,
      as,
      answer: as !== 'contradicts' || answer === null || isUnseen(answer) ? '' : answer.trim(),
      person,
      source: passage.source,
      kind: sourceKind.catch('text').parse(source.kind),
      title: source.title,
      quote: passage.anchor.kind === 'text' ? passage.anchor.exact : '',
      page: passage.anchor.page,
      language: source.language,
      translation: translation === undefined ? null : { language: translation.language, text: translation.text },
      date: date?.edtf ?? null,
      state: passage.state,
      origin: source.origin,
    },
  };
}

/** Who changed last how a passage is linked, by the link's id. The log says it: the record names nobody. */
function writersOf({ project }: ReadContext, links: readonly LinkRow[]): Map<string, PersonId> {
  const changes = project.log.changes(
    'claimlink',
    links.map(({ id }) => id),
    ['relation', 'answer'],
  );
  return new Map(changes.map(({ id, person }) => [id, person]));
}
