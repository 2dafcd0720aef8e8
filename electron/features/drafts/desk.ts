import { readAnchor } from '../../../shared/anchoring/read-anchor.ts';
import type { DraftDesk, DraftFinding, DraftSentence } from '../../../shared/contract/drafts.ts';
import { isChinese } from '../../../shared/drafts/quotations.ts';
import { basisOf, type Eyes, isAuthor, stateFromMarks } from '../../../shared/drafts/sentence-state.ts';
import { draftRemedy, personId, recordId, SENTENCE_STATES } from '../../../shared/model/index.ts';
import type { DraftRead } from '../../workers/draft-job.ts';
import type { ReadContext, WriteContext } from '../../project/context.ts';
import { readSources } from '../../project/evidence/sources.ts';
import { shownNames } from '../../project/people/names.ts';
import { matchCards } from './cards.ts';
import { type Around, isToProve, type Resolved } from './around.ts';
import { findingsIn } from './findings.ts';
import { unmaskedIn } from './unmasked.ts';
import { type Linked, linksOf } from './links.ts';
import { type Earlier, earlierOf } from './earlier.ts';
import { draftOf } from './list.ts';
import { barredOf, eyesOf, marksOf, placeOf, type PlacedMark, saidOf } from './marks.ts';
import { placesOfPassages, remediesOfDraft } from './queries.ts';
import { readVersion } from './read.ts';
import { refusalsOf } from './refusals.ts';
import { type Version, versionsIn } from './versions.ts';

type Context = ReadContext | WriteContext;

/** The desk of a draft. `basisOf` returns what an acceptance of a sentence is based on. */
export interface Desk extends DraftDesk {
  readonly basisOf: (sentence: DraftSentence) => string;
}

/** The whole draft, sentence by sentence: findings, people's marks, and the reasons against release. */
export async function deskOf(context: Context, version: Version): Promise<Desk> {
  const read = await readVersion(context, version);
  const links = await linksOf(context, version);
  const remedies = remediesOf(context, version);
  const eyes = eyesOf(context, version);
  const marks = marksOf(context, version);
  const numbers = new Map<string, number>(versionsIn(context.db).map(({ id, number }) => [id, number]));
  const around = aroundOf(context, read);
  const linkedIn = ({ text, nth }: { readonly text: string; readonly nth: number }): ReadonlySet<string> =>
    passagesOf(links.get(placeOf(text, nth)) ?? []);
  const cards = matchCards(context, read, around.sources, linkedIn);
  const barred = barredOf(eyes, context.person.id);
  const bases = new Map<number, string>();
  const earlier = earlierIn(version, read, { marks, links, numbers });
  const sentences = read.sentences.map((sentence, at): DraftSentence => {
    const place = placeOf(sentence.text, sentence.nth);
    const linked = links.get(place) ?? [];
    const findings = findingsIn(read, sentence, {
      ...around,
      cards,
      linked: passagesOf(linked),
      linkedQuotations: translatedQuotations(linked),
      remedies: remedies.get(place) ?? new Map(),
      mayKeep: (person) => isAuthor(person, eyes) === null,
    });
    const basis = basisFor(linked, findings);
    bases.set(at + 1, basis);
    const own = saidOf(marks, sentence);
    const marked = stateFromMarks(own, basis, eyes, findings.some(isToProve));
    const fails = findings.some(({ weight }) => weight === 'error');
    const { text, nth, start, end, language, isHeading, heading, paragraph } = sentence;
    return {
      number: at + 1,
      nth,
      text,
      start,
      end,
      lang: language,
      isHeading,
      heading,
      paragraph,
      // A returned sentence stays returned until somebody answers, even if a finding fails.
      state: fails && marked.state !== 'returned' ? 'fails' : marked.state,
      by: marked.by.flatMap((one) => personId.safeParse(one).data ?? []),
      marks: own.flatMap((mark) => markOf(mark, numbers, marked.notCounted.get(mark.id) ?? null)),
      findings,
      links: linked.map(({ link }) => link),
      before: earlier.before.get(at + 1) ?? [],
      refused: refusedOf(context, { barred, findings, marked, eyes, number: at + 1 }),
    };
  });
  const open = sentences.filter(({ state }) => state !== 'accepted' && state !== 'nothing').length;
  const draft = { ...draftOf(context, version), sentences: sentences.length, open };
  const hash = await context.files.hashOriginal(version.sha256);
  const desk = {
    draft,
    text: read.text,
    headings: read.headings.map((one) => ({ ...one })),
    sentences,
    gone: earlier.gone,
    counts: countsOf(sentences),
    looked: { ...read.looked, leftOutIn: [...read.looked.leftOutIn] },
    refused: refusalsOf({
      version,
      sentences,
      isWhole: hash === version.sha256,
      unmasked: unmaskedIn(context, sentences),
      names: shownNames(context.db),
    }),
    barred,
  };
  return { ...desk, basisOf: ({ number }) => bases.get(number) ?? '' };
}

interface Said {
  readonly marks: ReadonlyMap<string, readonly PlacedMark[]>;
  readonly links: ReadonlyMap<string, readonly Linked[]>;
  readonly numbers: ReadonlyMap<string, number>;
}
/** Marks and links on earlier wordings. Only the newest version shows them: an older version has those wordings itself. */
function earlierIn({ number, isNewest }: Version, read: DraftRead, { marks, links, numbers }: Said): Earlier {
  if (!isNewest) return { before: new Map(), gone: [] };
  const said = new Map(
    [...marks].map(([place, all]) => [place, all.flatMap((one) => markOf(one, numbers, null))] as const),
  );
  const sentences = read.sentences.map(({ text, nth }, at) => ({ number: at + 1, text, nth }));
  return earlierOf(sentences, number, said, links);
}

