import type { ReactNode } from 'react';
import { PersonName } from '../../common/people/PersonName.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { MergePreview } from '../../../shared/contract/merge.ts';
import { useCall } from '../../api/index.ts';
import { formatBytes, formatNumber, formatPeriod } from '../../common/format.ts';
import { useNow } from '../../common/now.ts';
import { FamilySign, restOf } from '../../ui/FamilySign.tsx';
import { Note } from '../../ui/Note.tsx';
import { useMerging } from './merge-state.ts';
import { ToItems } from './IncomingItems.tsx';
import { TrustBadge } from './TrustBadge.tsx';
import { useRecordWords } from '../../common/strings/record-words.ts';

/** The summary of the incoming edits for the side column; empty if there is no preview. */
export function MergeSummary() {
  const { t } = useTranslation();
  const stage = useMerging((state) => state.stage);
  if (stage.at !== 'preview' && stage.at !== 'merging') return null;
  return (
    <>
      <header className="pane-head merge-what">
        <h2 className="grow">{t('merge.comesIn')}</h2>
      </header>
      {/* Focusable, so that it can be scrolled by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroll" tabIndex={0} role="region" aria-label={t('merge.comesIn')}>
        <Summary preview={stage.preview} />
      </div>
    </>
  );
}

/** How many categories are shown, those with the most tags first. */
const CATEGORIES = 12;

export function Summary({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const categories = preview.byCategory.toSorted((a, b) => b.tags - a.tags);
  return (
    <>
      <Signed preview={preview} />
      <Counted title={t('merge.byPerson')}>
        {preview.byPerson.map(({ person, name, commits }) => (
          <Line
            key={person ?? name}
            name={<PersonName id={person} name={name} initials="small" isInRow />}
            value={t('records.edits', { count: commits })}
          />
        ))}
      </Counted>
      <ByKind preview={preview} />
      <Counted title={t('merge.byCategory')}>
        {categories.slice(0, CATEGORIES).map(({ category, code, name, colour, tags }) => (
          <Line
            key={category}
            name={
              <ToItems title={name} filter={{ category }}>
                <span className="line" title={name}>
                  <FamilySign code={code} colour={colour} />
                  <span className="code">{restOf(code)}</span>
                  <span className="unseen">{name}</span>
                </span>
              </ToItems>
            }
            value={formatNumber(tags)}
          />
        ))}
        {categories.length > CATEGORIES ? (
          <Line name={<span className="dim">{t('merge.andMore', { count: categories.length - CATEGORIES })}</span>} />
        ) : null}
      </Counted>
      <Files preview={preview} />
      {preview.refused.length === 0 ? null : (
        <section className="pane-section">
          <h3>
            <span className="grow">{t('merge.refusedTitle')}</span>
            <span className="bad">{formatNumber(preview.refused.length)}</span>
          </h3>
          <Note tone="bad">{preview.refused[0]?.reason}</Note>
        </section>
      )}
    </>
  );
}

/** The name of the file, the person who signed most of its edits, and when they were written. */
function Signed({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const now = useNow();
  const name = useMerging((state) => state.origin?.name ?? '');
  const known = useCall('app.people', {}).data?.people;
  const [first] = preview.byPerson.toSorted((a, b) => b.commits - a.commits);
  const from = Math.min(...preview.byPerson.map((one) => one.from));
  const to = Math.max(...preview.byPerson.map((one) => one.to));
  return (
    <section className="pane-section">
      <p className="strong merge-name">
        <bdi>{name}</bdi>
      </p>
      {preview.kind === 'other' ? <p className="hint">{t('merge.other.all')}</p> : null}
      <dl className="definitions">
        {preview.kind === 'other' || preview.project.title !== name ? (
          <>
            <dt>{t('merge.project')}</dt>
            <dd>
              <bdi>{preview.project.title}</bdi>
            </dd>
          </>
        ) : null}
        {first === undefined ? null : (
          <>
            <dt>{t('merge.signedBy')}</dt>
            <dd className="line" data-wrap>
              <bdi>{first.name}</bdi>
              <TrustBadge person={first} known={known} />
            </dd>
            <dt>{t('merge.fingerprint')}</dt>
            <dd className="mono merge-fingerprint">{first.fingerprint}</dd>
            <dt>{t('merge.written')}</dt>
            <dd>{formatPeriod(from, to, now)}</dd>
          </>
        )}
        {preview.kind === 'other' ? null : (
          <>
            <dt>{t('merge.common')}</dt>
            <dd>{t('records.edits', { count: preview.commits.known })}</dd>
          </>
        )}
      </dl>
    </section>
  );
}

function ByKind({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation();
  const words = useRecordWords();
  const rows = preview.byKind.flatMap(({ entity, added, changed, removed }) =>
    (
      [
        ['added', added],
        ['changed', changed],
        ['removed', removed],
      ] as const
    )
      .filter(([, count]) => count > 0)
      .map(([how, count]) => ({
        key: `${entity} ${how}`,
        name: t(`merge.how.${how}`, { what: words.many(entity) }),
        filter: { kind: entity, how },
        count,
      })),
  );
  return (
    <Counted title={t('merge.byKind')}>
      {rows.map(({ key, name, filter, count }) => (
        <Line
          key={key}
          name={preview.kind === 'other' ? name : <ToItems title={name} filter={filter} />}
          value={formatNumber(count)}
        />
      ))}
    </Counted>
  );
}

function Files({ preview: { files } }: { preview: MergePreview }) {
  const { t } = useTranslation();
  if (files.originals + files.layers + files.missing.length === 0) return null;
  return (
    <Counted title={t('merge.files')}>
      {files.originals === 0 ? null : <Line name={t('merge.originals')} value={formatNumber(files.originals)} />}
      {files.layers === 0 ? null : <Line name={t('merge.layers')} value={formatNumber(files.layers)} />}
      {files.bytes === 0 ? null : <Line name={t('merge.bytes')} value={formatBytes(files.bytes)} />}
      {files.missing.length === 0 ? null : (
        <Line name={t('merge.missing')} value={formatNumber(files.missing.length)} isWarning />
      )}
    </Counted>
  );
}

function Counted({ title, children }: { title: string; children: readonly ReactNode[] | ReactNode }) {
  const there = Array.isArray(children) ? children.flat().some((one) => one !== null) : children !== null;
  if (!there) return null;
  return (
    <section className="pane-section">
      <h3>{title}</h3>
      <dl className="merge-counts">{children}</dl>
    </section>
  );
}

function Line({ name, value, isWarning = false }: { name: ReactNode; value?: string; isWarning?: boolean }) {
  return (
    <div className={isWarning ? 'warn' : undefined}>
      <dt>{name}</dt>
      <dd className="number">{value}</dd>
    </div>
  );
}
