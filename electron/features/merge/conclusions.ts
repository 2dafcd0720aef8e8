import type { MergePreview } from '../../../shared/contract/merge.ts';
import { READINGS } from '../../../shared/figures/card.ts';
import { readingWords } from '../../../shared/figures/reading-words.ts';
import { recordId, textAnchor } from '../../../shared/model/index.ts';
import { type Json, query, type Readable, type Signed } from '../../db/types.ts';
import { isIncoming } from '../../project/people/names.ts';
import type { LogOf } from '../../project/people/unsigned-reasons.ts';
import { recordWords } from './words.ts';

/** The records that conclusions are in, with the fields that say them. */
const FIELDS: Readonly<Record<Kind, readonly string[]>> = {
  claim: ['text', 'deleted'],
  claimlink: ['relation', 'answer', 'deleted'],
  copy: ['verdict', 'deleted'],
  mask: ['deleted'],
  figure: ['anchor', ...READINGS, 'deleted'],
};
type Kind = 'claim' | 'claimlink' | 'copy' | 'mask' | 'figure';

const touchedConclusions = query<Record<string, never>, { entity: Kind; id: string }>(
  'merge.touchedConclusions',
  `SELECT entity, id FROM incoming_record
   WHERE entity IN ('claim', 'claimlink', 'copy', 'mask', 'figure') AND how IN ('changed', 'removed') ORDER BY entity, id`,
);
const linkEnds = query<{ id: string }, { claim: string | null; passage: string | null }>(
  'merge.linkEnds',
  'SELECT claim, passage FROM p_claimlink WHERE id = $id',
);
const copyEnds = query<{ id: string }, { one: string | null; other: string | null }>(
  'merge.copyEnds',
  'SELECT one, other FROM p_copy WHERE id = $id',
);

const maskEnds = query<{ id: string }, { source: string | null; reason: string | null }>(
  'merge.maskEnds',
  'SELECT source, reason FROM p_mask WHERE id = $id',
);

type Conclusion = MergePreview['conclusions'][number];

/**
 * What the team concluded and the merge being judged changes or removes: claims, contradictions, answers to them, confirmed copies,
 * masks, without which a name is published, and figures that are read otherwise.
 * What it adds is not among them.
 */
export function changedConclusions(reader: LogOf, nameOf: (person: string) => string): Conclusion[] {
  const { db, project } = reader;
  return [...Map.groupBy(db.all(touchedConclusions, {}), ({ entity }) => entity)].flatMap(([entity, rows]) => {
    const ids = rows.map(({ id }) => id);
    const changes = Map.groupBy(project.log.changes(entity, ids, FIELDS[entity]), ({ id }) => id);
    return ids.flatMap((id) => {
      const all = changes.get(id) ?? [];
      const known = all.filter(({ commit }) => !isIncoming(reader, commit));
      return new Changed(db, id, all, known, nameOf).conclusions(entity);
    });
  });
}

/** One record before the merge and after it. */
class Changed {
  private readonly db: Readable;
  private readonly id: string;
  /** All changes of it, oldest first, and those that were here before. */
  private readonly all: readonly Signed[];
  private readonly known: readonly Signed[];
  private readonly nameOf: (person: string) => string;

  constructor(
    db: Readable,
    id: string,
    all: readonly Signed[],
    known: readonly Signed[],
    nameOf: (person: string) => string,
  ) {
    this.db = db;
    this.id = id;
    this.all = all;
    this.known = known;
    this.nameOf = nameOf;
  }

  conclusions(entity: Kind): Conclusion[] {
    if (this.before('deleted') === true) return [];
    switch (entity) {
      case 'claim':
        return this.ofClaim();
      case 'claimlink':
        return this.before('relation') === 'contradicts' ? this.ofContradiction() : [];
      case 'copy':
        return this.before('verdict') === 'same' ? this.ofCopy() : [];
      case 'mask':
        return this.ofMask();
      case 'figure':
        return this.ofFigure();
    }
  }

