import type { MergePreview } from '../../../shared/contract/merge.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { shortHash } from '../../common/format.ts';
import { useTranslation, type Words } from '../../common/strings/use-translation.ts';
import { Note } from '../../ui/Note.tsx';
import { leftWords } from './LeftTagsNote.tsx';

/** Warnings of one kind about a merge. `kind` names their strings, `merge.warn.<kind>` and so on. */
interface Warning {
  readonly kind:
    | 'edited'
    | 'replaced'
    | 'forged'
    | 'undos'
    | 'moved'
    | 'conclusions'
    | 'again'
    | 'restored'
    | 'early'
    | 'ahead'
    | 'byOthers'
    | 'leftTags'
    | 'missing';
  /** `bad`: tampered or forged. `plain`: the log’s history explains it, so it is not counted as a warning. */
  readonly severity: 'bad' | 'warn' | 'plain';
  readonly rows: readonly { readonly key: string; readonly text: string }[];
  /** How many items the rows are about, if that is not the number of rows. */
  readonly count?: number;
}

/** What a preview warns of. The report of a finished merge has only the first four. */
type Found = Pick<MergePreview, 'replaced' | 'byOthers' | 'moved' | 'conclusions'> &
  Partial<Pick<MergePreview, 'undos' | 'submittedAgain' | 'early' | 'ahead' | 'leftTags' | 'files'>>;

/** All warnings of a merge in the order in which they are shown, the bad ones first. Kinds without an item have no rows. */
export function warningsOf(
  t: Words,
  { replaced, byOthers, moved, conclusions, undos = [], submittedAgain = [], early = [], ahead = [], ...rest }: Found,
): readonly Warning[] {
  const { leftTags = [], files: { missing } = { missing: [] } } = rest;
  const dated = ({ commit, person, at }: MergePreview['early'][number]) => ({
    key: commit,
    text: t('merge.warn.aheadOne', { person, when: formatMoment(at), commit: shortHash(commit) }),
  });
  const act = (key: string, label: string, person: string, at: number) => ({
    key,
    text: t('merge.warn.undo', { label, person, when: formatMoment(at) }),
  });
  const rowsOf = {
    replaced: replaced.map((one) => said(one.message, one.commit, one.entity, one.source)),
    undos: undos.map(({ commit, label, person, at }) => act(commit, label, person, at)),
    moved: moved.map(({ passage, person, by, before, after }) => ({
      key: passage,
      text: t('merge.warn.movedOne', { person, by, before: short(before), after: short(after) }),
    })),
    conclusions: conclusions.map(({ message, commit, record, kind }) => ({
      key: `${commit} ${record} ${kind}`,
      text: message,
    })),
    again: submittedAgain.map(({ commit, name, coder, at }) => act(`${commit} ${name}`, name, coder, at)),
    leftTags: leftTags.map((left) => ({
      key: `${left.category.id} ${left.how} ${String(left.at)}`,
      text: leftWords(t, left),
    })),
    missing: missing.map((hash) => ({ key: hash, text: shortHash(hash) })),
  };
  return [
    { kind: 'replaced', severity: 'bad', rows: rowsOf.replaced },
    { kind: 'forged', severity: 'bad', ...named(byOthers.filter(({ forged }) => forged)) },
    { kind: 'undos', severity: 'warn', rows: rowsOf.undos },
    { kind: 'moved', severity: 'warn', rows: rowsOf.moved },
    { kind: 'conclusions', severity: 'warn', rows: rowsOf.conclusions },
    { kind: 'again', severity: 'warn', rows: rowsOf.again },
    { kind: 'restored', severity: 'warn', ...named(byOthers.filter(({ restored }) => restored)) },
    { kind: 'early', severity: 'warn', rows: early.map(dated) },
    { kind: 'ahead', severity: 'warn', rows: ahead.map(dated) },
    {
      kind: 'byOthers',
      severity: 'plain',
      ...named(byOthers.filter(({ forged, restored }) => !forged && !restored)),
    },
    { kind: 'leftTags', severity: 'warn', rows: rowsOf.leftTags },
    { kind: 'missing', severity: 'warn', rows: rowsOf.missing },
  ];
}

/** A row that is a message of the engine. The other texts make its key unique. */
const said = (text: string, ...about: readonly string[]) => ({ key: `${about.join(' ')} ${text}`, text });

/** Items that name somebody who did not sign them. */
const named = (items: MergePreview['byOthers']): Pick<Warning, 'rows' | 'count'> => ({
  rows: items.map(({ commit, kind, message }) => said(message, commit, kind)),
  count: items.reduce((sum, { records }) => sum + records, 0),
});

/** What was changed in the file outside of its signed log. Only the log is merged. */
export const editedFile = (edited: MergePreview['edited']): Warning => ({
  kind: 'edited',
  severity: 'bad',
  rows: edited.map(({ kind, id, message }) => said(message, kind, id)),
});

/** The beginning of a quotation. */
const short = (words: string): string => {
  const letters = Array.from(words);
  return letters.length > 60 ? `${letters.slice(0, 59).join('')}…` : words;
};

/** The most rows listed; the rest are counted. After a merge, everything that makes verifying fail is listed. */
const LISTED = 10;

/** Warnings with their items. `isMerged`: the merge is done, so the text does not say what to do before it. */
export function WarningNotes({ warnings, isMerged = false }: { warnings: readonly Warning[]; isMerged?: boolean }) {
  const { t } = useTranslation();
  return warnings.map(({ kind, severity, rows, count = rows.length }) => {
    if (rows.length === 0) return null;
    const isAll = isMerged && (kind === 'replaced' || kind === 'forged');
    const further = isAll ? 0 : rows.length - LISTED;
    return (
      <Note
        key={kind}
        tone={severity}
        {...(severity === 'bad' ? { role: 'alert' } : isMerged ? { role: 'status' } : {})}
      >
        <p className="strong">{kind === 'leftTags' ? t('merge.left.title') : t(`merge.warn.${kind}`, { count })}</p>
        <p>{textOf(t, kind, isMerged)}</p>
        <ul className="merge-named">
          {(isAll ? rows : rows.slice(0, LISTED)).map((row) => (
            <li key={row.key}>
              <bdi>{row.text}</bdi>
            </li>
          ))}
        </ul>
        {further > 0 ? <p>{t('merge.andMore', { count: further })}</p> : null}
      </Note>
    );
  });
}

function textOf(t: Words, kind: Warning['kind'], isMerged: boolean): string {
  if (kind === 'leftTags') return t('merge.left.willBe');
  const isOther = isMerged && (kind === 'edited' || kind === 'replaced' || kind === 'forged');
  return isOther ? t(`merge.warn.${kind}Merged`) : t(`merge.warn.${kind}Text`);
}
