import type { ChangedConclusion } from '../../../shared/contract/conclusions.ts';
import { fieldOf } from '../../../shared/changes/fields.ts';
import { READINGS } from '../../../shared/figures/card.ts';
import { readingWords } from '../../../shared/figures/reading-words.ts';
import { commitHash, recordId, type ReviewState, reviewState, textAnchor } from '../../../shared/model/index.ts';
import { type Json, query, type Readable, type Signed } from '../../db/types.ts';
import { joinedBy } from '../../project/people/installations.ts';
import { isIncoming } from '../../project/people/names.ts';
import type { LogOf } from '../../project/people/unsigned-reasons.ts';
import { PRIVATE_VALUES } from '../../project/masks/queries.ts';
import { undosOfOthers } from './queries.ts';
import { aboutWords, recordWords, valueWords } from './words.ts';

/** The records that conclusions are in, with the fields that say them. */
const FIELDS: Readonly<Record<Kind, readonly string[]>> = {
  claim: ['text', 'deleted'],
  claimlink: ['claim', 'passage', 'relation', 'answer', 'deleted'],
  copy: ['verdict', 'deleted'],
  mask: ['source', 'layer', 'anchor', 'deleted'],
  setting: ['value', 'passage', 'deleted'],
  value: ['code', 'dimension', 'deleted'],
  dimension: ['code', 'deleted'],
  figure: ['anchor', ...READINGS, 'deleted'],
  relation: ['operation', 'figures', 'reading', 'deleted'],
  conversion: ['rule', 'deleted'],
  reference: ['value', 'source', 'citation', 'deleted'],
  draft: ['author', 'writer', 'published', 'sha256', 'text', 'replaces', 'style', 'deleted'],
  draftrelease: ['draft', 'deleted'],
  review: ['state', 'person', 'deleted'],
  adjudication: ['person', 'deleted'],
  figurecheck: ['verdict', 'person', 'deleted'],
  relationcheck: ['verdict', 'person', 'deleted'],
};
const KINDS = [
  'claim',
  'claimlink',
  'copy',
  'mask',
  'setting',
  'value',
  'dimension',
  'figure',
  'relation',
  'conversion',
  'reference',
  'draft',
  'draftrelease',
  'review',
  'adjudication',
  'figurecheck',
  'relationcheck',
] as const;
type Kind = (typeof KINDS)[number];