const countsOf = (sentences: readonly DraftSentence[]): DraftDesk['counts'] => {
  const by = Map.groupBy(sentences, ({ state }) => state);
  const of = (state: DraftSentence['state']): number => by.get(state)?.length ?? 0;
  const [accepted, once, open, returned, fails, nothing] = SENTENCE_STATES;
  return {
    accepted: of(accepted),
    once: of(once),
    open: of(open),
    returned: of(returned),
    fails: of(fails),
    nothing: of(nothing),
  };
};

function aroundOf({ db }: Context, read: DraftRead): Pick<Around, 'sources' | 'sourceOfPassage'> {
  const ids = JSON.stringify([
    ...new Set(read.figures.flatMap(({ matches }) => matches.map(({ passage }) => passage))),
  ]);
  return {
    sources: readSources(db),
    sourceOfPassage: new Map(
      db
        .all(placesOfPassages, { ids })
        .map(({ id, source, title, anchor }) => [
          id,
          { source, title: title ?? '', page: readAnchor(anchor)?.page ?? 1 },
        ]),
    ),
  };
}

const passagesOf = (links: readonly Linked[]): ReadonlySet<string> =>
  new Set(links.flatMap(({ passages }) => passages));

/** Quotations linked to words in another script. In the same script they could be compared, and a difference would be an error. */
const translatedQuotations = (links: readonly Linked[]): ReadonlySet<string> =>
  new Set(
    links.flatMap(({ link: { to, quotation } }) =>
      quotation !== null && to.kind === 'passage' && isChinese(to.quote) !== isChinese(quotation) ? [quotation] : [],
    ),
  );

const basisFor = (links: readonly Linked[], findings: readonly DraftFinding[]): string =>
  basisOf({
    links: links.map(({ link: { to, quotation } }) =>
      to.kind === 'passage'
        ? ['passage', to.passage, to.quote, quotation ?? '']
        : ['claim', to.claim, to.text, quotation ?? ''],
    ),
    remedies: findings.flatMap(({ key, remedy }) => (remedy === null ? [] : [[key, remedy.remedy] as const])),
    cards: findings.flatMap((one) =>
      one.kind === 'figure'
        ? one.cards.filter(({ differs }) => differs.length > 0).map(({ id, value }) => [one.text, id, value] as const)
        : [],
    ),
    citations: findings.flatMap((one) => (one.kind === 'citation' ? [[one.publisher, one.date ?? ''] as const] : [])),
  });

function markOf(
  { id, state, comment, person, at, version }: PlacedMark,
  numbers: ReadonlyMap<string, number>,
  notCounted: DraftSentence['marks'][number]['notCounted'],
): DraftSentence['marks'] {
  const by = personId.safeParse(person).data;
  if (by === undefined) return [];
  return [{ id: recordId.parse(id), state, comment, person: by, at, version: numbers.get(version) ?? 1, notCounted }];
}

/** Remedies by sentence and finding. Their writers come from the log, since the record names nobody. */
function remediesOf({ db, project }: Context, { root }: Version): Map<string, Map<string, Resolved>> {
  const rows = db.all(remediesOfDraft, { draft: root });
  const changes = Map.groupBy(
    project.log.changes(
      'draftremedy',
      rows.map(({ id }) => id),
      ['remedy', 'reason', 'deleted'],
    ),
    ({ id }) => id,
  );
  const by = new Map<string, Map<string, Resolved>>();
  for (const row of rows) {
    const remedy = draftRemedy.safeParse(row.remedy).data;
    if (remedy === undefined) continue;
    const place = placeOf(row.sentence, row.nth);
    const there = by.get(place) ?? new Map<string, Resolved>();
    const own = changes.get(row.id) ?? [];
    const writers = ['remedy', 'reason', 'deleted'].flatMap(
      (name) => own.findLast(({ field }) => field === name) ?? [],
    );
    there.set(row.finding, {
      remedy,
      reason: row.reason ?? '',
      person: own.findLast(({ field }) => field !== 'reason')?.person ?? null,
      writers: writers.map(({ person }) => person),
    });
    by.set(place, there);
  }
  return by;
}

interface Asked {
  readonly barred: DraftDesk['barred'];
  readonly findings: readonly DraftFinding[];
  readonly marked: ReturnType<typeof stateFromMarks>;
  readonly eyes: Eyes;
  readonly number: number;
}

/** Why the acting person can’t accept a sentence now. */
function refusedOf({ person }: Context, { barred, findings, marked, eyes, number }: Asked): DraftSentence['refused'] {
  if (barred === 'author')
    return { code: 'FOUR_EYES', message: 'You wrote this draft. Two people besides its author must accept it.' };
  if (barred === 'installation')
    return {
      code: 'FOUR_EYES',
      message:
        'Its author used a key on the same installation as you. Someone else must accept it, or people on other installations must first confirm both keys (Team > People).',
    };
  const errors = findings.filter(({ weight }) => weight === 'error');
  if (errors.length > 0)
    return {
      code: 'NOT_ALLOWED',
      message: `Sentence ${number} has an unresolved error (${errors[0]?.text.slice(0, 80) ?? ''}). Resolve it, or return the sentence.`,
    };
  if (marked.state === 'accepted' || marked.state === 'once') {
    if (marked.by.includes(person.id))
      return { code: 'NOT_ALLOWED', message: `You accepted sentence ${number} already.` };
    if (marked.state === 'once' && marked.by.some((one) => eyes.oneWith(one).has(person.id)))
      return {
        code: 'FOUR_EYES',
        message:
          'Who accepted it used a key on the same installation as you. Someone else must be the second, or people on other installations must first confirm both keys (Team > People).',
      };
  }
  return null;
}
