import type { Json } from '../../../shared/changes/canonical.ts';
import { z } from 'zod';
import { claimRelation, type CommitHash } from '../../../shared/model/index.ts';
import type { ExhibitsFile } from '../../formats/dossier/folder.ts';
import type { Dossier } from '../../formats/dossier/model.ts';
import { MOST_HASHES, type SignedFile } from '../../formats/dossier/signed-file.ts';
import { SIGNED_RECORD } from '../../formats/dossier/record.ts';
import type { ProvenField } from '../../db/index.ts';
import { query } from '../../db/types.ts';
import type { ReadContext } from '../../project/context.ts';
import { allLinks, type LinkRow } from '../../project/claims/queries.ts';
import type { Masking } from '../../project/masks/masking.ts';

/**
 * Fields whose newest change goes into the folder: those that a dossier prints. A review's comment and basis, and older wordings, stay
 * out.
 */
const LATEST: Readonly<Record<Kind, readonly string[]>> = {
  passage: ['anchor'],
  tag: [],
  translation: ['passage', 'language', 'draft'],
  review: [],
  category: ['code', 'name', 'mergedInto'],
  claim: ['text'],
  claimlink: ['claim', 'passage', 'relation', 'answer', 'deleted'],
  memo: ['target', 'text'],
  adjudication: [],
  source: SIGNED_RECORD,
};
/** Fields of which every change goes into the folder: a person's own signature counts even if somebody else wrote the field later. */
const ALL: Readonly<Record<Kind, readonly string[]>> = {
  passage: ['person'],
  tag: ['passage', 'category', 'person', 'deleted'],
  translation: [],
  review: ['passage', 'state', 'person', 'deleted'],
  category: [],
  claim: [],
  claimlink: [],
  memo: [],
  adjudication: ['passage', 'categories', 'reason', 'deleted'],
  source: [],
};
const KINDS = [
  'passage',
  'tag',
  'translation',
  'review',
  'category',
  'claim',
  'claimlink',
  'memo',
  'adjudication',
  'source',
] as const;
type Kind = (typeof KINDS)[number];

const onPassages = query<
  { ids: string },
  { id: string; kind: 'tag' | 'translation' | 'review' | 'memo' | 'adjudication'; category: string | null }
>(
  'dossier.onPassages',
  `SELECT t.id, 'tag' AS kind, t.category FROM json_each($ids) i CROSS JOIN p_tag t ON t.passage = i.value
   UNION ALL SELECT t.id, 'translation', NULL FROM json_each($ids) i CROSS JOIN p_translation t ON t.passage = i.value
   UNION ALL SELECT r.id, 'review', NULL FROM json_each($ids) i CROSS JOIN p_review r ON r.passage = i.value
   UNION ALL SELECT m.id, 'memo', NULL FROM json_each($ids) i CROSS JOIN p_memo m ON m.target = i.value AND m.deleted IS NOT 1
   UNION ALL SELECT a.id, 'adjudication', c.value FROM json_each($ids) i CROSS JOIN p_adjudication a ON a.passage = i.value
     LEFT JOIN json_each(iif(json_valid(a.categories), a.categories, '[]')) c`,
);

/** The claims with their links for exhibits.json: links to exhibits, and to passages that limit or contradict. */
export function claimsInFolder(
  { db }: ReadContext,
  dossier: Dossier,
  masking: Masking,
): NonNullable<ExhibitsFile['claims']> {
  const links = linksOf(db.all(allLinks, {}), dossier);
  return dossier.claims.map(({ number, id, claim }) => ({
    number,
    id,
    text: claim,
    links: (links.get(id) ?? []).flatMap(({ passage, relation, answer }) => {
      const as = claimRelation.safeParse(relation).data;
      return as === undefined ? [] : [{ passage, as, answer: masking.free(answer ?? '') }];
    }),
  }));
}

