import { CLAIM_GAPS, CLAIM_RELATIONS, type ClaimGap, type ClaimRelation } from '../model/claims.ts';

/** A passage that is linked to a claim, as far as what the claim rests on depends on it. */
export interface Linked {
  readonly relation: ClaimRelation;
  /** What stands for its source's text: the same for copies of one text. */
  readonly origin: string;
  readonly isApproved: boolean;
  readonly isDated: boolean;
  /** Of one that contradicts: somebody wrote why the claim stands beside it. */
  readonly isAnswered: boolean;
  /** Groups of sources that look like copies of one text, of which nobody has decided, and that its source is in. */
  readonly alike: readonly number[];
}

/** Passages of one relation: how many, and of how many origins. */
export interface Counted {
  readonly passages: number;
  readonly origins: number;
}
export interface ClaimSupport {
  readonly supports: Counted;
  readonly limits: Counted;
  readonly contradicts: Counted;
  /** Contradicting passages without an answer. */
  readonly unanswered: number;
  /** Passages that count as several origins, and whose sources look like copies of one text. */
  readonly undecidedCopies: number;
  /** In the order of `CLAIM_GAPS`; empty: nothing is missing that can be counted. That is no judgement of the claim. */
  readonly gaps: readonly ClaimGap[];
}

/**
 * What a claim rests on and what it lacks. Copies of one text count once (docs/guarantees.md): two passages of one origin are two
 * passages and one origin. Nothing is weighed.
 */
export function supportOf(linked: readonly Linked[]): ClaimSupport {
  const of = (relation: ClaimRelation): Linked[] => linked.filter((one) => one.relation === relation);
  const counted = (some: readonly Linked[]): Counted => ({
    passages: some.length,
    origins: new Set(some.map(({ origin }) => origin)).size,
  });
  const supporting = of('supports');
  const supports = counted(supporting);
  const against = of('contradicts');
  const unanswered = against.filter(({ isAnswered }) => !isAnswered).length;
  const undecidedCopies = CLAIM_RELATIONS.reduce((sum, relation) => sum + looksCopied(of(relation)), 0);
  const lacks: Readonly<Record<ClaimGap, boolean>> = {
    noSupport: supports.passages === 0,
    oneOrigin: supports.origins === 1,
    undecidedCopies: undecidedCopies > 0,
    contradicted: unanswered > 0,
    notApproved: supporting.some(({ isApproved }) => !isApproved),
    noDate: supporting.some(({ isDated }) => !isDated),
  };
  return {
    supports,
    limits: counted(of('limits')),
    contradicts: counted(against),
    unanswered,
    undecidedCopies,
    gaps: CLAIM_GAPS.filter((gap) => lacks[gap]),
  };
}

/** How many of these look like a copy of another of them that counts as another origin. */
function looksCopied(some: readonly Linked[]): number {
  const origins = new Map<number, Set<string>>();
  for (const { alike, origin } of some)
    for (const group of alike) origins.set(group, (origins.get(group) ?? new Set()).add(origin));
  return some.filter(({ alike }) => alike.some((group) => (origins.get(group)?.size ?? 0) > 1)).length;
}
