import type { SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { formatNumber } from '../../common/format.ts';
import { useMasks } from '../../common/masks/drawn-masks.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Note } from '../../ui/Note.tsx';

/** What an export would contain of this source: whether it is refused, what is still unmasked, and the text as readers will see it. */
export function GoesOutPane({ source }: { source: SourceId }) {
  const { t } = useTranslation();
  const { masks, open } = useMasks(source);
  const { data: out, error } = useCall('masks.preview', { source });
  const refusing = open.filter(({ refuses }) => refuses).length;
  const reasons = new Map(masks.map(({ number, reason }) => [number, reason]));
  return (
    <aside className="pane goes-out" aria-label={t('masks.out.title')}>
      <header className="pane-head">
        <h2>{t('masks.out.title')}</h2>
      </header>
      {/* Focusable, so that it can be scrolled by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="grow scroll" role="region" aria-label={t('masks.out.title')} tabIndex={0}>
        <section className="pane-section stack">
          {refusing > 0 ? (
            <Note tone="bad">
              <p className="strong">{t('masks.out.refused')}</p>
              <p>{t('masks.out.refusedText', { count: refusing })}</p>
            </Note>
          ) : (
            <Note tone="ok">{t('masks.out.notRefused')}</Note>
          )}
          {out?.warnings.map((warning) => (
            <Note key={warning} tone="warn">
              {warning}
            </Note>
          ))}
          {error === null ? null : <Note tone="bad">{error.message}</Note>}
        </section>
        {out === undefined ? null : (
          <>
            <section className="pane-section">
              <h3>{t('masks.out.record')}</h3>
              <dl className="definitions">
                <dt>{t('masks.out.sourceTitle')}</dt>
                <dd>
                  <bdi>{out.title === '' ? t('masks.out.noTitle') : out.title}</bdi>
                </dd>
                <dt>{t('masks.out.fileName')}</dt>
                <dd>
                  <bdi>{out.fileName}</bdi>
                </dd>
              </dl>
            </section>
            <section className="pane-section">
              <h3>
                <span className="grow">{t('masks.out.excerpts')}</span>
                {formatNumber(out.excerpts.length)}
              </h3>
              {out.excerpts.length === 0 ? <p className="unset">{t('masks.out.noExcerpts')}</p> : null}
              <ol className="goes-out-excerpts">
                {out.excerpts.map(({ mask, text }) => (
                  <li key={`${mask} ${text}`} value={mask}>
                    <blockquote className="source-words" dir="auto">
                      {text}
                    </blockquote>
                    <p className="hint">
                      <bdi>{t('masks.out.why', { reason: reasons.get(mask) ?? '' })}</bdi>
                    </p>
                  </li>
                ))}
              </ol>
              {out.withoutPictures ? <p className="hint">{t('masks.out.withoutPictures')}</p> : null}
              {out.areas.length === 0 ? null : (
                <p className="hint">{t('masks.out.areas', { count: out.areas.length })}</p>
              )}
            </section>
          </>
        )}
      </div>
      <footer className="pane-foot">{t('masks.out.kept')}</footer>
    </aside>
  );
}
