import type { Draft } from '../../../shared/contract/drafts.ts';
import { Fault } from '../../../shared/errors.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import { eyesOf, marksOf, saidOf } from './marks.ts';
import { isAccepted, releaseOf, sentencesOf } from './releases.ts';
import { type Version, versionsIn } from './versions.ts';

type Context = ReadContext | WriteContext;

/**
 * The versions of all drafts, sorted by title, the newest version first. `open` counts by people's marks alone and ignores findings:
 * to find errors, the program would have to read every text of the project.
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
  const sentences = sentencesOf(context, version);
  const eyes = eyesOf(context, version);
  const marks = marksOf(context, version);
  const stands = sentences.filter((sentence) => isAccepted(saidOf(marks, sentence), eyes));
  return { sentences: sentences.length, open: sentences.length - stands.length };
}

/** A version without its sentences. */
export function draftOf(context: Context, version: Version): Draft {
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
    released: releaseOf(context, version),
    damaged: false,
  };
}
