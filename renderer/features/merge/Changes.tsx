import { useState } from 'react';
import { PersonInitials } from '../../common/people/PersonName.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { MergePreview } from '../../../shared/contract/merge.ts';
import type { KnownPerson } from '../../../shared/contract/people.ts';
import { useCall } from '../../api/index.ts';
import { formatNumber, formatPeriod, shortHash } from '../../common/format.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { useNow } from '../../common/now.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Note } from '../../ui/Note.tsx';
import { ToItems } from './IncomingItems.tsx';
import { leftWords } from './LeftTagsNote.tsx';
import { confirmedBefore, trustOf, TrustBadge } from './TrustBadge.tsx';

/** The incoming edits: warnings first, then by person and by source. */
export function Changes({ preview }: { preview: MergePreview }) {
  return (
    <>
      <Warnings preview={preview} />
      <People preview={preview} />
      <Sources preview={preview} />
    </>
  );
}

/** How many items the warnings name, without those that the log’s history explains. */
export function warningCount(
  {
    byPerson,
    undos,
    ahead,
    early,
    files,
    byOthers,
    replaced,
    moved,
    conclusions,
    submittedAgain,
    leftTags,
  }: MergePreview,
  known: readonly KnownPerson[] | undefined,
): number {
  const keys = byPerson.filter((person) => ['changed', 'new'].includes(trustOf(person, known)));
  const named = byOthers.filter((one) => one.forged || one.restored);
  return [
    keys,
    undos,
    ahead,
    early,
    files.missing,
    named,
    replaced,
    moved,
    conclusions,
    submittedAgain,
    leftTags,
  ].reduce((sum, { length }) => sum + length, 0);
}

