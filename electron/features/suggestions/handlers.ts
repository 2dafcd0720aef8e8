import { parsed } from '../../../shared/changes/canonical.ts';
import type { FieldOf } from '../../../shared/changes/fields.ts';
import type { CallArgs, CallOutput } from '../../../shared/contract/index.ts';
import { decided, type Decided, type suggestions } from '../../../shared/contract/suggestions.ts';
import { Fault } from '../../../shared/errors.ts';
import {
  layerId,
  passageId,
  sha256,
  suggestionId,
  suggestionPlace,
  type PassageId,
  type SourceId,
  type Verdict,
} from '../../../shared/model/index.ts';
import { foldedTerm, termFinder, type TermFinder, type TermFound } from '../../../shared/suggest/find-terms.ts';
import { wholePercent } from '../../../shared/text/counted.ts';
import type { Edit, Readable } from '../../db/types.ts';
import { termsOfCategories, type CategoryTerms } from '../../project/codebook/terms.ts';
import { type Handlers, perProject, type ReadContext, type WriteContext } from '../../project/context.ts';
import { anchorOf } from '../../project/passages/anchors.ts';
import { addTags, layerFor, namesOf } from '../../project/passages/edits.ts';
import { fileOf } from '../../project/sources/layers.ts';
import { liveSource } from '../../project/sources/live-sources.ts';
import { isBlind } from '../../project/blind-copy.ts';
import { count, learn, learnedIn, learnedLast, stop } from './learned.ts';
import { learnedOpen, undecided } from './open.ts';
import { type DecisionRow, decisionsInSource, decisionsOfCategory, placesTagged } from './queries.ts';

interface Known {
  /** The codebook's terms that the finder was made from, as JSON. */
  readonly of: string;
  readonly finder: TermFinder;
  readonly categories: readonly CategoryTerms[];
  /** The terms found in the last texts, by the SHA-256 of their layers. */
  readonly found: Map<string, readonly TermFound[]>;
}

/** Results of at most this many texts are kept, since every decision asks for the list again. */
const KEPT = 8;

/** The finder of a project, kept while the terms of the codebook stay the same. */
const finderOf = perProject(() => {
  let made: Known | null = null;
  return (db: Readable): Known => {
    const categories = termsOfCategories(db);
    const of = JSON.stringify(categories);
    if (made?.of !== of) made = { of, finder: termFinder(categories), categories, found: new Map() };
    return made;
  };
});

async function list(
  context: ReadContext,
  { source, learned }: CallArgs<'suggestions.list'>,
): Promise<CallOutput<'suggestions.list'>> {
  const known = await learnedFor(context, source, learned);
  const row = context.db.get(liveSource, { id: source });
  if (row === undefined) throw new Fault('NOT_FOUND', 'No such source in this project.', { id: source });
  const finding = finderOf(context)(context.db);
  const before = context.db.all(decisionsInSource, { source }).flatMap(decisionOf);
  const layer = layerId.safeParse(row.layer).data ?? null;
  const blind = isBlind(context);
  const nothing = { layer, blind, terms: finding.finder.terms, suggestions: [], decided: blind ? [] : before };
  if (blind || layer === null) return nothing;
  const hash = sha256.safeParse(row.sha256).data;
  if (hash === undefined)
    throw new Fault('DAMAGED', 'Can’t read this source’s text. Verify the project.', { id: source });
  const text = fileOf(context.files, hash).text();
  const found = foundIn(finding, hash, text);
  const { categories } = finding;
  const inSource = { categories, source, layer, text, decided: before };
  const terms = undecided(context.db, { ...inSource, found });
  if (known === null || known.layer !== hash) return { ...nothing, suggestions: terms };
  const clauses = learnedOpen(context.db, { ...inSource, terms, ...known });
  return { ...nothing, suggestions: [...terms, ...clauses].sort((a, b) => a.start - b.start || a.end - b.end) };
}

/** The learned suggestions for a source’s text; null unless `isAsked`. Awaited first, so that all later reads see one state of the project. */
async function learnedFor(context: ReadContext | WriteContext, source: SourceId, isAsked: boolean) {
  const layer = sha256.safeParse(context.db.get(liveSource, { id: source })?.sha256).data;
  if (!isAsked || layer === undefined || isBlind(context)) return null;
  const learned = await learnedIn(context, layer);
  return learned === null ? null : { layer, ...learned };
}

function foundIn({ finder, found }: Known, hash: string, text: string): readonly TermFound[] {
  const there = found.get(hash) ?? finder.find(text);
  found.delete(hash);
  found.set(hash, there);
  for (const oldest of found.keys()) {
    if (found.size <= KEPT) break;
    found.delete(oldest);
  }
  return there;
}

/** A decision as people see it; empty if another program wrote it in an unknown form. */
function decisionOf(row: DecisionRow): Decided[] {
  const place = suggestionPlace.safeParse(parsed(row.place ?? 'null')).data;
  const read = decided.safeParse({
    ...row,
    start: place?.[0] ?? null,
    end: place?.[1] ?? null,
    term: row.term ?? '',
    at: row.createdAt,
  });
  return read.success ? [read.data] : [];
}

const LABELS: Readonly<Record<Verdict, (name: string, term: string | null) => string>> = {
  accepted: (name) => `Accept suggestion: ${name}`,
  rejected: (name) => `Reject suggestion: ${name}`,
  never: (name, term) =>
    term === null
      ? `Never suggest what is like passages of ${name} in this source`
      : `Never suggest “${term}” for ${name} in this source`,
};

