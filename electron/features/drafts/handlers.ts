import type { DraftSentence } from '../../../shared/contract/drafts.ts';
import type { drafts as contract } from '../../../shared/contract/drafts.ts';
import type { CallArgs } from '../../../shared/contract/index.ts';
import { keyOf } from '../../../shared/drafts/sentences.ts';
import { Fault } from '../../../shared/errors.ts';
import { counted } from '../../../shared/text/counted.ts';
import type { Edit } from '../../db/types.ts';
import type { Handlers, WriteContext } from '../../project/context.ts';
import { derivedId } from '../../project/ids.ts';
import { isLive } from '../../project/live.ts';
import { type Desk, deskOf } from './desk.ts';
import { editsOf } from './edits.ts';
import { isToProve } from './around.ts';
import { listDrafts } from './list.ts';
import { openDraft } from './open.ts';
import { linksOfDraft } from './queries.ts';
import { releaseOf } from './releases.ts';
import { type Version, versionOf, versionsIn } from './versions.ts';

/** At most this many UTF-16 code units of a title or sentence stand in the label of an edit. */
const LABEL = 60;
const shortened = (text: string): string => (text.length > LABEL ? `${text.slice(0, LABEL).trimEnd()}…` : text);

interface Place {
  readonly version: Version;
  readonly desk: Desk;
  readonly sentence: DraftSentence;
}

/** Finds a sentence of a draft by its words. Throws NOT_FOUND. */
async function placeIn(
  context: WriteContext,
  { draft, text, nth }: Pick<CallArgs<'drafts.accept'>, 'draft' | 'text' | 'nth'>,
): Promise<Place> {
  const version = versionOf(context.db, draft);
  const desk = await deskOf(context, version);
  const key = keyOf(text);
  const sentence = desk.sentences.find((one) => one.nth === nth && keyOf(one.text) === key);
  if (sentence === undefined)
    throw new Fault('NOT_FOUND', 'The draft has no such sentence. Write it as the desk shows it.', { draft });
  return { version, desk, sentence };
}

/** The fields that name a sentence in every version. */
const named = ({ root }: Version, { text, nth }: DraftSentence) => ({ draft: root, sentence: keyOf(text), nth });

function mark(
  { db, person, newId }: WriteContext,
  { version, desk, sentence }: Place,
  state: 'accepted' | 'returned' | 'nothing',
  comment: string,
): {} {
  const id = newId();
  const fields = {
    ...named(version, sentence),
    version: version.id,
    state,
    comment,
    basis: desk.basisOf(sentence),
    person: person.id,
    deleted: false,
  } as const;
  const what = { accepted: 'Accept', returned: 'Return', nothing: 'Nothing to prove in' }[state];
  db.commit(`${what} sentence ${sentence.number} of “${shortened(version.title)}”`, editsOf('draftmark', id, fields));
  return {};
}

async function accept(context: WriteContext, input: CallArgs<'drafts.accept'>): Promise<{}> {
  const place = await placeIn(context, input);
  const { refused, findings, state, number } = place.sentence;
  if (refused !== null) throw new Fault(refused.code, refused.message, { sentence: number });
  if (input.as === 'nothing' && findings.some(isToProve))
    throw new Fault(
      'NOT_ALLOWED',
      `Sentence ${number} has figures or quotations, which have to be proven. Accept it, or return it.`,
      { sentence: number },
    );
  if (input.as === 'nothing' && state === 'nothing')
    throw new Fault('NOT_ALLOWED', `There is nothing to prove in sentence ${number} already.`, { sentence: number });
  return mark(context, place, input.as, input.comment);
}

async function link(context: WriteContext, input: CallArgs<'drafts.link'>): Promise<{}> {
  const { version, sentence } = await placeIn(context, input);
  const { passages, claims, quotation } = input;
  const gone = [
    ...passages.filter((id) => !isLive(context.db, 'passage', id)),
    ...claims.filter((id) => !isLive(context.db, 'claim', id)),
  ];
  if (gone.length > 0)
    throw new Fault('NOT_FOUND', 'A passage or claim isn’t in the project, or is in the trash. Nothing was linked.', {
      gone,
    });
  if (passages.length + claims.length === 0)
    throw new Fault('USAGE', 'Choose a passage or a claim to link.', { draft: input.draft });
  if (quotation !== null && !sentence.findings.some((one) => one.kind === 'quotation' && one.text === quotation))
    throw new Fault('NOT_FOUND', 'The sentence has no such quotation.', { draft: input.draft });
  const of = named(version, sentence);
  const about = quotation === null ? {} : { quotation };
  const linked = (id: string, to: { passage: string } | { claim: string }): Edit[] =>
    editsOf(
      'draftlink',
      derivedId('sourcebook draft link', of.draft, of.sentence, String(of.nth), id, quotation ?? ''),
      { ...of, ...to, ...about, deleted: false },
    );
  const edits = [
    ...passages.flatMap((passage) => linked(passage, { passage })),
    ...claims.flatMap((claim) => linked(claim, { claim })),
  ];
  const what = [
    ...(passages.length > 0 ? [counted(passages.length, 'passage')] : []),
    ...(claims.length > 0 ? [counted(claims.length, 'claim')] : []),
  ].join(' and ');
  context.db.commit(`Link ${what} to sentence ${sentence.number} of “${shortened(version.title)}”`, edits);
  return {};
}

