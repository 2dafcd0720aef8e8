import { useReadOnly } from '../read-only.ts';
import { useRef, useState } from 'react';
import { useTranslation } from '../strings/use-translation.ts';
import type { Passage, ShownState } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { returnFocus } from '../../ui/focus-memory.ts';
import { InlineError } from '../../ui/Note.tsx';
import { SectionHead } from '../../ui/SectionHead.tsx';
import { CheckList, useChecks } from './checks.tsx';
import { usePassageDraft, useTranslationDraft } from '../drafts/drafts.ts';
import { directionOf, languageName, USUAL_LANGUAGE } from './languages.ts';
import { MarkedWords } from './MarkedWords.tsx';
import { openInReview, useFocusRequests, useFocusRequest, requestFocus, toneOf } from './state.ts';
import { Thread, openTalks } from './Thread.tsx';
import { UnsignedNote } from './UnsignedNote.tsx';
import { TranslationEditor } from './TranslationEditor.tsx';
import { Badge } from '../../ui/Badge.tsx';
import { shownKeysOf } from '../commands/command-keys.ts';

/** The review state of the current passage, and a link to its review. */
export function InspectorState({ passage }: { passage: Passage }) {
  const { t } = useTranslation();
  return (
    <p className="line inspector-state">
      <StateBadge state={passage.state} />
      <span className="hint grow cut">{t(`review.next.${passage.state}`)}</span>
      <LinkButton aria-label={t('review.commands.openInReview')} onPress={() => openInReview(passage.id)}>
        {t('review.openIn')}
      </LinkButton>
      <kbd aria-hidden>G</kbd>
    </p>
  );
}

/** The translation of the current passage, read or edited. */
export function InspectorTranslation({ passage }: { passage: Passage }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const stored = passage.translations[0] ?? null;
  const language = stored?.language ?? USUAL_LANGUAGE;
  const { draft } = useTranslationDraft(passage.id, language);
  /** Grows each time the editor is asked for, so that it takes the keyboard again; 0 while none is. */
  const [asked, setAsked] = useState(0);
  const editing = asked > 0;
  const from = useRef<Element | null>(null);
  const begin = (): void => {
    from.current = document.activeElement;
    setAsked((times) => times + 1);
  };
  useFocusRequest('translation', begin);
  const checks = useChecks(passage, stored?.text ?? '', language);
  return (
    <section className="pane-section" aria-label={t('review.translation.title')}>
      <SectionHead
        title={t('review.translation.title')}
        act={t(stored === null ? 'review.translation.write' : 'review.translation.edit')}
        keys={shownKeysOf('translatePassage')}
        onAct={isReadOnly ? null : begin}
      />
      {editing || draft !== null ? (
        <TranslationEditor
          key={asked}
          passage={passage}
          language={language}
          stored={stored}
          autoFocus={editing}
          onEnd={() => {
            setAsked(0);
            returnFocus(from.current);
          }}
        />
      ) : stored === null ? (
        <p className="unset">{t('review.translation.none')}</p>
      ) : (
        <>
          <p className="review-words inspector-translation" lang={language} dir={directionOf(language)}>
            <MarkedWords text={stored.text} marks={checks.marks} />
          </p>
          <UnsignedNote passage={passage} of={['translation']} />
          <CheckList checks={checks} short />
          <p className="hint">
            {languageName(language)}, {t(`review.translation.short.${stored.method}`)},{' '}
            {t(`review.translation.states.${stored.state}`)}
          </p>
        </>
      )}
    </section>
  );
}

/** The comments on the current passage. */
export function InspectorComments({ passage }: { passage: Passage }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const isRequested = useFocusRequests(({ request }) => request === 'comment');
  const [wasRequested, setWasRequested] = useState(isRequested);
  if (isRequested && !wasRequested) setWasRequested(true);
  const [draft] = usePassageDraft('comment', passage.id);
  // Read only if there are comments or one is being written, since a reader moves quickly from passage to passage.
  const isAsked = passage.comments > 0 || wasRequested || draft !== '';
  const { data: detail, error } = useCall('review.get', isAsked ? { passage: passage.id } : null);
  const open = detail === undefined ? 0 : openTalks(detail.comments);
  return (
    <section className="pane-section inspector-comments" aria-label={t('review.thread.comments')}>
      <SectionHead
        title={
          open === 0 || detail === undefined
            ? t('review.thread.comments')
            : t('review.thread.commentsOpen', { count: open })
        }
        act={t('review.thread.write')}
        keys={shownKeysOf('commentPassage')}
        onAct={isReadOnly ? null : () => requestFocus('comment')}
      />
      {error === null ? null : <InlineError message={error.message} />}
      <Thread key={passage.id} passage={passage.id} detail={detail ?? null} compact />
    </section>
  );
}

/** A passage’s review state. */
export function StateBadge({ state }: { state: ShownState }) {
  const { t } = useTranslation();
  const tone = toneOf(state);
  return (
    <Badge tone={tone} {...(tone === 'ok' ? { icon: 'check' } : {})}>
      {t(`review.states.${state}`)}
    </Badge>
  );
}
