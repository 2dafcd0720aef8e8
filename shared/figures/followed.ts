/** The verdict of one person on two figures that can’t both be right. */
interface Said {
  readonly verdict: string;
  readonly current: boolean;
  /** The figure whose source this person follows; null if not recorded. */
  readonly follows: string | null;
}

export interface Followed {
  /** The figure whose source is followed, if everybody who chose agrees. Null if nobody chose, or people differ. */
  readonly figure: string | null;
  readonly isDisputed: boolean;
}

/** Returns which of two sources is followed, from the verdicts on the figures as they are read now. */
export function followedOf(checks: readonly Said[]): Followed {
  const chosen = checks.flatMap(({ verdict, current, follows }) =>
    verdict === 'confirmed' && current && follows !== null ? [follows] : [],
  );
  const [first = null] = chosen;
  const isDisputed = chosen.some((one) => one !== first);
  return { figure: isDisputed ? null : first, isDisputed };
}

/** Whether a relation is a difference without a printed result, which is how two sources that can’t both be right are recorded. */
export function isBetweenSources(
  operation: string,
  inputs: readonly { readonly sourceId: string }[],
  printed: unknown,
): boolean {
  const [one, other] = inputs;
  return operation === 'difference' && printed === null && inputs.length === 2 && one?.sourceId !== other?.sourceId;
}
