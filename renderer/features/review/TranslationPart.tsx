import { useState } from 'react';
import type { ReviewDetail } from '../../../shared/contract/review.ts';
import { MarkedWords } from '../../common/review/MarkedWords.tsx';
import { TranslationEditor } from '../../common/review/TranslationEditor.tsx';
import type { TextChecks } from '../../common/review/checks.tsx';
import { directionOf, languageName, TRANSLATED_INTO } from '../../common/review/languages.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { TO_SEE } from './useSeen.ts';
import { numbered } from './History.tsx';
import { shownKeysOf } from '../../common/commands/command-keys.ts';

interface TranslationPartProps {
  readonly detail: ReviewDetail;
  readonly language: string;
  readonly onLanguage: (language: string) => void;
  readonly checks: TextChecks;
  /** Whether the passage is in another language than English. */
  readonly needed: boolean;
  readonly editing: boolean;
  /** There is an unsaved draft: the field is open, but does not take the focus. */
  readonly hasDraft: boolean;
  readonly onEdit: () => void;
  readonly onEnd: () => void;
}

/** The translation beside its original, with the changes of the last draft marked; or its editor. */
export function TranslationPart(props: TranslationPartProps) {
  const { detail, language, onLanguage, checks, needed, editing, hasDraft, onEdit, onEnd } = props;
  const { t } = useTranslation();
  const [isPlain, setPlain] = useState(false);
  const stored = detail.translations.find((one) => one.language === language) ?? null;
  const last = numbered(detail.drafts).find(({ draft }) => draft.language === language) ?? null;
  const before = last?.before?.text ?? null;
  const hasChanges = stored !== null && before !== null && before !== '' && last?.draft.text === stored.text;
  const isOpen = editing || hasDraft;
  if (!needed && stored === null && !isOpen && detail.translations.length === 0)
    return (
      <section aria-label={t('review.translation.title')}>
        <h3 className="review-cap">
          <span className="grow">{t('review.translation.title')}</span>
        </h3>
        <p className="hint">{t('review.translation.notNeeded')}</p>
      </section>
    );
  return (
    <section aria-label={t('review.translation.title')}>
      <h3 className="review-cap">
        <span className="grow">
          {stored === null ? t('review.translation.title') : t(`review.translation.by.${stored.method}`)},{' '}
          <Languages detail={detail} language={language} onLanguage={onLanguage} />
        </span>
        {hasChanges && !isOpen ? (
          <LinkButton aria-pressed={!isPlain} onPress={() => setPlain(!isPlain)}>
            {t(isPlain ? 'review.translation.showChanges' : 'review.translation.hideChanges')}
          </LinkButton>
        ) : null}
        {last === null || stored === null ? null : <span>{t('review.history.draft', { number: last.number })}</span>}
      </h3>
      {isOpen ? (
        <TranslationEditor
          key={`${detail.passage.id} ${language} ${String(editing)}`}
          passage={detail.passage}
          language={language}
          stored={stored}
          autoFocus={editing}
          onEnd={onEnd}
          withoutChecks
        />
      ) : stored === null ? (
        <div className="stack">
          <p className="unset">{t('review.translation.none')}</p>
          <div>
            <Button size="small" icon="edit" keys={shownKeysOf('reviewTranslate')} onPress={onEdit}>
              {t('review.translation.write')}
            </Button>
          </div>
        </div>
      ) : (
        <p className="review-translation review-words" {...TO_SEE} lang={language} dir={directionOf(language)}>
          <MarkedWords text={stored.text} before={hasChanges && !isPlain ? before : null} marks={checks.marks} />
        </p>
      )}
    </section>
  );
}

/** The menu of languages: those the passage is translated into, and common ones. */
function Languages({ detail, language, onLanguage }: Pick<TranslationPartProps, 'detail' | 'language' | 'onLanguage'>) {
  const { t } = useTranslation();
  const there = detail.translations.map((one) => one.language);
  const all = [...new Set([...there, language, ...TRANSLATED_INTO])];
  return (
    <Menu
      label={t('review.translation.language')}
      trigger={
        <LinkButton aria-label={t('review.translation.languageIs', { language: languageName(language) })}>
          {languageName(language)}
        </LinkButton>
      }
      entries={all.map((one) => ({
        id: one,
        label: there.includes(one)
          ? t('review.translation.thereIn', { language: languageName(one) })
          : languageName(one),
        ...(one === language ? { icon: 'check' as const } : {}),
        run: () => onLanguage(one),
      }))}
    />
  );
}