/** A conversion that is added changes what is computed everywhere, and a release says something of a draft that is here. */
const touchedConclusions = query<Record<string, never>, { entity: Kind; id: string }>(
  'merge.touchedConclusions',
  `SELECT entity, id FROM incoming_record
   WHERE entity IN (${KINDS.map((kind) => `'${kind}'`).join(', ')})
     AND (how IN ('changed', 'removed') OR (how = 'added' AND entity IN ('conversion', 'draftrelease')))
   ORDER BY entity, id`,
);
const releasedDraft = query<{ id: string }, { draft: string | null }>(
  'merge.releasedDraft',
  'SELECT draft FROM p_draftrelease WHERE id = $id',
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

const codeOfValue = query<{ id: string }, { code: string | null; dimension: string | null }>(
  'merge.codeOfValue',
  'SELECT v.code, d.code AS dimension FROM p_value v LEFT JOIN p_dimension d ON d.id = v.dimension WHERE v.id = $id',
);
const sourceOfPassage = query<{ id: string }, { source: string | null }>(
  'merge.sourceOfPassage',
  'SELECT source FROM p_passage WHERE id = $id',
);
/** What was judged, if it is still there: what was on a passage in the trash went with it. */
const judgedPassage = query<{ id: string }, { passage: string }>(
  'merge.judgedPassage',
  `SELECT p.id AS passage FROM p_passage p WHERE p.deleted IS NOT 1 AND p.id IN
     (SELECT passage FROM p_review WHERE id = $id UNION ALL SELECT passage FROM p_adjudication WHERE id = $id)`,
);
const PRIVACY = 'privacy';
const isPrivate = (code: unknown): boolean => PRIVATE_VALUES.some((one) => one === code);

/**
 * What the team concluded and the merge being judged changes or removes: claims, contradictions, answers to them, confirmed copies,
 * masks and what says that a private person is named, without which a name is published, figures and relations that are read otherwise, what units are converted by, reference values,
 * and who wrote a draft and when, and what somebody else judged: steps of review, decisions, and verdicts on figures and relations.
 * What it adds is not among them, but for conversions and releases of drafts.
 */
export function changedConclusions(reader: LogOf, nameOf: (person: string) => string): ChangedConclusion[] {
  const { db, project } = reader;
  const undone = new Set(db.all(undosOfOthers, {}).map(({ hash }) => hash));
  const changed = [...Map.groupBy(db.all(touchedConclusions, {}), ({ entity }) => entity)].flatMap(([entity, rows]) => {
    const ids = rows.map(({ id }) => id);
    const changes = Map.groupBy(project.log.changes(entity, ids, FIELDS[entity]), ({ id }) => id);
    return ids.flatMap((id) => {
      const all = changes.get(id) ?? [];
      const known = all.filter(({ commit }) => !isIncoming(reader, commit));
      const found = new Changed(db, id, all, known, nameOf).conclusions(entity);
      // A commit that undoes what others did is named itself.
      return found.filter(({ kind, commit }) => kind !== 'judgementRemoved' || !undone.has(commit));
    });
  });
  return [...changed, ...joinedBy(db).map((one) => joined(one, nameOf))];
}

/** Without a step of theirs being touched, what they checked of one another counts no more. */
const joined = (
  { person, others, commit }: ReturnType<typeof joinedBy>[number],
  nameOf: (person: string) => string,
): ChangedConclusion => ({
  kind: 'installationsJoined',
  record: recordId.parse(person),
  commit: commitHash.parse(commit),
  person: nameOf(person),
  message: `${nameOf(person)} signed on the installation of ${others.map(nameOf).join(', ')}: they count as one person now. Checks and approvals among them no longer count, until people elsewhere confirm the keys.`,
});

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

  conclusions(entity: Kind): ChangedConclusion[] {
    // A conversion out of the trash is one again.
    if (this.before('deleted') === true && entity !== 'conversion') return [];
    switch (entity) {
      case 'claim':
        return this.ofClaim();
      case 'claimlink':
        return this.before('relation') === 'contradicts' ? this.ofContradiction() : [];
      case 'copy':
        return this.before('verdict') === 'same' ? this.ofCopy() : [];
      case 'mask':
        return this.ofMask();
      case 'setting':
        return this.ofSetting();
      case 'value':
        return isPrivate(this.before('code')) ? this.ofPrivacy(['code', 'dimension', 'deleted']) : [];
      case 'dimension':
        return this.before('code') === PRIVACY ? this.ofPrivacy(['code', 'deleted']) : [];
      case 'figure':
        return this.ofFigure();
      case 'relation':
        return this.ofRelation();
      case 'conversion':
        return this.ofConversion();
      case 'reference':
        return this.ofReference();
      case 'draft':
        return this.ofDraft();
      case 'draftrelease':
        return this.ofRelease();
      case 'review':
      case 'adjudication':
      case 'figurecheck':
      case 'relationcheck':
        return this.isRemoved() ? this.ofJudgement(entity) : [];
    }
  }

  private ofClaim(): ChangedConclusion[] {
    const before = quoted(this.before('text'));
    return this.isRemoved()
      ? this.said('claimRemoved', 'deleted', `removed the claim ${before}`)
      : this.said('claimChanged', 'text', `changed the claim ${before} to ${quoted(this.after('text'))}`);
  }

  private ofContradiction(): ChangedConclusion[] {
    const { claim, passage } = this.db.get(linkEnds, { id: this.id }) ?? { claim: null, passage: null };
    const words = passage === null ? '' : recordWords(this.db, 'passage', passage);
    const of = `the claim ${quoted(claim === null ? '' : recordWords(this.db, 'claim', claim))}: ${shortened(words)}`;
    if (this.isRemoved())
      return this.said('contradictionUnlinked', 'deleted', `unlinked a passage that contradicts ${of}`);
    if (this.after('relation') !== 'contradicts')
      return this.said('contradictionTurned', 'relation', `no longer lets a passage contradict ${of}`);
    const [claimBefore, passageBefore] = [this.before('claim'), this.before('passage')];
    if (this.after('claim') !== claimBefore || this.after('passage') !== passageBefore) {
      const title = typeof claimBefore === 'string' ? recordWords(this.db, 'claim', claimBefore) : '';
      const quote = typeof passageBefore === 'string' ? recordWords(this.db, 'passage', passageBefore) : '';
      const was = `the claim ${quoted(title)}: ${shortened(quote)}`;
      const done = `unlinked a passage that contradicts ${was}`;
      return [
        ...this.said('contradictionUnlinked', 'claim', done),
        ...this.said('contradictionUnlinked', 'passage', done),
      ].slice(0, 1);
    }
    const answer = this.before('answer');
    if (typeof answer !== 'string' || answer.trim() === '') return [];
    const what = `changed the answer to what contradicts ${of}, from ${quoted(answer)} to ${quoted(this.after('answer'))}`;
    return this.said('answerChanged', 'answer', what);
  }

  private ofCopy(): ChangedConclusion[] {
    const { one, other } = this.db.get(copyEnds, { id: this.id }) ?? { one: null, other: null };
    const titles = [one, other].map((id) => quoted(id === null ? '' : recordWords(this.db, 'source', id)));
    return this.isRemoved()
      ? this.said('copiesWithdrawn', 'deleted', `withdrew that ${titles.join(' and ')} are copies of one text`)
      : this.said('copiesWithdrawn', 'verdict', `decided that ${titles.join(' and ')} are not copies of one text`);
  }

  private ofMask(): ChangedConclusion[] {
    const { source, reason } = this.db.get(maskEnds, { id: this.id }) ?? { source: null, reason: null };
    const title = quoted(source === null ? '' : recordWords(this.db, 'source', source));
    if (this.isRemoved())
      return this.said('maskRemoved', 'deleted', `removed a mask (${quoted(reason)}) from ${title}`);
    const done = `put a mask (${quoted(reason)}) in ${title} on other words or another area`;
    return ['anchor', 'layer', 'source'].flatMap((field) => this.said('maskMoved', field, done)).slice(0, 1);
  }

  private ofSetting(): ChangedConclusion[] {
    const [value, passage] = [this.before('value'), this.before('passage')];
    if (typeof value !== 'string' || typeof passage !== 'string') return [];
    const { code, dimension } = this.db.get(codeOfValue, { id: value }) ?? { code: null, dimension: null };
    // If the merge changes their codes, those are named themselves.
    if (dimension !== PRIVACY || !isPrivate(code)) return [];
    // Without its words, which name the person.
    const source = this.db.get(sourceOfPassage, { id: passage })?.source ?? null;
    const title = quoted(source === null ? '' : recordWords(this.db, 'source', source));
    const done = `took away the mark that a private person is named from a passage in ${title}`;
    return FIELDS.setting.flatMap((field) => this.said('privacyUnmarked', field, done)).slice(0, 1);
  }

  /** A value or the dimension that marks passages in which a private person is named. */
  private ofPrivacy(fields: readonly string[]): ChangedConclusion[] {
    const done =
      'changed the dimension that marks passages in which a private person is named, so that exports may no longer be refused';
    return fields.flatMap((field) => this.said('privacyUnmarked', field, done)).slice(0, 1);
  }

  private ofRelation(): ChangedConclusion[] {
    const words = quoted(recordWords(this.db, 'relation', this.id));
    if (this.isRemoved()) return this.said('relationChanged', 'deleted', `removed the relation ${words}`);
    return ['operation', 'figures', 'reading'].flatMap((field) => {
      const say = (value: Json): string => valueWords(this.db, 'relation', field, value);
      const change = `from ${say(this.before(field))} to ${say(this.after(field))}`;
      return this.said('relationChanged', field, `changed the ${field} of a relation ${change}`);
    });
  }

  private ofConversion(): ChangedConclusion[] {
    const say = (value: Json): string => quoted(valueWords(this.db, 'conversion', 'rule', value));
    const before = this.before('deleted') === true ? null : this.before('rule');
    if (this.isRemoved() && before === null) return [];
    if (this.isRemoved()) return this.said('conversionChanged', 'deleted', `removed the conversion ${say(before)}`);
    const after = say(this.after('rule'));
    const done =
      before === null ? `set a conversion: ${after}` : `changed a conversion from ${say(before)} to ${after}`;
    return ['rule', 'deleted'].flatMap((field) => this.said('conversionChanged', field, done)).slice(0, 1);
  }

  private ofReference(): ChangedConclusion[] {
    const say = (value: Json): string => quoted(valueWords(this.db, 'reference', 'value', value));
    const before = say(this.before('value'));
    if (this.isRemoved()) return this.said('referenceChanged', 'deleted', `removed the reference value ${before}`);
    return [
      ...this.said('referenceChanged', 'value', `changed the reference value ${before} to ${say(this.after('value'))}`),
      ...['source', 'citation'].flatMap((field) =>
        this.said('referenceChanged', field, `changed what says the reference value ${before}`),
      ),
    ];
  }

  private ofDraft(): ChangedConclusion[] {
    const title = quoted(recordWords(this.db, 'draft', this.id));
    if (this.isRemoved()) return this.said('draftChanged', 'deleted', `removed the draft ${title}`);
    return FIELDS.draft.flatMap((field) => {
      const say = (value: Json): string => quoted(valueWords(this.db, 'draft', field, value));
      const what = `${fieldOf('draft', field)?.name ?? field} of the draft ${title}`;
      return this.said(
        'draftChanged',
        field,
        `changed the ${what} from ${say(this.before(field))} to ${say(this.after(field))}`,
      );
    });
  }

  private ofRelease(): ChangedConclusion[] {
    const { draft } = this.db.get(releasedDraft, { id: this.id }) ?? { draft: null };
    const title = quoted(draft === null ? '' : recordWords(this.db, 'draft', draft));
    return this.isRemoved()
      ? this.said('draftReleased', 'deleted', `took back the release of the draft ${title}`)
      : this.said('draftReleased', 'draft', `released the draft ${title}`);
  }

  /** What somebody else judged of evidence that is still there: anyone may take back their own. */
  private ofJudgement(entity: 'review' | 'adjudication' | 'figurecheck' | 'relationcheck'): ChangedConclusion[] {
    const [person, removal] = [this.before('person'), lastOf(this.all, 'deleted')];
    if (typeof person !== 'string' || removal === undefined || removal.person === person) return [];
    const name = this.nameOf(person);
    if (entity === 'figurecheck' || entity === 'relationcheck') {
      const said = `${name} said (${valueWords(this.db, entity, 'verdict', this.before('verdict'))})`;
      return this.said('judgementRemoved', 'deleted', `removed what ${said}: ${aboutWords(this.db, entity, this.id)}`);
    }
    const passage = this.db.get(judgedPassage, { id: this.id })?.passage;
    if (passage === undefined) return [];
    const state = reviewState.safeParse(this.before('state')).data;
    const step = `${(state === undefined ? undefined : STEPS[state]) ?? 'step'} of`;
    const what = `${name}’s ${entity === 'adjudication' ? 'decision on' : step}`;
    const words = shortened(recordWords(this.db, 'passage', passage));
    return this.said('judgementRemoved', 'deleted', `removed ${what} ${words}`);
  }

  private ofFigure(): ChangedConclusion[] {
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
  private said(kind: ChangedConclusion['kind'], field: string, done: string): ChangedConclusion[] {
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

const STEPS: Readonly<Partial<Record<ReviewState, string>>> = {
  'second-coded': 'second coding',
  checked: 'check',
  approved: 'approval',
  released: 'release',
  returned: 'return',
};

const wordsOf = (anchor: Json): string => quoted(textAnchor.safeParse(anchor).data?.exact);

const LONGEST = 120;
const shortened = (words: string): string => {
  const letters = Array.from(words);
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : words;
};
const quoted = (value: unknown): string => `“${typeof value === 'string' ? shortened(value) : ''}”`;