function linksOf(all: readonly LinkRow[], { claims, exhibits }: Dossier): Map<string, LinkRow[]> {
  const own = new Set(claims.map(({ id }) => id));
  const shown = new Set(exhibits.flatMap(({ passage }) => [passage.id, ...(passage.also ?? [])]));
  const against = new Set(claims.flatMap((claim) => claim.against.map(({ passage }) => passage)));
  return Map.groupBy(
    all.filter(({ claim, passage }) => own.has(claim) && (shown.has(passage) || against.has(passage))),
    ({ claim }) => claim,
  );
}

/**
 * The signed commits that prove a dossier's statements on claims, people and documents, without their other changes. Null if the
 * dossier names no people. Values with masked words are left out, so no signature proves them.
 */
export function signedOf(context: ReadContext, dossier: Dossier, masking: Masking): SignedFile | null {
  if (dossier.pseudonyms || !dossier.shows.people) return null;
  const { db, project } = context;
  const passages = dossier.exhibits.flatMap(({ passage }) => [passage.id, ...(passage.also ?? [])]);
  const on = db.all(onPassages, { ids: JSON.stringify(passages) });
  const idsOf = (kind: (typeof on)[number]['kind']): string[] => [
    ...new Set(on.flatMap((one) => (one.kind === kind ? one.id : []))),
  ];
  const translations = dossier.shows.translations ? idsOf('translation') : [];
  const links = linksOf(db.all(allLinks, {}), dossier);
  const ids: Readonly<Record<Kind, readonly string[]>> = {
    passage: passages,
    tag: idsOf('tag'),
    translation: translations,
    review: idsOf('review'),
    category: [...new Set(on.flatMap(({ category }) => category ?? []))],
    claim: dossier.claims.map(({ id }) => id),
    claimlink: [...links.values()].flat().map(({ id }) => id),
    memo: dossier.shows.memos ? idsOf('memo') : [],
    adjudication: idsOf('adjudication'),
    source: dossier.documents.map(({ id }) => id),
  };
  const masked = new Set(dossier.documents.flatMap(({ id }) => (hasMasks(masking, id) ? id : [])));
  const hidden = new Set(
    dossier.exhibits.flatMap(({ document, passage }) =>
      masked.has(document) ? [passage.id, ...(passage.also ?? [])].map((id) => `passage ${id} anchor`) : [],
    ),
  );
  const wanted = new Map<CommitHash, Set<string>>();
  for (const kind of KINDS) {
    const latest = new Map<string, CommitHash>();
    const changes = project.log.changes(kind, ids[kind], [...LATEST[kind], ...ALL[kind]]);
    for (const { id, field, commit } of changes) latest.set(`${id} ${field}`, commit);
    for (const { commit, id, field, value } of changes) {
      const key = `${kind} ${id} ${field}`;
      const isOld = LATEST[kind].includes(field) && latest.get(`${id} ${field}`) !== commit;
      if (isOld || hidden.has(key) || !isFree(masking, value)) continue;
      wanted.set(commit, (wanted.get(commit) ?? new Set()).add(key));
    }
  }
  const commits: SignedFile['commits'] = [];
  let hashes = 0;
  for (const [commit, keys] of wanted) {
    const isShown = ({ entity, id, field }: ProvenField): boolean => keys.has(`${entity} ${id} ${field}`);
    const [proof] = project.log.proofs([commit], isShown);
    if (proof === undefined || hashes + proof.leaves.length > MOST_HASHES) continue;
    hashes += proof.leaves.length;
    commits.push({ ...proof, shown: proof.shown.map((one) => ({ ...one, value: z.json().parse(one.value) })) });
  }
  return { 'Sourcebook-Signed': 1, commits };
}

function hasMasks(masking: Masking, document: string): boolean {
  const { areas, isComplete } = masking.areasOf(document);
  return areas.length > 0 || !isComplete;
}

/** Whether no text of a value has masked words. */
function isFree(masking: Masking, value: Json): boolean {
  if (typeof value === 'string') return masking.free(value) === value;
  if (value === null || typeof value !== 'object') return true;
  return Object.values(value).every((one) => isFree(masking, one));
}
