import { describe, expect, it } from 'vitest';
import { ATTACHED_WORDINGS } from '../../../../shared/figures/attached.ts';
import { PAIR_CUES } from '../../../../shared/figures/cue-wording.ts';
import { CUE_WORDINGS } from '../../../../shared/figures/pair-cues.ts';
import { PAIR_WORDINGS } from '../../../../shared/figures/pair-words.ts';
import type { Wording } from '../../../../shared/figures/wording.ts';

/** What an example has before, between and after its figures; the numbers in it are read as in a text. */
const before = ({ example }: Wording): string => example.split('§')[0] ?? '';
const after = ({ example }: Wording): string => example.split('§').at(-1) ?? '';
const between = ({ example }: Wording): string => /§1(.*)§2/.exec(example)?.[1] ?? '';
const fits = ({ pattern }: Wording, words: string): boolean => new RegExp(pattern.source, 'i').test(words);

describe('every wording has an example that it fits', () => {
  it.each(CUE_WORDINGS.map((one) => [`${one.cue}, ${one.side}: ${one.name}`, one] as const))('%s', (_, one) => {
    expect(fits(one, one.side === 'before' ? before(one) : after(one))).toBe(true);
  });

  it.each(PAIR_CUES.flatMap((cue) => ATTACHED_WORDINGS[cue].map((one) => [`${cue}: ${one.name}`, one] as const)))(
    'attached, %s',
    (_, one) => {
      expect(fits(one, between(one))).toBe(true);
    },
  );

  const sides = { before, between, after };
  const listed = Object.entries(PAIR_WORDINGS).flatMap(([list, { side, wordings }]) =>
    wordings.map((one) => [`${list}: ${one.name}`, side, one] as const),
  );
  it.each(listed)('%s', (_, side, one) => {
    expect(fits(one, sides[side](one))).toBe(true);
  });
});

it('names are told apart within a list', () => {
  const lists: readonly (readonly Wording[])[] = [
    ...Object.values(PAIR_WORDINGS).map(({ wordings }) => wordings),
    ...Object.values(ATTACHED_WORDINGS),
    ...PAIR_CUES.flatMap((cue) =>
      (['before', 'after'] as const).map((side) => CUE_WORDINGS.filter((one) => one.cue === cue && one.side === side)),
    ),
  ];
  for (const wordings of lists) expect(new Set(wordings.map(({ name }) => name)).size).toBe(wordings.length);
});
