import { parsed } from '../../../shared/changes/canonical.ts';
import { type CommitHash, translationDraft } from '../../../shared/model/index.ts';
import { type ContributionRow, contributionsOnPassages } from './queries.ts';
import { type ReviewReader, signerOf } from './moves.ts';
import type { ContributionKind, Move } from '../../../shared/review/move.ts';
import type { Installations } from '../people/installations.ts';

/** A person contributed to a passage: their key signed the change, or they are named as its author. */
export interface Contribution {
  readonly person: string;
  readonly commit: CommitHash;
  readonly kind: ContributionKind;
}

/**
 * Contributions by passage, read from the log: who signed each of its anchors, its live tags and settings, each decision and each
 * draft of its live translations, and whom decisions and drafts name. `ids` is a JSON list of passages.
 * Splitting or merging categories and carrying tags over to a new version count for the person who did it: only the commit's label
 * tells these apart, and anyone can write a label. Rejecting one review step too many does less harm.
 */
export function contributionsOf({ db }: Pick<ReviewReader, 'db'>, ids: string): Map<string, readonly Contribution[]> {
  const contributions = new Map<string, Contribution[]>();
  const removers = new Map<string, string>();
  for (const row of db.all(contributionsOnPassages, { ids })) {
    for (const person of peopleIn(row, removers)) {
      const there = contributions.get(row.passage);
      const contribution = { person, commit: row.commit, kind: row.kind };
      if (there === undefined) contributions.set(row.passage, [contribution]);
      else if (!there.some((one) => one.person === person && one.kind === row.kind && one.commit === row.commit))
        there.push(contribution);
    }
  }
  return contributions;
}

/** `removers`: who last removed each record. Restoring a record that one removed oneself is not a new contribution. */
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
      // The person that a live tag or setting names is read from the record itself.
      const named = row.kind === 'decision' ? parsed(row.value ?? '') : null;
      return typeof named === 'string' ? [signer, named] : [signer];
    }
    default:
      return [signer];
  }
}

/** The other passages at a passage's place, and who counts as one person. */
export interface AroundPassage {
  /** Contributions to the other passages. */
  readonly beside: readonly Contribution[];
  /** The moves of the other passages. */
  readonly movesBeside: readonly Move[];
  readonly installations: Installations;
}

/**
 * Adds to a move what its person contributed before it or without having seen it, and what they contributed after it. The other passages at
 * its place, and people who count as one with them, are included.
 */
export function withContributions(
  move: Move,
  contributions: readonly Contribution[],
  { beside, movesBeside, installations }: AroundPassage,
  { project }: ReviewReader,
): Move {
  const isAfter = (commit: CommitHash): boolean => commit !== move.commit && project.log.saw(commit, move.commit);
  const kindsOf = (some: readonly Contribution[]): ReadonlySet<ContributionKind> =>
    new Set(some.filter(({ commit }) => !isAfter(commit)).map(({ kind }) => kind));
  const sharing = installations.oneWith(move.person);
  const own = contributions.filter(({ person }) => person === move.person);
  const ownBeside = beside.filter(({ person }) => person === move.person);
  const bySharing = [...contributions, ...beside].filter(({ person }) => sharing.has(person));
  const checkedBeside = movesBeside.filter(
    ({ state, genuine, removedBy, commit }) =>
      state === 'checked' && genuine && removedBy === null && project.log.saw(move.commit, commit),
  );
  if (own.length + ownBeside.length + sharing.size + checkedBeside.length === 0) return move;
  return {
    ...move,
    contributed: kindsOf(own),
    contributedAfter: new Set(own.filter(({ commit }) => isAfter(commit)).map(({ kind }) => kind)),
    surroundings: {
      beside: kindsOf(ownBeside),
      checkedBeside: new Set(checkedBeside.filter(({ commit }) => commit !== move.commit).map(({ person }) => person)),
      sharing,
      bySharing: kindsOf(bySharing),
    },
  };
}
