import type { Draft } from '../../../shared/contract/drafts.ts';
import { readDraft } from '../../../shared/drafts/check-draft.ts';
import { conventionOf, CONVENTIONS } from '../../../shared/drafts/conventions.ts';
import { draftSentences, type NumberedSentence } from '../../../shared/drafts/sentences.ts';
import { type Eyes, type Mark, stateFromMarks } from '../../../shared/drafts/sentence-state.ts';
import { Fault } from '../../../shared/errors.ts';
import { personId } from '../../../shared/model/index.ts';
import { lineEndsOf, type Stretch } from '../../../shared/text/blocks.ts';
import { perProject, type ReadContext, type WriteContext } from '../../project/context.ts';
import { fileOf } from '../../project/sources/layers.ts';
import { eyesOf, marksOf, saidOf } from './marks.ts';
import { releasesOfDraft } from './queries.ts';
import type { Version } from './versions.ts';

type Context = ReadContext | WriteContext;

/** The sentences of each text, kept because a text never changes. */
const knownSentences = perProject((): Map<string, readonly NumberedSentence[]> => new Map());

/** The sentences of a version. Throws DAMAGED or NOT_FOUND if the text can’t be read. */
export function sentencesOf(context: Context, version: Version): readonly NumberedSentence[] {
  const kept = knownSentences(context);
  const known = kept.get(version.text);
  if (known !== undefined) return known;
  const file = fileOf(context.files, version.text);
  const text = file.text();
  const { sentences } = draftSentences(text, lineEndsOf(file.engine, text));
  kept.set(version.text, sentences);
  return sentences;
}

/** Whether the marks on a sentence suffice for a release. Each is judged by its own basis; the desk reports whether the basis changed since. */
export function isAccepted(marks: readonly Mark[], eyes: Eyes, proves = false): boolean {
  return [...new Set(marks.map(({ basis }) => basis))].some((basis) =>
    ['accepted', 'nothing'].includes(stateFromMarks(marks, basis, eyes, proves).state),
  );
}

/**
 * The release of a version; null if no release counts. A release counts only if its person signed it and had seen sufficient marks for
 * every sentence: the record alone proves nothing, since any program can write it.
 */
export function releaseOf(context: Context, version: Version): Draft['released'] {
  const rows = context.db.all(releasesOfDraft, { draft: version.id });
  if (rows.length === 0) return null;
  const changes = Map.groupBy(
    context.project.log.changes(
      'draftrelease',
      rows.map(({ id }) => id),
      ['draft', 'counts', 'person'],
    ),
    ({ id }) => id,
  );
  for (const { id, person } of rows) {
    const own = changes.get(id) ?? [];
    const said = own.findLast(({ field }) => field === 'person');
    const by = personId.safeParse(person).data;
    if (said === undefined || by === undefined || !own.every((one) => one.person === person)) continue;
    if (isEarned(context, version, said.commit)) return { person: by, at: said.at };
  }
  return null;
}

function isEarned(context: Context, version: Version, release: string): boolean {
  try {
    const eyes = eyesOf(context, version);
    const marks = marksOf(context, version);
    const proves = provesIn(context, version);
    const sentences = sentencesOf(context, version);
    return (
      sentences.length > 0 &&
      sentences.every((sentence) => {
        const seen = saidOf(marks, sentence).filter(({ commit }) => eyes.saw(release, commit));
        // Releases from before headings were checked have no marks on headings.
        if (sentence.isHeading && seen.length === 0) return true;
        const saysNothing = seen.some(({ state }) => state === 'nothing');
        return isAccepted(seen, eyes, saysNothing && proves(sentence));
      })
    );
  } catch (thrown) {
    if (thrown instanceof Fault) return false;
    throw thrown;
  }
}

/** The starts of the figures and quotations of each text, kept because a text never changes. */
const knownProving = perProject((): Map<string, readonly number[]> => new Map());

/** Whether a sentence has figures or quotations. Asked only if somebody marked it as having nothing to prove. */
const provesIn =
  (context: Context, { text: hash, style, published }: Version) =>
  ({ start, end }: Stretch): boolean => {
    const kept = knownProving(context);
    const key = `${hash} ${style} ${published}`;
    const known = kept.get(key) ?? provingIn(context, hash, style, published);
    kept.set(key, known);
    return known.some((at) => at >= start && at < end);
  };

function provingIn({ files }: Context, hash: Version['text'], style: string, published: string): number[] {
  const file = fileOf(files, hash);
  const text = file.text();
  const convention = conventionOf(style) ?? CONVENTIONS['publisher-date'];
  const { read, citations, quotations } = readDraft(text, lineEndsOf(file.engine, text), convention, published);
  const isCited = (one: Stretch): boolean => citations.some(({ start, end }) => one.start >= start && one.end <= end);
  return [...quotations, ...read.figures.filter((one) => !isCited(one))].map(({ start }) => start);
}