  private ofClaim(): Conclusion[] {
    const before = quoted(this.before('text'));
    return this.isRemoved()
      ? this.said('claimRemoved', 'deleted', `removed the claim ${before}`)
      : this.said('claimChanged', 'text', `changed the claim ${before} to ${quoted(this.after('text'))}`);
  }

  private ofContradiction(): Conclusion[] {
    const { claim, passage } = this.db.get(linkEnds, { id: this.id }) ?? { claim: null, passage: null };
    const words = passage === null ? '' : recordWords(this.db, 'passage', passage);
    const of = `the claim ${quoted(claim === null ? '' : recordWords(this.db, 'claim', claim))}: ${shortened(words)}`;
    if (this.isRemoved())
      return this.said('contradictionUnlinked', 'deleted', `unlinked a passage that contradicts ${of}`);
    if (this.after('relation') !== 'contradicts')
      return this.said('contradictionTurned', 'relation', `no longer lets a passage contradict ${of}`);
    const answer = this.before('answer');
    if (typeof answer !== 'string' || answer.trim() === '') return [];
    const what = `changed the answer to what contradicts ${of}, from ${quoted(answer)} to ${quoted(this.after('answer'))}`;
    return this.said('answerChanged', 'answer', what);
  }

  private ofCopy(): Conclusion[] {
    const { one, other } = this.db.get(copyEnds, { id: this.id }) ?? { one: null, other: null };
    const titles = [one, other].map((id) => quoted(id === null ? '' : recordWords(this.db, 'source', id)));
    return this.isRemoved()
      ? this.said('copiesWithdrawn', 'deleted', `withdrew that ${titles.join(' and ')} are copies of one text`)
      : this.said('copiesWithdrawn', 'verdict', `decided that ${titles.join(' and ')} are not copies of one text`);
  }

  private ofMask(): Conclusion[] {
    const { source, reason } = this.db.get(maskEnds, { id: this.id }) ?? { source: null, reason: null };
    const title = quoted(source === null ? '' : recordWords(this.db, 'source', source));
    return this.isRemoved()
      ? this.said('maskRemoved', 'deleted', `removed a mask (${quoted(reason)}) from ${title}`)
      : [];
  }

  private ofFigure(): Conclusion[] {
    const words = wordsOf(this.before('anchor'));
    if (this.isRemoved()) return this.said('figureChanged', 'deleted', `removed the figure ${words}`);
    const moved = this.said(
      'figureChanged',
      'anchor',
      `put other words in the place of the figure ${words}: ${wordsOf(this.after('anchor'))}`,
    );
    const read = READINGS.flatMap((field) => {
      const say = (value: Json): string => readingWords(field, value) ?? '(unreadable)';
      const change = `from ${say(this.before(field))} to ${say(this.after(field))}`;
      return this.said('figureChanged', field, `read the ${field} of the figure ${words} otherwise: ${change}`);
    });
    return [...moved, ...read];
  }

  private isRemoved(): boolean {
    return this.after('deleted') === true;
  }

  /** What was done, if the merge set this field to another value. */
  private said(kind: Conclusion['kind'], field: string, done: string): Conclusion[] {
    const last = lastOf(this.all, field);
    if (last === undefined || this.known.includes(last) || this.before(field) === last.value) return [];
    const person = this.nameOf(last.person);
    return [{ kind, record: recordId.parse(this.id), commit: last.commit, person, message: `${person} ${done}.` }];
  }

  private before(field: string) {
    return lastOf(this.known, field)?.value ?? null;
  }
  private after(field: string) {
    return lastOf(this.all, field)?.value ?? null;
  }
}

const lastOf = (changes: readonly Signed[], field: string): Signed | undefined =>
  changes.findLast((one) => one.field === field);

const wordsOf = (anchor: Json): string => quoted(textAnchor.safeParse(anchor).data?.exact);

const LONGEST = 120;
const shortened = (words: string): string => {
  const letters = Array.from(words);
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : words;
};
const quoted = (value: unknown): string => `“${typeof value === 'string' ? shortened(value) : ''}”`;
