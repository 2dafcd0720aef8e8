import { useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { ReviewDetail } from '../../../shared/contract/review.ts';
import { pagesOf, type Source } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { useChecks, type TextChecks } from '../../common/review/checks.ts';
import { CheckList } from '../../common/review/CheckList.tsx';
import { useTranslationDraft } from '../../common/review/drafts.ts';
import { USUAL_LANGUAGE } from '../../common/review/languages.ts';
import { lookInPage } from '../../common/review/state.ts';
import { isOnWay, type Step } from '../../common/review/steps.ts';
import { Thread } from '../../common/review/Thread.tsx';
import { Button } from '../../ui/Button.tsx';
import { ActBar } from './ActBar.tsx';
import { Differences } from './Differences.tsx';
import { History } from './History.tsx';
import { InPage, Original } from './Original.tsx';
import { focusQueue } from './QueueList.tsx';
import { ReturnedWhy } from './ReturnedWhy.tsx';
import { Steps } from './Steps.tsx';
import { Confirming } from './Confirming.tsx';
import { TagsPart } from './TagsPart.tsx';
import { Unsigned } from './Unsigned.tsx';
import { TranslationPart } from './TranslationPart.tsx';
import type { Acts } from './useActs.ts';
import type { OpenDetail } from './useDetail.ts';
import { usePassageCommands } from './usePassageCommands.ts';

interface PassagePaneProps {
  readonly open: OpenDetail;
  readonly acts: Acts;
  /** There is no pane for it beside this one: it stands below. */
  readonly withThread: boolean;
}

/** One passage: everything one needs to say yes or no to it. */
export function PassagePane({ open: { detail, main, source }, acts, withThread }: PassagePaneProps) {
  const { t } = useTranslation();
  const own = useCall('app.state', {}).data?.person ?? null;
  const { passage } = detail;
  const [wanted, setWanted] = useState<string | null>(null);
  const language = wanted ?? detail.translations[0]?.language ?? USUAL_LANGUAGE;
  const { draft } = useTranslationDraft(passage.id, language);
  const stored = detail.translations.find((one) => one.language === language);
  const checks = useChecks(passage, draft?.text ?? stored?.text ?? '', language);
  const [doing, setDoing] = useState<'edit' | 'return' | null>(null);
  const end = (): void => {
    setDoing(null);
    // The keyboard goes on from the queue, as if one had never left it.
    requestAnimationFrame(focusQueue);
  };
  const takeMain = (): void => {
    // What is said yes to is what is saved, and not what stands in the field.
    if (draft !== null && draft.text !== (stored?.text ?? '')) acts.refuse(t('review.translation.saveFirst'));
    else if (main === null) acts.refuse(t('review.who.nothing'));
    else if (main.allowed) void acts.move(detail, main.to);
    else acts.refuse(main.why);
  };
  usePassageCommands({
    main: takeMain,
    giveBack: () => setDoing('return'),
    edit: () => setDoing('edit'),
    look: () => lookInPage(passage.source, passage.id),
  });
  return (
    <section className="review-passage" aria-label={t('review.passage')}>
      <Head open={{ detail, main, source }} />
      <Steps detail={detail} main={main} me={own?.name ?? ''} />
      {/* A long passage scrolls, and a person without a pointer must reach its end. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroll" role="region" aria-label={t('review.content')} tabIndex={0}>
        <ReturnedWhy detail={detail} />
        <Differences detail={detail} language={source?.language ?? null} />
        <div className="review-duo">
          <Original passage={passage} source={source} />
          <TranslationPart
            detail={detail}
            language={language}
            onLanguage={setWanted}
            checks={checks}
            editing={doing === 'edit'}
            hasDraft={draft !== null}
            onEdit={() => setDoing('edit')}
            onEnd={end}
          />
        </div>
        <Below detail={detail} source={source} checks={stored === undefined && draft === null ? null : checks} />
        {withThread ? (
          <section className="review-below" aria-label={t('review.thread.title')}>
            <h3 className="review-cap">{t('review.thread.title')}</h3>
            <Thread detail={detail} compact />
          </section>
        ) : null}
      </div>
      <ActBar
        detail={detail}
        main={main}
        own={own?.id ?? null}
        acts={acts}
        returning={doing === 'return'}
        onReturn={() => setDoing(doing === 'return' ? null : 'return')}
        onReturned={end}
        onMain={takeMain}
      />
    </section>
  );
}

/** What is to be done, where the passage stands, and the way there. */
function Head({ open: { detail, main, source } }: { open: OpenDetail }) {
  const { t } = useTranslation();
  const { passage } = detail;
  return (
    <header className="bar review-head">
      <h2 className="strong cut">{titleOf(t, main, detail.translations.length > 0)}</h2>
      <span className="dim cut grow">
        {source === undefined ? null : (
          <>
            <bdi>{source.title ?? source.fileName}</bdi>, {t('review.page', { ...pagesOf(passage.anchor) })}
          </>
        )}
      </span>
      <Button kind="quiet" icon="openPlace" keys={['O']} onPress={() => lookInPage(passage.source, passage.id)}>
        {t('review.openInPage')}
      </Button>
    </header>
  );
}

interface BelowProps {
  readonly detail: ReviewDetail;
  readonly source: Source | undefined;
  /** Null where there is nothing to check yet. */
  readonly checks: TextChecks | null;
}

/** What else one looks at: the checks and tags, the words around, and what happened. */
function Below({ detail, source, checks }: BelowProps) {
  const { t } = useTranslation();
  const { passage } = detail;
  return (
    <>
      <div className="review-duo">
        <section aria-label={t('review.checks.title')}>
          <h3 className="review-cap">{t('review.checks.title')}</h3>
          {checks === null ? (
            <p className="hint">{t('review.checks.whenTranslated')}</p>
          ) : (
            <CheckList checks={checks} />
          )}
        </section>
        <div className="review-part">
          <TagsPart detail={detail} />
          <Confirming detail={detail} />
          <Unsigned detail={detail} />
        </div>
      </div>
      <div className="review-duo">
        <InPage passage={passage} source={source} />
        <section aria-label={t('review.history.title')}>
          <h3 className="review-cap">{t('review.history.title')}</h3>
          <History detail={detail} />
        </section>
      </div>
    </>
  );
}

type Translate = ReturnType<typeof useTranslation>['t'];

function titleOf(t: Translate, main: Step | null, isTranslated: boolean): string {
  if (main === null || !isOnWay(main.to)) return t('review.titles.over');
  if (main.to === 'checked') return t(isTranslated ? 'review.titles.checkTranslation' : 'review.titles.checkCoding');
  return t(`review.titles.${main.to}`);
}
