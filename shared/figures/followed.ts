/** What one person says of two figures that can’t both be right. */
interface Said {
  readonly verdict: string;
  readonly current: boolean;
  /** The figure whose source they follow; null: they did not say. */
  readonly follows: string | null;
}

export interface Followed {
  /** The figure whose source is followed: all who said so agree. Null: nobody said, or people differ. */
  readonly figure: string | null;
  readonly isDisputed: boolean;
}

/** Which of two sources is followed, by what people said of the figures as they are read now. */
export function followedOf(checks: readonly Said[]): Followed {
  const chosen = checks.flatMap(({ verdict, current, follows }) =>
    verdict === 'confirmed' && current && follows !== null ? [follows] : [],
  );
  const [first = null] = chosen;
  const isDisputed = chosen.some((one) => one !== first);
  return { figure: isDisputed ? null : first, isDisputed };
}

/** The difference of two figures, of which no source prints the result: what two sources that can’t both be right are recorded as. */
export function isBetweenSources(
  operation: string,
  inputs: readonly { readonly sourceId: string }[],
  printed: unknown,
): boolean {
  const [one, other] = inputs;
  return operation === 'difference' && printed === null && inputs.length === 2 && one?.sourceId !== other?.sourceId;
}
