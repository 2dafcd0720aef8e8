import type { CommitHash } from '../../../shared/model/index.ts';
import { parsed } from '../../../shared/changes/canonical.ts';
import { PSEUDONYMOUS_LABEL } from '../../db/export/pseudonymous.ts';
import { type ProjectDb, query, type Readable } from '../../db/types.ts';
import { isPseudonym } from '../export/pseudonyms.ts';
import { signerOf } from '../review/moves.ts';
import { peopleWithoutKey } from './without-key.ts';

export interface LogOf {
  readonly db: Readable;
  readonly project: Pick<ProjectDb, 'log'>;
}

/** Kinds of record that name their author. */
export const ATTRIBUTED_KINDS = [
  'passage',
  'tag',
  'setting',
  'memo',
  'comment',
  'translation',
  'review',
  'adjudication',
  'assignment',
  'snapshot',
  'timestamp',
  'claim',
  'placechoice',
  'suggestion',
  'view',
  'mask',
  'notprivate',
  'figurecheck',
  'relationcheck',
  'reference',
  'draftmark',
  'draftrelease',
] as const;
export type AttributedKind = (typeof ATTRIBUTED_KINDS)[number];

export interface NamedRow {
  readonly entity: AttributedKind;
  readonly id: string;
  /** The record it belongs to: its passage, a memo's target, else itself. */
  readonly on: string;
  /** The person it names. */
  readonly person: string;
}

/**
 * The reason why a record names a person who did not sign it. `forged`: nothing in the log explains it. `added`: it was added from another
 * project, whose signatures are not here. `resolved`: its text was written to resolve a conflict. `withheld`: what could explain it
 * was left out of a project file. `unkeyed`: it names a coder of a file of another program, whose id no key can have. `retyped`: it has the
 * words of somebody else, and the person it names may have written them again.
 */
export type UnsignedReason = 'forged' | 'added' | 'resolved' | 'withheld' | 'unkeyed' | 'retyped';

type Found = NamedRow & { readonly commit: CommitHash };

/** The labels of commits that add sources of another project; the second is from earlier versions. */
const ADDS = /^(?:Add|Bring) (?:a source|[\d,]+ sources) from /;

/**
 * Commits that added sources from another project. Records in them keep the names of their authors, whose signatures stayed in the
 * other project. Anyone can write such a label, so it counts only for work on passages that were added in this way themselves,
 * and for memos and masks on sources.
 */
export class Additions {
  private readonly reader: LogOf;
  private readonly commits = new Map<CommitHash, boolean>();
  private readonly places = new Map<string, boolean>();

  constructor(reader: LogOf) {
    this.reader = reader;
  }

  isAddition(commit: CommitHash, entity: AttributedKind, on: string): boolean {
    return ADDED_KINDS.has(entity) && this.isLabelled(commit) && this.isAdded(entity, on);
  }

  private isLabelled(commit: CommitHash): boolean {
    const known = this.commits.get(commit);
    if (known !== undefined) return known;
    const label = labelOf(this.reader, commit);
    const is = label !== null && ADDS.test(label);
    this.commits.set(commit, is);
    return is;
  }

  private isAdded(entity: AttributedKind, on: string): boolean {
    const known = this.places.get(on);
    if (known !== undefined) return known;
    const [made] = this.reader.project.log.changes('passage', [on], ['anchor']);
    const is = made === undefined ? entity === 'memo' || entity === 'mask' : this.isLabelled(made.commit);
    this.places.set(on, is);
    return is;
  }
}

/** The kinds of record that are added with sources: without review steps, decisions, and records about the other project as a whole. */
const ADDED_KINDS: ReadonlySet<AttributedKind> = new Set([
  'passage',
  'tag',
  'setting',
  'memo',
  'comment',
  'translation',
  'mask',
]);

/** The kinds of record that are carried over with their passage to a newer version of a source. */
const CARRIED_KINDS: ReadonlySet<AttributedKind> = new Set(['passage', 'tag', 'setting', 'memo']);

/** The label of a commit; null if it is withheld. */
export function labelOf({ db }: LogOf, commit: CommitHash): string | null {
  const label = parsed(db.get(labelOfCommit, { hash: commit })?.label ?? 'null');
  return typeof label === 'string' ? label : null;
}

/** Why a record that was not added from another project names a person who did not sign it. */
export class Reasons {
  private readonly reader: LogOf;
  /** What labels say, by commit: most such records come from few commits. */
  private readonly labels = new Map<CommitHash, { readonly isWhole: boolean; readonly isPseudonymous: boolean }>();

  /** By passage: the records on one are judged one after the other. */
  private readonly lacking = new Map<string, boolean>();
  private unkeyed: ReadonlySet<string> | null = null;
  /** Whether the log lacks anything that a passage’s origin could be in. */
  private isPart: boolean | null = null;
  private isRewritten: boolean | null = null;
  private readonly pseudonyms = new Map<string, boolean>();
  private signers: ReadonlySet<string> | null = null;

  constructor(reader: LogOf) {
    this.reader = reader;
  }

  of(found: Found): Exclude<UnsignedReason, 'added' | 'retyped'> {
    if (found.entity === 'tag' || found.entity === 'setting') {
      this.unkeyed ??= peopleWithoutKey(this.reader.db);
      if (this.unkeyed.has(found.person)) return 'unkeyed';
    }
    return isResolved(this.reader, found) ? 'resolved' : this.isLeftOut(found) ? 'withheld' : 'forged';
  }

