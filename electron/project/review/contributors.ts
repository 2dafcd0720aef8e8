import { parsed } from '../../../shared/changes/canonical.ts';
import { type CommitHash, translationDraft } from '../../../shared/model/index.ts';
import type { Move, Touch } from '../../../shared/review/status.ts';
import { type ContributionRow, contributionsOnPassages } from './queries.ts';
import type { ReviewReader } from './state.ts';
import { signerOf } from './moves.ts';

/** Somebody had a hand in what a passage is: their key signed it, or they are named as its author. */
export interface Hand {
  readonly person: string;
  readonly commit: CommitHash;
  readonly touch: Touch;
}

/**
 * Whose hands passages went through, out of the log: who signed each of their places, their live tags and attributes, each
 * decision and each draft of their live translations, and whom decisions and drafts name. `ids` is a JSON list of passages.
 * A category split or merged, and tags carried over to a new version, are signed by whoever did it; a label says so, which
 * anybody can write. So these count too: to be refused is the smaller harm.
 */
export function contributionsOf({ db }: Pick<ReviewReader, 'db'>, ids: string): Map<string, readonly Hand[]> {
  const hands = new Map<string, Hand[]>();
  const removers = new Map<string, string>();
  for (const row of db.all(contributionsOnPassages, { ids })) {
    for (const person of peopleIn(row, removers)) {
      const there = hands.get(row.passage);
      const hand = { person, commit: row.commit, touch: row.touch };
      if (there === undefined) hands.set(row.passage, [hand]);
      else if (!there.some((one) => one.person === person && one.touch === row.touch && one.commit === row.commit))
        there.push(hand);
    }
  }
  return hands;
}

/** `removers`: by record, who removed it last. Bringing back what oneself had removed is nobody's work anew. */
function peopleIn(row: ContributionRow, removers: Map<string, string>): readonly string[] {
  const signer = signerOf(row.key);
  switch (row.field) {
    case 'deleted': {
      const remover = removers.get(row.id);
      if (row.value === 'true') removers.set(row.id, signer);
      return row.value === 'true' || remover === undefined || remover === signer ? [] : [signer];
    }
    case 'draft': {
      const draft = translationDraft.safeParse(parsed(row.value ?? ''));
      return draft.success ? [signer, draft.data.person] : [signer];
    }
    case 'person': {
      // Of a tag or an attribute that stands, whom it names is known by what stands.
      const named = row.touch === 'decision' ? parsed(row.value ?? '') : null;
      return typeof named === 'string' ? [signer, named] : [signer];
    }
    default:
      return [signer];
  }
}

/** What somebody had a hand in. */
export const contributedBy = (person: string, hands: readonly Hand[]): ReadonlySet<Touch> =>
  new Set(hands.filter((hand) => hand.person === person).map(({ touch }) => touch));

/** A move with what its person had a hand in before it, or without knowing of it; and what they touched after it. */
export function withContributions(move: Move, hands: readonly Hand[], { project }: ReviewReader): Move {
  const own = hands.filter(({ person }) => person === move.person);
  if (own.length === 0) return move;
  const [after, before] = [new Set<Touch>(), new Set<Touch>()];
  for (const { commit, touch } of own)
    (commit !== move.commit && project.team.saw(commit, move.commit) ? after : before).add(touch);
  return { ...move, touched: before, after };
}