function Warnings({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const { byPerson, undos, ahead, early, files, undoneMerge, byOthers, replaced, moved, submittedAgain, leftTags } =
    preview;
  const forged = byOthers.filter((one) => one.forged);
  const restored = byOthers.filter((one) => one.restored);
  const explained = byOthers.filter((one) => !one.forged && !one.restored);
  return (
    <div className="merge-warnings">
      <ChangedKeys people={byPerson} />
      <Named
        tone="bad"
        title={t('merge.warn.replaced', { count: replaced.length })}
        text={t('merge.warn.replacedText')}
        rows={replaced.map(({ commit, entity, source, message }) => ({
          key: `${commit} ${entity} ${source} ${message}`,
          text: message,
        }))}
      />
      <Named
        tone="bad"
        title={t('merge.warn.forged', { count: counted(forged) })}
        text={t('merge.warn.forgedText')}
        rows={forged.map(byOther)}
      />
      <FreshKeys people={byPerson} />
      {undoneMerge === null ? null : <Note tone="plain">{t('merge.warn.undone')}</Note>}
      <Named
        title={t('merge.warn.undos', { count: undos.length })}
        text={t('merge.warn.undosText')}
        rows={undos.map(({ commit, label, person, at }) => ({
          key: commit,
          text: t('merge.warn.undo', { label, person, when: formatMoment(at) }),
        }))}
      />
      <Named
        title={t('merge.warn.moved', { count: moved.length })}
        text={t('merge.warn.movedText')}
        rows={moved.map((one) => ({ key: one.passage, text: movedInWords(t, one) }))}
      />
      <Conclusions conclusions={preview.conclusions} />
      <Named
        title={t('merge.warn.again', { count: submittedAgain.length })}
        text={t('merge.warn.againText')}
        rows={submittedAgain.map(({ commit, name, coder, at }) => ({
          key: `${commit} ${name}`,
          text: t('merge.warn.undo', { label: name, person: coder, when: formatMoment(at) }),
        }))}
      />
      <Named
        title={t('merge.warn.restored', { count: counted(restored) })}
        text={t('merge.warn.restoredText')}
        rows={restored.map(byOther)}
      />
      <Dates early={early} ahead={ahead} />
      <Named
        tone="plain"
        title={t('merge.warn.byOthers', { count: counted(explained) })}
        text={t('merge.warn.byOthersText')}
        rows={explained.map(byOther)}
      />
      <Named
        title={t('merge.left.title')}
        text={t('merge.left.willBe')}
        rows={leftTags.map((left) => ({
          key: `${left.category.id} ${left.how} ${String(left.at)}`,
          text: leftWords(t, left),
        }))}
      />
      <Named
        title={t('merge.warn.missing', { count: files.missing.length })}
        text={t('merge.warn.missingText')}
        rows={files.missing.map((hash) => ({ key: hash, text: shortHash(hash) }))}
      />
    </div>
  );
}

/** What was changed in the file outside of its signed log. Only the log is merged. */
export function EditedFile({ edited, text }: { edited: MergePreview['edited']; text: string }) {
  const { t } = useTranslation();
  const rows = edited.map(({ kind, id, message }) => ({ key: `${kind} ${id} ${message}`, text: message }));
  return <Named tone="bad" title={t('merge.warn.edited')} text={text} rows={rows} />;
}

/** Edits with impossible dates. */
function Dates({ early, ahead }: Pick<MergePreview, 'early' | 'ahead'>) {
  const { t } = useTranslation();
  return (
    <>
      <Named
        title={t('merge.warn.early', { count: early.length })}
        text={t('merge.warn.earlyText')}
        rows={early.map(({ commit, person, at }) => ({
          key: commit,
          text: t('merge.warn.aheadOne', { person, when: formatMoment(at), commit: shortHash(commit) }),
        }))}
      />
      <Named
        title={t('merge.warn.ahead', { count: ahead.length })}
        text={t('merge.warn.aheadText')}
        rows={ahead.map(({ commit, person, at }) => ({
          key: commit,
          text: t('merge.warn.aheadOne', { person, when: formatMoment(at), commit: shortHash(commit) }),
        }))}
      />
    </>
  );
}

type People = MergePreview['byPerson'];

/** People who sign with a different key from the one that was confirmed. */
function ChangedKeys({ people }: { people: People }) {
  const { t } = useTranslation();
  const known = useCall('app.people', {}).data?.people;
  const changed = people.filter((person) => trustOf(person, known) === 'changed');
  return (
    <>
      {changed.map((person) => (
        <Note key={person.fingerprint} tone="bad" role="alert">
          <p className="strong">{t('merge.warn.changed', { name: person.name })}</p>
          <p>{t('merge.warn.changedText', { name: person.name })}</p>
          <dl className="definitions merge-keys">
            <dt>{t('merge.warn.before')}</dt>
            <dd className="mono">{confirmedBefore(person, known) ?? t('merge.warn.notKnown')}</dd>
            <dt>{t('merge.warn.now')}</dt>
            <dd className="mono">{person.fingerprint}</dd>
          </dl>
        </Note>
      ))}
    </>
  );
}

function FreshKeys({ people }: { people: People }) {
  const { t } = useTranslation();
  const known = useCall('app.people', {}).data?.people;
  const fresh = people.filter((person) => trustOf(person, known) === 'new');
  return (
    <>
      {fresh.length === 0 ? null : (
        <Note tone="warn">
          <p className="strong">{t('merge.warn.fresh', { count: fresh.length })}</p>
          <p>{t('merge.warn.freshText')}</p>
          <dl className="definitions merge-keys">
            {fresh.map(({ name, fingerprint }) => (
              <div key={fingerprint} className="merge-key">
                <dt>
                  <bdi>{name}</bdi>
                </dt>
                <dd className="mono">{fingerprint}</dd>
              </div>
            ))}
          </dl>
        </Note>
      )}
    </>
  );
}

type ByOther = MergePreview['byOthers'][number];
const counted = (rows: readonly ByOther[]): number => rows.reduce((sum, { records }) => sum + records, 0);
const byOther = ({ commit, kind, message }: ByOther) => ({ key: `${commit} ${kind} ${message}`, text: message });

/** Claims, contradictions, confirmed copies and masks that a merge changed or removed. */
export function Conclusions({ conclusions }: Pick<MergePreview, 'conclusions'>) {
  const { t } = useTranslation();
  return (
    <Named
      title={t('merge.warn.conclusions', { count: conclusions.length })}
      text={t('merge.warn.conclusionsText')}
      rows={conclusions.map(({ commit, record, kind, message }) => ({
        key: `${commit} ${record} ${kind}`,
        text: message,
      }))}
    />
  );
}

/** The beginning of a quotation. */
const short = (words: string): string => {
  const letters = Array.from(words);
  return letters.length > 60 ? `${letters.slice(0, 59).join('')}…` : words;
};

export const movedInWords = (
  t: ReturnType<typeof useTranslation>['t'],
  { person, by, before, after }: MergePreview['moved'][number],
): string => t('merge.warn.movedOne', { person, by, before: short(before), after: short(after) });

/** The most items listed; the rest are counted. */
export const NAMED = 10;

function Named({
  tone = 'warn',
  title,
  text,
  rows,
}: {
  tone?: 'warn' | 'bad' | 'plain';
  title: string;
  text: string;
  rows: readonly { readonly key: string; readonly text: string }[];
}) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  return (
    <Note tone={tone} {...(tone === 'bad' ? { role: 'alert' } : {})}>
      <p className="strong">{title}</p>
      <p>{text}</p>
      <ul className="merge-named">
        {rows.slice(0, NAMED).map((row) => (
          <li key={row.key}>
            <bdi>{row.text}</bdi>
          </li>
        ))}
      </ul>
      {rows.length > NAMED ? <p>{t('merge.andMore', { count: rows.length - NAMED })}</p> : null}
    </Note>
  );
}

