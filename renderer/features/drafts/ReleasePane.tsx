import { type ReactNode, useEffect, useRef } from 'react';
import type { DraftDesk, DraftSentence } from '../../../shared/contract/drafts.ts';
import type { ClaimId } from '../../../shared/model/index.ts';
import { openClaims, setWhich, showClaim } from '../../common/claims/state.ts';
import { formatNumber } from '../../common/format.ts';
import { useNames } from '../../common/people/use-names.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { goTo } from '../../common/workbench/workbench.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { keepFocusSomewhere } from '../../ui/focus-memory.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { handleListKey } from '../../ui/keys.ts';
import { Note } from '../../ui/Note.tsx';
import { ListRow } from '../../ui/VirtualList.tsx';
import { Status } from './Sentences.tsx';
import { isMarkdown, leaveReport, type ReportParts, segmentsOf, warningsOf } from './state.ts';
import { useDeskActs } from './useDeskActs.ts';

interface ReleaseProps {
  readonly desk: DraftDesk;
  readonly parts: ReportParts;
  /** The number of the current sentence; null if the draft has none. */
  readonly current: number | null;
  readonly onWalk: (number: number) => void;
  readonly isReadOnly: boolean;
}
/** What prevents the release of a draft, with links to it; all sentences by status; and the button that releases the draft. */
export function ReleasePane({ desk, parts, current, onWalk, isReadOnly }: ReleaseProps) {
  const { t } = useTranslation();
  const acts = useDeskActs(desk);
  const { draft, refused } = desk;
  const isReleased = draft.released !== null;
  const canRelease = refused.length === 0 && !isReleased && !isReadOnly;
  return (
    <aside className="pane drafting-release" aria-label={t('desk.report.release')}>
      <header className="pane-head">
        <h2 className="grow">{t('desk.report.release')}</h2>
        {isReleased ? (
          <Badge tone="ok" icon="check">
            {t('desk.report.isReleased')}
          </Badge>
        ) : refused.length > 0 ? (
          <Badge tone="bad" icon="lock">
            {t('desk.report.isRefused')}
          </Badge>
        ) : (
          <Badge>{t('desk.report.isReady')}</Badge>
        )}
      </header>
      {/* Focusable, so that it can be scrolled by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroll drafting-stands" role="region" aria-label={t('desk.report.release')} tabIndex={0}>
        <Against desk={desk} />
        <Passes refused={refused} />
        <Warnings sentences={desk.sentences} />
      </div>
      {current === null ? null : <ByPart desk={desk} parts={parts} current={current} onWalk={onWalk} />}
      <footer className="pane-foot drafting-out">
        <Button
          kind={canRelease ? 'primary' : 'plain'}
          isDisabled={!canRelease}
          onPress={() => void acts.release().then(keepFocusSomewhere)}
        >
          {t('desk.report.releaseIt', { version: draft.version })}
        </Button>
        <span className="grow" />
        {current === null ? null : (
          <span className="review-key">
            <Kbd keys={['Enter']} />
            {t('desk.report.keys')}
          </span>
        )}
      </footer>
    </aside>
  );
}

/** A line with a link to the first sentence that it is about. */
function Found({ icon, tone, numbers, way = null, children }: FoundProps) {
  const { t } = useTranslation();
  const [first] = numbers;
  return (
    <li className="line">
      <span data-tone={tone}>
        <Icon name={icon} size="small" />
      </span>
      <span className="grow">{children}</span>
      {first === undefined ? null : (
        <LinkButton onPress={() => leaveReport(first)}>{t('desk.report.goTo', { number: first })}</LinkButton>
      )}
      {way}
    </li>
  );
}
interface FoundProps {
  readonly icon: 'close' | 'alert' | 'check';
  readonly tone?: 'bad' | 'warn';
  readonly numbers: readonly number[];
  /** A link that replaces the one to the sentence. */
  readonly way?: ReactNode;
  readonly children: ReactNode;
}

/** A link to the contradicted claim in the evidence, where a person can answer it. */
function ToClaim({ claim }: { claim: ClaimId }) {
  const { t } = useTranslation();
  return (
    <LinkButton
      onPress={() => {
        openClaims();
        setWhich('all');
        showClaim(claim);
        goTo('evidence');
      }}
    >
      {t('desk.report.goToClaim')}
    </LinkButton>
  );
}

function Against({ desk: { draft, refused, looked } }: { desk: DraftDesk }) {
  const { t } = useTranslation();
  const names = useNames();
  return (
    <section className="pane-section stack">
      {draft.released === null ? null : (
        <Note tone="ok">{t('desk.report.releasedBy', { name: names?.get(draft.released.person) ?? '' })}</Note>
      )}
      {refused.length > 0 ? (
        <Note tone="bad">{t('desk.report.refused', { version: draft.version })}</Note>
      ) : draft.released === null ? (
        <Note>{t('desk.report.ready')}</Note>
      ) : null}
      <ul className="drafting-found">
        {refused.map(({ kind, message, sentences, hint, claim }) => (
          <Found
            key={`${kind} ${message}`}
            icon="close"
            tone="bad"
            numbers={claim === null ? sentences : []}
            way={claim === null ? null : <ToClaim claim={claim} />}
          >
            <b className="strong">{message}</b>
            {hint === '' ? null : <span className="hint drafting-hint">{hint}</span>}
          </Found>
        ))}
      </ul>
      <p className="hint">
        {t('desk.report.looked', { count: looked.sources })}
        {looked.failed === 0 ? '' : ` ${t('desk.report.failed', { count: looked.failed })}`}
      </p>
    </section>
  );
}

/** The checks of the engine that do not prevent the release. */
function Passes({ refused }: Pick<DraftDesk, 'refused'>) {
  const { t } = useTranslation();
  const kinds = new Set(refused.map(({ kind }) => kind));
  const passes = [
    ...(kinds.has('unmasked') || kinds.has('masked') ? [] : (['unmasked'] as const)),
    ...(kinds.has('original') ? [] : (['original'] as const)),
    ...(kinds.has('contradicted') ? [] : (['contradicted'] as const)),
  ];
  return passes.length === 0 ? null : (
    <section className="pane-section stack">
      <h3>{t('desk.report.passes')}</h3>
      <ul className="drafting-found">
        {passes.map((kind) => (
          <Found key={kind} icon="check" numbers={[]}>
            {t(`desk.report.pass.${kind}`)}
          </Found>
        ))}
      </ul>
    </section>
  );
}

function Warnings({ sentences }: Pick<DraftDesk, 'sentences'>) {
  const { t } = useTranslation();
  const warnings = [...warningsOf(sentences)];
  if (warnings.length === 0) return null;
  return (
    <section className="pane-section stack">
      <h3>
        <span className="grow">{t('desk.report.warnings')}</span>
        <span>{formatNumber(warnings.reduce((sum, [, numbers]) => sum + numbers.length, 0))}</span>
      </h3>
      <ul className="drafting-found">
        {warnings.map(([kind, numbers]) => (
          <Found key={kind} icon="alert" tone="warn" numbers={numbers}>
            {t(`desk.report.warning.${kind}`)} <b className="strong">{formatNumber(numbers.length)}</b>
          </Found>
        ))}
      </ul>
    </section>
  );
}

/** All sentences by status, as on the page. The list is one tab stop; Enter or a press goes to a sentence. */
function ByPart({ desk, parts, current, onWalk }: Omit<ReleaseProps, 'isReadOnly' | 'current'> & { current: number }) {
  const { t } = useTranslation();
  const list = useRef<HTMLDivElement>(null);
  const order = parts.flatMap(({ sentences }) => sentences);
  useEffect(() => list.current?.focus(), []);
  useEffect(() => {
    list.current?.querySelector(`#${idOf(current)}`)?.scrollIntoView({ block: 'nearest' });
  }, [current]);
  const isMarked = isMarkdown(desk.draft.fileName);
  return (
    <div
      ref={list}
      className="scroll drafting-parted"
      role="listbox"
      aria-label={t('desk.report.sentences')}
      aria-activedescendant={idOf(current)}
      tabIndex={0}
      onKeyDown={(event) =>
        handleListKey(event, {
          current: order.findIndex(({ number }) => number === current),
          count: order.length,
          ignoresModifiers: true,
          onMove: (next) => onWalk(order[next]?.number ?? current),
          onKey: () => {
            if (event.key !== 'Enter') return false;
            leaveReport(current);
            return true;
          },
        })
      }
    >
      {parts.map(({ part, sentences }) =>
        sentences.length === 0 ? null : (
          <div key={part} role="group" aria-label={t(`desk.report.parts.${part}`)}>
            <p className="drafting-part" aria-hidden>
              <span className="grow">{t(`desk.report.parts.${part}`)}</span>
              {formatNumber(sentences.length)}
            </p>
            {sentences.map((sentence) => (
              <Row
                key={sentence.number}
                sentence={sentence}
                isCurrent={sentence.number === current}
                isMarked={isMarked}
              />
            ))}
          </div>
        ),
      )}
    </div>
  );
}

const idOf = (number: number): string => `drafting-reported-${String(number)}`;

function Row({ sentence, isCurrent, isMarked }: { sentence: DraftSentence; isCurrent: boolean; isMarked: boolean }) {
  const { number, lang } = sentence;
  return (
    <ListRow id={idOf(number)} isCurrent={isCurrent} className="drafting-reported" onClick={() => leaveReport(number)}>
      <span className="code dim">{formatNumber(number)}</span>
      <span className="cut" lang={lang === 'zh' ? 'zh' : undefined}>
        <bdi>
          {segmentsOf(sentence, isMarked)
            .map(({ text }) => text)
            .join('')}
        </bdi>
      </span>
      <Status sentence={sentence} />
    </ListRow>
  );
}
