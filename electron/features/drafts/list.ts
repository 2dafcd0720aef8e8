import type { Draft } from '../../../shared/contract/drafts.ts';
import { draftSentences, type NumberedSentence } from '../../../shared/drafts/sentences.ts';
import { standingOf } from '../../../shared/drafts/standing.ts';
import { Fault } from '../../../shared/errors.ts';
import { lineEndsOf } from '../../../shared/text/blocks.ts';
import { perProject, type ReadContext, type WriteContext } from '../../project/context.ts';
import { fileOf } from '../../project/sources/layers.ts';
import { eyesOf, marksOf, placeOf } from './marks.ts';
import { releasesIn, type Version, versionsIn } from './versions.ts';

type Context = ReadContext | WriteContext;

/** The sentences of each text, which never changes. */
const sentencesOf = perProject((): Map<string, readonly NumberedSentence[]> => new Map());

/**
 * The versions of all drafts, the newest of each first, by title. `open` counts by what people said alone, and without what they looked at: finding what fails would read
 * every text of the project.
 */
export function listDrafts(context: ReadContext): Draft[] {
  const versions = versionsIn(context.db);
  return versions
    .toSorted(
      (one, other) =>
        one.title.localeCompare(other.title) ||
        (one.root < other.root ? -1 : one.root > other.root ? 1 : 0) ||
        other.number - one.number,
    )
    .map((version) => {
      try {
        return { ...draftOf(context, version), ...openIn(context, version) };
      } catch (thrown) {
        if (!(thrown instanceof Fault)) throw thrown;
        return { ...draftOf(context, version), damaged: true };
      }
    });
}

function openIn(context: Context, version: Version): { sentences: number; open: number } {
  const kept = sentencesOf(context);
  const known = kept.get(version.text);
  const sentences = known ?? readSentences(context, version);
  if (known === undefined) kept.set(version.text, sentences);
  const eyes = eyesOf(context, version);
  const marks = marksOf(context, version);
  const stands = sentences.filter(({ text, nth }) => {
    const own = marks.get(placeOf(text, nth)) ?? [];
    // Each mark is judged by its own basis: whether that changed since is the desk’s to say.
    const bases = new Set(own.map(({ basis }) => basis));
    return [...bases].some((basis) => ['accepted', 'nothing'].includes(standingOf(own, basis, eyes).state));
  });
  return { sentences: sentences.length, open: sentences.length - stands.length };
}

function readSentences({ files }: Context, { text: hash }: Version): readonly NumberedSentence[] {
  const file = fileOf(files, hash);
  const text = file.text();
  return draftSentences(text, lineEndsOf(file.engine, text)).sentences;
}

/** A version without its sentences. */
export function draftOf({ db, project }: Context, version: Version): Draft {
  const release = releasesIn(db).get(version.id);
  const [said] = release === undefined ? [] : project.log.changes('draftrelease', [release.id], ['person']);
  return {
    id: version.id,
    title: version.title,
    fileName: version.fileName,
    sha256: version.sha256,
    bytes: version.bytes,
    published: version.published,
    author: version.author,
    writer: version.writer,
    style: version.style,
    replaces: version.replaces,
    version: version.number,
    newest: version.isNewest,
    createdAt: version.createdAt,
    sentences: 0,
    open: 0,
    released: release === undefined || said?.person !== release.person ? null : { person: release.person, at: said.at },
    damaged: false,
  };
}
