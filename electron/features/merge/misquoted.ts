import type { MergePreview } from '../../../shared/contract/merge.ts';
import { type Sha256, sha256, sourceId } from '../../../shared/model/index.ts';
import type { Originals } from '../../project/files/originals.ts';
import { problemOfQuote, type QuoteProblem, type Quoting } from '../../project/passages/quoted-words.ts';
import { isUnderPseudonyms, type LogOf } from '../../project/people/unsigned-reasons.ts';
import { isIncoming } from '../../project/people/names.ts';
import { layerFileOf } from './files.ts';
import { figuresElsewhere, quotedTexts, quotesOnText } from './queries.ts';

type Replaced = MergePreview['replaced'];

/**
 * Passages and figures that the merge adds or moves and whose words aren’t those of their text, in their order there. A text that is
 * not here is not looked at: see docs/limits.md.
 */
export function misquotedIn(reader: LogOf, files: readonly Originals[], nameOf: (person: string) => string): Replaced {
  const { db, project } = reader;
  const idsDerive = !isUnderPseudonyms(db);
  const elsewhere = Map.groupBy(db.all(figuresElsewhere, {}), ({ layer }) => layer);
  return db.all(quotedTexts, {}).flatMap((on) => {
    const source = sourceId.safeParse(on.source).data;
    const text = source === undefined ? null : textOf(files, on.sha256);
    if (source === undefined || text === null) return [];
    const title = on.title ?? source;
    return [...db.all(quotesOnText, { layer: on.layer }), ...(elsewhere.get(on.layer) ?? [])].flatMap((row) => {
      const problem = problemOfQuote(row, () => text, idsDerive);
      if (problem === null) return [];
      const changes = project.log.changes(row.entity, [row.id], ['anchor', 'layer', 'source']);
      const last = changes.findLast(({ commit }) => isIncoming(reader, commit));
      if (last === undefined) return [];
      const person = nameOf(last.person);
      const message = `${subjectOf(row, problem)} in “${title}”, which ${person} signed, ${SAID[problem.kind]}.`;
      return { entity: row.entity, source, title, commit: last.commit, person, message };
    });
  });
}

const SAID: Readonly<Record<QuoteProblem['kind'], string>> = {
  unreadable: 'has a place that can’t be read',
  moved: 'is at another place than the one it was read at',
  words: 'isn’t in the text at its place',
  elsewhere: 'is said to be in another document',
};

/** Code units of a quotation in a sentence. */
const LONGEST = 120;
function subjectOf({ entity }: Quoting, problem: QuoteProblem): string {
  if (problem.kind === 'unreadable' || problem.anchor === null) return `A ${entity}`;
  const { exact } = problem.anchor;
  const words = exact.length > LONGEST ? `${exact.slice(0, LONGEST).replace(/[\ud800-\udbff]$/, '')}…` : exact;
  return `${entity === 'passage' ? 'The quotation' : 'The figure'} “${words}”`;
}

function textOf(files: readonly Originals[], value: string | null): string | null {
  const hash: Sha256 | undefined = sha256.safeParse(value).data;
  const at = hash === undefined ? undefined : files.find((one) => one.hasLayer(hash));
  return at === undefined || hash === undefined ? null : (layerFileOf(at, hash)?.text() ?? null);
}
