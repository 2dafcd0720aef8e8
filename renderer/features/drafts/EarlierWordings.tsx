import type { EarlierWording, SentenceMark } from '../../../shared/contract/drafts.ts';
import { formatWhen } from '../../common/format.ts';
import { useNow } from '../../common/now.ts';
import { PersonName } from '../../common/people/PersonName.tsx';
import { useNames } from '../../common/people/use-names.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';

/** A person’s mark on a sentence: who, what, in which version and when, with their comment. */
export function SaidOfIt({ mark }: { mark: SentenceMark }) {
  const { state, comment, person, at, version, notCounted } = mark;
  const { t } = useTranslation();
  const names = useNames();
  const now = useNow();
  return (
    <div className="drafting-mark">
      <p className="line" data-wrap>
        <PersonName id={person} name={names?.get(person) ?? ''} initials="small" />
        <span>{t(`desk.marks.${state}`)}</span>
        <span className="dim">
          {t('desk.inVersion', { version })}, {formatWhen(at, now)}
        </span>
      </p>
      {comment === '' ? null : <p>{comment}</p>}
      {notCounted === null ? null : <p className="hint">{t(`desk.notCounted.${notCounted}`)}</p>}
    </div>
  );
}

/** The marks and links of the current sentence’s earlier wordings. */
export function EarlierWordings({ wordings }: { wordings: readonly EarlierWording[] }) {
  const { t } = useTranslation();
  if (wordings.length === 0) return null;
  return (
    <section className="drafting-finding">
      <h3>{t('desk.before')}</h3>
      <Wordings wordings={wordings} />
    </section>
  );
}

/** The marks and links of wordings that resemble no sentence any more. They are above the sentences, since they belong to none. */
export function GoneWordings({ wordings }: { wordings: readonly EarlierWording[] }) {
  const { t } = useTranslation();
  if (wordings.length === 0) return null;
  return (
    <details className="drafting-gone">
      <summary className="drafting-note">{t('desk.gone', { count: wordings.length })}</summary>
      {/* Focusable, so that it can be scrolled by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroll" role="region" aria-label={t('desk.gone', { count: wordings.length })} tabIndex={0}>
        <Wordings wordings={wordings} />
      </div>
    </details>
  );
}

function Wordings({ wordings }: { wordings: readonly EarlierWording[] }) {
  const { t } = useTranslation();
  return wordings.map(({ text, marks, links }) => (
    <div key={text} className="drafting-mark">
      <p className="hint">
        <bdi>“{text}”</bdi>
      </p>
      {marks.map((mark) => (
        <SaidOfIt key={mark.id} mark={mark} />
      ))}
      {links.map(({ id, to }) => (
        <p key={id} className="hint">
          {t('desk.wasLinked')} <bdi>{to.kind === 'claim' ? to.text : to.quote === '' ? to.title : to.quote}</bdi>
        </p>
      ))}
    </div>
  ));
}
