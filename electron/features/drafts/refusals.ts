import type { DraftSentence, ReleaseRefusal } from '../../../shared/contract/drafts.ts';
import { counted } from '../../../shared/text/counted.ts';
import type { Unmasked } from './unmasked.ts';
import type { Version } from './versions.ts';

interface Judged {
  readonly version: Version;
  readonly sentences: readonly DraftSentence[];
  /** Whether the original's bytes have the recorded hash. */
  readonly isWhole: boolean;
  readonly unmasked: Unmasked;
  readonly names: ReadonlyMap<string, string>;
}

/** The reasons against releasing a draft, each with its sentences. */
export function refusalsOf({ version, sentences, isWhole, unmasked, names }: Judged): ReleaseRefusal[] {
  const refusals: ReleaseRefusal[] = [];
  const refuse = (
    kind: ReleaseRefusal['kind'],
    where: readonly DraftSentence[],
    message: string,
    { hint = '', claim = null }: Partial<Pick<ReleaseRefusal, 'hint' | 'claim'>> = {},
  ): void => {
    if (where.length > 0) refusals.push({ kind, sentences: where.map(({ number }) => number), message, hint, claim });
  };
  const of = (state: DraftSentence['state']): DraftSentence[] => sentences.filter((one) => one.state === state);
  const [fails, returned, open, once] = [of('fails'), of('returned'), of('open'), of('once')];
  refuse('fails', fails, `${counted(fails.length, 'sentence')} ${fails.length === 1 ? 'fails' : 'fail'}.`, {
    hint: 'An error stays one until the draft changes, or somebody besides its author keeps it, with a reason.',
  });
  refuse('returned', returned, `${counted(returned.length, 'sentence')} returned, unanswered.`, {
    hint: 'Accepting a sentence after its return answers it, and so does a new version without it.',
  });
  refuse('open', open, `${counted(open.length, 'sentence')} nobody accepted.`, {
    hint: 'Two people besides the author accept each.',
  });
  refuse('once', once, `${counted(once.length, 'sentence')} accepted by one.`, { hint: acceptedBy(once, names) });
  const verb = (all: readonly DraftSentence[], one: string, many: string): string =>
    `${counted(all.length, 'sentence')} ${all.length === 1 ? one : many}`;
  const { passages, words } = unmasked;
  refuse(
    'unmasked',
    passages,
    `${verb(passages, 'quotes or is', 'quote or are')} linked to a passage that names a private person and isn’t masked. Mask the names in Read (M), or have two people say that nobody is named.`,
  );
  refuse(
    'masked',
    words,
    `${verb(words, 'prints', 'print')} words that are masked. Change the draft, or take the mask away.`,
  );
  const claims = sentences.flatMap((sentence) =>
    sentence.links.flatMap(({ to }) => (to.kind === 'claim' && to.unanswered > 0 ? [{ to, sentence }] : [])),
  );
  for (const [claim, rest] of Map.groupBy(claims, ({ to }) => to.claim)) {
    const where = [...new Set(rest.map(({ sentence }) => sentence))];
    const words = rest[0]?.to.text.slice(0, 120) ?? '';
    refuse('contradicted', where, `Nobody answered what contradicts the claim “${words}”.`, {
      hint: `${where.length === 1 ? 'Sentence' : 'Sentences'} ${inList(where.map(({ number }) => String(number)))} ${where.length === 1 ? 'rests' : 'rest'} on it.`,
      claim,
    });
  }
  if (!isWhole)
    refusals.push({
      kind: 'original',
      sentences: [],
      message: 'The draft’s original is missing or was altered. Verify the project.',
      ...PLAIN,
    });
  if (!version.isNewest)
    refusals.push({
      kind: 'older',
      sentences: [],
      message: 'A newer version replaces this one. Release that.',
      ...PLAIN,
    });
  if (sentences.length === 0)
    refusals.push({ kind: 'original', sentences: [], message: 'The draft has no sentences to release.', ...PLAIN });
  return refusals;
}

const PLAIN = { hint: '', claim: null } as const;

const MOST_NAMED = 3;
/** The people who accepted these sentences once, and therefore can’t be the second person to accept them. */
function acceptedBy(once: readonly DraftSentence[], names: ReadonlyMap<string, string>): string {
  const people = [
    ...Map.groupBy(
      once.flatMap(({ by }) => by),
      (id) => id,
    ),
  ].map(([id, all]) => [names.get(id) ?? id, all.length] as const);
  const named = people
    .slice(0, MOST_NAMED)
    .map(([name, of]) =>
      once.length === 1
        ? `${name} accepted it and can’t be the second.`
        : `${name} accepted ${of} of them and can’t be the second.`,
    );
  return named.join(' ');
}

const MOST_LISTED = 10;
const inList = (numbers: readonly string[]): string =>
  numbers.length > MOST_LISTED
    ? `${numbers.slice(0, MOST_LISTED).join(', ')} …`
    : [numbers.slice(0, -1).join(', '), numbers.at(-1)].filter(Boolean).join(' and ');