  /**
   * Whether what could explain it was left out of a project file: its commit is here only in part, the passage it was carried
   * over from is not here, or the log was written anew under pseudonyms, with the current values only. Whoever forges can withhold a
   * part of their own commit, invent an origin, and write that label: so each counts only where the truth could look like this.
   */
  private isLeftOut({ commit, entity, on, person }: Found): boolean {
    const { isWhole, isPseudonymous } = this.commit(commit);
    if (isPseudonymous && this.isPseudonym(person)) return true;
    return (!isWhole && ADDED_KINDS.has(entity)) || (CARRIED_KINDS.has(entity) && this.lacksOrigin(on, person));
  }

  /**
   * Keys of pseudonyms sign only at midnight, since times are cut to days, and are thrown away. Whoever signs only at midnight, too, can’t
   * use the name of somebody else: such a log has no other names than “Coder 1” and so on.
   */
  private isPseudonym(person: string): boolean {
    this.signers ??= new Set(this.reader.db.all(signersByDay, {}).map(({ key }) => signerOf(key)));
    if (this.signers.has(person)) return false;
    const known = this.pseudonyms.get(person);
    if (known !== undefined) return known;
    const names = this.reader.project.log.changes('person', [person], ['name']);
    const is = names.every(({ value }) => typeof value === 'string' && isPseudonym(value));
    this.pseudonyms.set(person, is);
    return is;
  }

  /** Whether a passage was carried over from one that is not here. */
  private lacksOrigin(passage: string, person: string): boolean {
    this.isPart ??= this.reader.db.get(isPartOfLog, {}) !== undefined;
    this.isRewritten ??= isUnderPseudonyms(this.reader.db);
    if (!this.isPart && !(this.isRewritten && this.isPseudonym(person))) return false;
    const known = this.lacking.get(passage);
    if (known !== undefined) return known;
    const lacks = this.reader.db.get(originOfPassage, { id: passage })?.isHere === 0;
    this.lacking.set(passage, lacks);
    return lacks;
  }

  private commit(hash: CommitHash): { readonly isWhole: boolean; readonly isPseudonymous: boolean } {
    const known = this.labels.get(hash);
    if (known !== undefined) return known;
    const { db } = this.reader;
    const found = db.get(labelOfCommit, { hash });
    const read = {
      isWhole: found?.whole === 1,
      isPseudonymous:
        found?.label === JSON.stringify(PSEUDONYMOUS_LABEL) &&
        db.get(isPseudonymous, { label: found?.label ?? '' }) !== undefined,
    };
    this.labels.set(hash, read);
    return read;
  }
}

/** The field that a conflict can be about, for records whose person stays when somebody resolves it. */
const RESOLVED: Partial<Record<AttributedKind, string>> = { memo: 'text', comment: 'text', placechoice: 'place' };

/** Whether its text was written by someone who resolved a conflict between its person's text and another value. */
function isResolved({ project: { log } }: LogOf, { entity, id, person, commit }: Found): boolean {
  const field = RESOLVED[entity];
  if (field === undefined) return false;
  const before = log.changes(entity, [id], [field, 'deleted']).filter((one) => log.saw(commit, one.commit));
  return before.some(
    (own) =>
      own.person === person &&
      own.field === field &&
      before.some(
        (other) =>
          other.commit !== own.commit && !log.saw(other.commit, own.commit) && !log.saw(own.commit, other.commit),
      ),
  );
}

const labelOfCommit = query<{ hash: string }, { label: string | null; whole: number }>(
  'signed.label',
  `SELECT label, seed IS NOT NULL AS whole FROM commit_ WHERE hash = unhex($hash)`,
);
/** A log whose first commit was written under pseudonyms. */
const isPseudonymous = query<{ label: string }, { c: number }>(
  'signed.pseudonymous',
  `SELECT c FROM commit_ WHERE c = (SELECT min(c) FROM commit_) AND label = $label`,
);
/** The keys that signed at another time than the beginning of a day, which every header has. */
const signersByDay = query<Record<string, never>, { key: string }>(
  'signed.signersByDay',
  `SELECT lower(hex("key")) AS "key" FROM replica_ WHERE replica IN (SELECT replica FROM commit_ WHERE wall % 86400000 <> 0)`,
);
/** A log with a commit that is here only in part, or that begins with what was given to a blind coder. */
const isPartOfLog = query<Record<string, never>, { c: number }>(
  'signed.isPartOfLog',
  `SELECT c FROM commit_ WHERE seed IS NULL UNION ALL SELECT c FROM commit_ WHERE c = (SELECT min(c) FROM commit_) AND kind = 2 LIMIT 1`,
);
/** Whether a log was written anew under pseudonyms: its records have other ids, which derive from nothing. */
export const isUnderPseudonyms = (db: Readable): boolean =>
  db.get(isPseudonymous, { label: JSON.stringify(PSEUDONYMOUS_LABEL) }) !== undefined;
export const originOfPassage = query<{ id: string }, { origin: string | null; isHere: number }>(
  'signed.origin',
  `SELECT p.origin, p.origin IS NULL OR EXISTS (SELECT 1 FROM p_passage o WHERE o.id = p.origin) AS isHere
   FROM p_passage p WHERE p.id = $id`,
);
