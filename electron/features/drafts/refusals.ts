import type { DraftSentence, ReleaseRefusal } from '../../../shared/contract/drafts.ts';
import { counted } from '../../../shared/text/counted.ts';
import type { Unmasked } from './going-out.ts';
import type { Version } from './versions.ts';

interface Judged {
  readonly version: Version;
  readonly sentences: readonly DraftSentence[];
  /** The original has its bytes. */
  readonly isWhole: boolean;
  readonly unmasked: Unmasked;
}

/** What stands against the release of a draft, with the sentences where it is. */
export function refusalsOf({ version, sentences, isWhole, unmasked }: Judged): ReleaseRefusal[] {
  const refusals: ReleaseRefusal[] = [];
  const refuse = (kind: ReleaseRefusal['kind'], where: readonly DraftSentence[], message: string): void => {
    if (where.length > 0) refusals.push({ kind, sentences: where.map(({ number }) => number), message });
  };
  const of = (state: DraftSentence['state']): DraftSentence[] => sentences.filter((one) => one.state === state);
  const [fails, returned, open, once] = [of('fails'), of('returned'), of('open'), of('once')];
  refuse('fails', fails, `${counted(fails.length, 'sentence')} ${fails.length === 1 ? 'fails' : 'fail'}.`);
  refuse('returned', returned, `${counted(returned.length, 'sentence')} returned, unanswered.`);
  refuse('open', open, `${counted(open.length, 'sentence')} nobody accepted.`);
  refuse('once', once, `${counted(once.length, 'sentence')} accepted by one.`);
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
  const claims = new Map<string, DraftSentence[]>();
  for (const sentence of sentences)
    for (const { to } of sentence.links)
      if (to.kind === 'claim' && to.unanswered > 0) claims.set(to.text, [...(claims.get(to.text) ?? []), sentence]);
  for (const [text, where] of claims)
    refuse('contradicted', where, `Nobody answered what contradicts the claim “${text.slice(0, 120)}”.`);
  if (!isWhole)
    refusals.push({
      kind: 'original',
      sentences: [],
      message: 'The draft’s original is missing or was altered. Verify the project.',
    });
  if (!version.isNewest)
    refusals.push({ kind: 'older', sentences: [], message: 'A newer version replaces this one. Release that.' });
  if (sentences.length === 0)
    refusals.push({ kind: 'original', sentences: [], message: 'The draft has no sentences to release.' });
  return refusals;
}