function unlink({ db }: WriteContext, { draft, link: id }: CallArgs<'drafts.unlink'>): {} {
  const version = versionOf(db, draft);
  if (!db.all(linksOfDraft, { draft: version.root }).some((one) => one.id === id))
    throw new Fault('NOT_FOUND', 'That isn’t linked to this draft.', { draft, link: id });
  db.commit(`Unlink from a sentence of “${shortened(version.title)}”`, editsOf('draftlink', id, { deleted: true }));
  return {};
}

async function resolve(context: WriteContext, input: CallArgs<'drafts.resolve'>): Promise<{}> {
  const { version, desk, sentence } = await placeIn(context, input);
  const { finding, remedy, reason } = input;
  const found = sentence.findings.find(({ key }) => key === finding);
  if (found === undefined)
    throw new Fault('NOT_FOUND', 'The sentence has no such finding now. Open the draft again.', { finding });
  const isError = found.weight === 'error' || found.remedy?.remedy === 'keep';
  if (remedy === 'keep' && isError) {
    if (desk.barred !== null)
      throw new Fault(
        'FOUR_EYES',
        'The draft’s author, or who works on the same installation, can’t keep what is an error. Someone else must, or the draft has to change.',
        { sentence: sentence.number },
      );
    if (reason === '')
      throw new Fault('BAD_INPUT', 'Say why it stands as it is: the report prints the reason.', {
        sentence: sentence.number,
      });
  }
  const of = named(version, sentence);
  const id = derivedId('sourcebook draft remedy', of.draft, of.sentence, String(of.nth), finding);
  const edits =
    remedy === null
      ? editsOf('draftremedy', id, { deleted: true })
      : // Written even if another person wrote the same: whether a remedy counts depends on who wrote it.
        editsOf('draftremedy', id, { ...of, finding, remedy, reason, deleted: false }).map((edit) => ({
          ...edit,
          decides: true as const,
        }));
  const what = remedy === null ? 'Take back a remedy' : remedy === 'keep' ? 'Keep as it is' : 'Ask for a change';
  context.db.commit(`${what} in sentence ${sentence.number} of “${shortened(version.title)}”`, edits);
  return {};
}

async function release(context: WriteContext, { id }: CallArgs<'drafts.release'>): Promise<{}> {
  const { db, person, newId } = context;
  const version = versionOf(db, id);
  if (releaseOf(context, version) !== null)
    throw new Fault('EXISTS', `Version ${version.number} of “${version.title}” is released already.`, { id });
  const { refused, counts, sentences } = await deskOf(context, version);
  if (refused.length > 0) {
    const where = [...new Set(refused.flatMap((one) => one.sentences))].sort((a, b) => a - b);
    const isUnmasked = refused.some(({ kind }) => kind === 'unmasked' || kind === 'masked');
    throw new Fault(
      isUnmasked ? 'UNMASKED' : 'DRAFT_OPEN',
      `Version ${version.number} of “${version.title}” can’t be released: ${refused.map(({ message, sentences: at }) => message + placesIn(at)).join(' ')} Nothing was written.`,
      { why: refused.map(({ kind }) => kind), sentences: where.map(String) },
    );
  }
  const words = `${counted(sentences.length, 'sentence')}: ${counts.accepted} accepted by two, ${counts.nothing} with nothing to prove`;
  db.commit(
    `Release version ${version.number} of “${shortened(version.title)}”`,
    editsOf('draftrelease', newId(), { draft: id, counts: words, person: person.id, deleted: false }),
  );
  return {};
}

const SHOWN = 10;
const placesIn = (numbers: readonly number[]): string =>
  numbers.length === 0
    ? ''
    : ` (${numbers.length === 1 ? 'sentence' : 'sentences'} ${numbers.slice(0, SHOWN).join(', ')}${numbers.length > SHOWN ? ' …' : ''})`;

/** See shared/contract/drafts.ts. */
export const draftsHandlers: Handlers<typeof contract> = {
  'drafts.list': (context) => ({ drafts: listDrafts(context) }),
  'drafts.open': openDraft,
  'drafts.change': ({ db }, { id, ...fields }) => {
    const { title } = versionOf(db, id);
    const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
    db.commit(`Change draft “${shortened(title)}”`, editsOf('draft', id, given));
    return {};
  },
  'drafts.remove': ({ db }, { id }) => {
    const { title, root } = versionOf(db, id);
    const all = versionsIn(db).filter((one) => one.root === root);
    db.commit(
      `Remove draft “${shortened(title)}”`,
      all.flatMap((one) => editsOf('draft', one.id, { deleted: true })),
    );
    return {};
  },
  'drafts.desk': async (context, { id }) => {
    const { basisOf: _, ...desk } = await deskOf(context, versionOf(context.db, id));
    return desk;
  },
  'drafts.accept': accept,
  'drafts.return': async (context, input) => mark(context, await placeIn(context, input), 'returned', input.comment),
  'drafts.link': link,
  'drafts.unlink': unlink,
  'drafts.resolve': resolve,
  'drafts.release': release,
};