function People({ preview: { byPerson } }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const now = useNow();
  const known = useCall('app.people', {}).data?.people;
  return (
    <section className="team-block" aria-labelledby="merge-by-person">
      <h3 id="merge-by-person" className="section-head">
        {t('merge.byPerson')}
      </h3>
      <table className="merge-table">
        <thead>
          <tr>
            <th scope="col">{t('merge.columns.person')}</th>
            <th scope="col">{t('merge.columns.fingerprint')}</th>
            <th scope="col">{t('merge.columns.written')}</th>
            <th scope="col" className="number">
              {t('merge.columns.commits')}
            </th>
            <th scope="col" className="number">
              {t('merge.columns.changes')}
            </th>
          </tr>
        </thead>
        <tbody>
          {byPerson.map((person) => (
            <tr key={person.person ?? person.fingerprint}>
              <th scope="row">
                <span className="line" data-wrap>
                  {/* Without a mark for the key: the badge says more. */}
                  <PersonInitials id={person.person} name={person.name} size="small" />
                  {person.person === null ? (
                    <bdi>{person.name}</bdi>
                  ) : (
                    <ToItems title={person.name} filter={{ person: person.person }} />
                  )}
                  <TrustBadge person={person} known={known} />
                </span>
              </th>
              <td className="mono">{person.fingerprint}</td>
              <td>{formatPeriod(person.from, person.to, now)}</td>
              <td className="number">{formatNumber(person.commits)}</td>
              <td className="number">{formatNumber(person.changes)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** The number of sources shown at first. */
const FIRST = 50;

function Sources({ preview: { bySource } }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const [all, showAll] = useState(false);
  if (bySource.length === 0) return null;
  const rows = bySource.toSorted((a, b) => b.passages + b.tags - a.passages - a.tags);
  return (
    <section className="team-block" aria-labelledby="merge-by-source">
      <h3 id="merge-by-source" className="section-head">
        {t('merge.bySource')}
      </h3>
      <table className="merge-table">
        <thead>
          <tr>
            <th scope="col">{t('merge.columns.source')}</th>
            <th scope="col" className="number">
              {t('merge.columns.passages')}
            </th>
            <th scope="col" className="number">
              {t('merge.columns.tags')}
            </th>
          </tr>
        </thead>
        <tbody>
          {(all ? rows : rows.slice(0, FIRST)).map(({ source, title, isNew, passages, tags }) => (
            <tr key={source}>
              <th scope="row">
                <span className="line">
                  <ToItems title={title} filter={{ source }} />
                  {isNew ? <Badge icon="add">{t('merge.newHere')}</Badge> : null}
                </span>
              </th>
              <td className="number">{formatNumber(passages)}</td>
              <td className="number">{formatNumber(tags)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {all || rows.length <= FIRST ? null : (
        <Button size="small" onPress={() => showAll(true)}>
          {t('merge.allSources', { count: rows.length })}
        </Button>
      )}
    </section>
  );
}
