import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import type { DraftSentence } from '../../../shared/contract/drafts.ts';
import { query } from '../../db/types.ts';
import { perProject, type ReadContext, type WriteContext } from '../../project/context.ts';
import { isMaskingUsed, maskingFor, type Outgoing } from '../../project/masks/outgoing.ts';
import { type ReadAt, readAt } from '../../project/read-at.ts';
import { isUntouched } from './read.ts';

type Context = ReadContext | WriteContext;

const linkedPassages = query<{ ids: string }, { id: string; source: string; layer: string | null; anchor: string }>(
  'drafts.linkedPassages',
  `SELECT p.id, p.source, p.onLayer AS layer, p.anchor FROM json_each($ids) i CROSS JOIN p_passage p ON p.id = i.value
   WHERE p.source IS NOT NULL AND p.anchor IS NOT NULL`,
);
/** The passages of claims, also those that limit or contradict: the report names them with the claim. */
const passagesOfClaims = query<{ ids: string }, { claim: string; passage: string }>(
  'drafts.passagesOfClaims',
  `SELECT claim, passage FROM p_claimlink
   WHERE claim IN (SELECT value FROM json_each($ids)) AND deleted IS NOT 1 AND passage IS NOT NULL`,
);
const layersOfSources = query<{ ids: string }, { id: string; layer: string }>(
  'drafts.layersOfSources',
  `SELECT s.id, s.layer FROM json_each($ids) i CROSS JOIN p_source s ON s.id = i.value WHERE s.layer IS NOT NULL`,
);

/** A sentence or an earlier wording of a sentence. */
type Resting = Pick<DraftSentence, 'links' | 'findings'>;

/**
 * Returns the passages that are exported with a sentence: the passages and the claims' passages that it is linked to, and those it
 * quotes.
 */
export function outgoingOf({ db }: Context, sentences: readonly Resting[]): (of: Resting) => Outgoing[] {
  const ids = (all: readonly string[]): { ids: string } => ({ ids: JSON.stringify([...new Set(all)]) });
  const claimsIn = ({ links }: Resting): string[] => links.flatMap(({ to }) => (to.kind === 'claim' ? [to.claim] : []));
  const ofClaims = Map.groupBy(db.all(passagesOfClaims, ids(sentences.flatMap(claimsIn))), ({ claim }) => claim);
  const linkedIn = ({ links }: Resting): string[] =>
    links.flatMap(({ to }) =>
      to.kind === 'passage' ? [to.passage] : (ofClaims.get(to.claim) ?? []).map(({ passage }) => passage),
    );
  const quotedIn = ({ findings }: Resting) =>
    findings.flatMap((one) => (one.kind === 'quotation' && one.found !== null ? [one.found] : []));
  const passages = new Map(
    db.all(linkedPassages, ids(sentences.flatMap(linkedIn))).flatMap(({ anchor, ...row }): [string, Outgoing][] => {
      const place = readAnchor(anchor);
      return place === null ? [] : [[row.id, { ...row, place }]];
    }),
  );
  const layers = new Map(
    db
      .all(layersOfSources, ids(sentences.flatMap(quotedIn).map(({ source }) => source)))
      .map(({ id, layer }) => [id, layer]),
  );
  return (sentence) => [
    ...linkedIn(sentence).flatMap((id) => passages.get(id) ?? []),
    ...quotedIn(sentence).map(({ source, start, end, words }): Outgoing => ({
      id: '',
      source,
      layer: layers.get(source) ?? null,
      place: { kind: 'text', page: 1, start, end, exact: words, prefix: '', suffix: '', quads: [] },
    })),
  ];
}

/** Sentences that can’t be exported as they are: they quote or link a passage that has to be masked, or print masked words. */
export interface Unmasked {
  readonly passages: readonly DraftSentence[];
  readonly words: readonly DraftSentence[];
}

type Asked = ReturnType<typeof maskingFor>;
/** The last result, kept because it needs the texts of sources and does not change when a sentence is accepted. */
const keptOf = perProject((): { at: ReadAt | null; asked: Asked | null } => ({ at: null, asked: null }));
const LOOKED_AT: ReadonlySet<string> = new Set([
  'mask',
  'notprivate',
  'setting',
  'dimension',
  'value',
  'passage',
  'source',
  'layer',
]);

export function unmaskedIn(context: Context, sentences: readonly DraftSentence[]): Unmasked {
  if (!isMaskingUsed(context.db)) return { passages: [], words: [] };
  const state = keptOf(context);
  const now = readAt(context);
  if (state.asked === null || state.at === null || !isUntouched(context, state.at, now, LOOKED_AT))
    state.asked = maskingFor(context);
  state.at = now;
  const { masking, refusalOf } = state.asked;
  const outgoing = outgoingOf(context, sentences);
  const passages = sentences.filter((one) => {
    const out = outgoing(one);
    return out.length > 0 && refusalOf({ passages: out }) !== null;
  });
  const words = sentences.filter(({ text }) => !masking.isFree && masking.free(text) !== text);
  return { passages, words };
}