async function decide(
  context: WriteContext,
  input: CallArgs<'suggestions.decide'>,
): Promise<CallOutput<'suggestions.decide'>> {
  const { source, start, end, category, verdict, model } = input;
  const learned = await learnedFor(context, source, model !== null);
  if (isBlind(context))
    throw new Fault('NOT_ALLOWED', 'There are no suggestions in a copy for blind coding. Tag the words yourself.', {});
  const layer = layerFor(context, source, input.layer);
  const text = layer.file.text();
  const { finder } = finderOf(context)(context.db);
  const clause = learned?.found.find((one) => one.start === start && one.end === end && one.category === category);
  const sure = learned?.digest !== model || learned.layer !== layer.sha256 ? null : (clause?.sure ?? null);
  const isIn = end > start && end <= text.length;
  const term = model !== null || !isIn ? null : finder.termAt(text.slice(start, end), category);
  const [name = ''] = namesOf(context, [category]);
  if (term === null && sure === null)
    throw new Fault('BAD_INPUT', `Nothing suggests “${name}” there. Read the suggestions again.`, {
      source,
      start,
      end,
    });
  assertOpen(context.db, input, term);
  const id = suggestionId.parse(context.newId());
  const accepted = verdict === 'accepted' ? accept(context, input) : null;
  const set = (field: FieldOf<'suggestion'>, value: Edit['value']): Edit => ({
    entity: 'suggestion',
    id,
    field,
    value,
  });
  context.db.commit(LABELS[verdict](name, term), [
    ...(accepted?.edits ?? []),
    set('source', source),
    ...(verdict === 'never' ? [] : [set('layer', input.layer), set('place', [start, end])]),
    ...(term === null ? [set('model', model), set('sure', wholePercent(sure ?? 0))] : [set('term', term)]),
    set('category', category),
    set('verdict', verdict),
    ...(accepted === null ? [] : [set('passage', accepted.passage)]),
    set('person', context.person.id),
  ]);
  return { id, passage: accepted?.passage ?? null };
}

/** Throws EXISTS if the suggestion was decided in the meantime, in another window or by a merge. */
function assertOpen(
  db: Readable,
  { source, layer, start, end, category }: CallArgs<'suggestions.decide'>,
  term: string | null,
): void {
  const there = db
    .all(decisionsInSource, { source })
    .flatMap(decisionOf)
    .find(
      (one) =>
        one.category === category &&
        (one.verdict === 'never'
          ? term === null
            ? one.model !== null
            : one.model === null && foldedTerm(one.term) === foldedTerm(term)
          : one.layer === layer && one.start === start && one.end === end),
    );
  if (there !== undefined)
    throw new Fault('EXISTS', 'This suggestion was decided already. Undo that first to decide again.', {
      id: there.id,
    });
}

interface Accepted {
  readonly passage: PassageId;
  readonly edits: readonly Edit[];
}

/** Tags the passage on exactly these words with the category; makes the passage if there is none. */
function accept(
  context: WriteContext,
  { source, layer, start, end, category }: CallArgs<'suggestions.decide'>,
): Accepted {
  const there = context.db.all(placesTagged, { source, layer }).find((one) => one.start === start && one.end === end);
  if (there !== undefined) {
    const passage = passageId.parse(there.id);
    return { passage, edits: addTags(context, passage, [category]) };
  }
  const passage = passageId.parse(context.newId());
  const anchor = anchorOf(layerFor(context, source, layer), { kind: 'text', start, end });
  return {
    passage,
    edits: [
      { entity: 'passage', id: passage, field: 'source', value: source },
      { entity: 'passage', id: passage, field: 'layer', value: layer },
      { entity: 'passage', id: passage, field: 'anchor', value: anchor },
      { entity: 'passage', id: passage, field: 'person', value: context.person.id },
      ...addTags(context, passage, [category]),
    ],
  };
}

function terms(context: ReadContext, { category }: CallArgs<'suggestions.terms'>): CallOutput<'suggestions.terms'> {
  const own = finderOf(context)(context.db).categories.find(({ id }) => id === category);
  const counts = new Map(
    [...(own?.termsZh ?? []), ...(own?.termsEn ?? [])].map(({ term }) => [
      foldedTerm(term),
      { term, accepted: 0, rejected: 0, never: 0, former: false },
    ]),
  );
  const learned = { accepted: 0, rejected: 0, never: 0 };
  for (const row of context.db.all(decisionsOfCategory, { category })) {
    const { term, verdict, count } = row;
    if (verdict !== 'accepted' && verdict !== 'rejected' && verdict !== 'never') continue;
    if (row.learned === 1) learned[verdict] += count;
    if (term === null) continue;
    const one = counts.get(foldedTerm(term)) ?? { term, accepted: 0, rejected: 0, never: 0, former: true };
    one[verdict] += count;
    counts.set(foldedTerm(term), one);
  }
  return { terms: [...counts.values()], learned };
}

/** See shared/contract/suggestions.ts. */
export const suggestionsHandlers: Handlers<typeof suggestions> = {
  'suggestions.list': list,
  'suggestions.decide': decide,
  'suggestions.terms': terms,
  'suggestions.count': count,
  'suggestions.learn': learn,
  'suggestions.learned': (context) => ({ learned: learnedLast(context) }),
  'suggestions.stop': stop,
};
