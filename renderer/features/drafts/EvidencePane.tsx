import { type RefObject, useState } from 'react';
import type { DraftDesk, DraftFinding, DraftSentence } from '../../../shared/contract/drafts.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openPassage } from '../../common/workbench/workbench.ts';
import { Badge, GapBadge } from '../../ui/Badge.tsx';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';
import { EarlierWordings, SaidOfIt } from './EarlierWordings.tsx';
import { Finding } from './Finding.tsx';
import { unresolved } from './state.ts';
import type { DeskActs } from './useDeskActs.ts';

export interface EvidencePaneProps {
  readonly desk: DraftDesk;
  readonly sentence: DraftSentence;
  readonly acts: DeskActs;
  readonly isReadOnly: boolean;
  /** The finding to keep, for which the form asks a reason; null if the form is for the comment of a return. */
  readonly keeping: DraftFinding | null;
  readonly onKeep: (finding: DraftFinding | null) => void;
  readonly form: RefObject<HTMLFormElement | null>;
  /** Called when the form was sent or left. */
  readonly onLeave: () => void;
  readonly onLink: () => void;
}

/** The findings in the current sentence, its evidence, and people’s marks. */
export function EvidencePane(props: EvidencePaneProps) {
  const { desk, sentence, acts, isReadOnly, onKeep, onLink } = props;
  const { t } = useTranslation();
  const open = unresolved(sentence);
  return (
    <aside className="pane drafting-evidence" aria-label={t('desk.evidence')}>
      <header className="pane-head">
        <h2>{t('desk.evidence')}</h2>
        <span className="dim grow">{t('desk.of', { number: sentence.number, count: desk.sentences.length })}</span>
        {open.length === 0 ? null : (
          <Badge tone="warn" icon="alert">
            {t('desk.unresolved', { count: open.length })}
          </Badge>
        )}
      </header>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="scroll drafting-findings" tabIndex={0} role="group" aria-label={t('desk.evidence')}>
        {sentence.findings.length === 0 ? <p className="hint drafting-finding">{t('desk.nothingFound')}</p> : null}
        {sentence.findings.map((finding) => (
          <Finding
            key={finding.key}
            finding={finding}
            looked={desk.looked}
            isCurrent={finding.key === open[0]?.key}
            isReadOnly={isReadOnly}
            onChange={() => void acts.resolve(sentence, finding, 'change')}
            onKeep={() => (finding.weight === 'error' ? onKeep(finding) : void acts.resolve(sentence, finding, 'keep'))}
            onTakeBack={() => void acts.resolve(sentence, finding, null)}
          />
        ))}
        <Links sentence={sentence} isReadOnly={isReadOnly} onUnlink={acts.unlink} onLink={onLink} />
        <Marks sentence={sentence} />
        <EarlierWordings wordings={sentence.before} />
      </div>
      {isReadOnly ? null : <Comment {...props} />}
    </aside>
  );
}

function Links({
  sentence: { links },
  isReadOnly,
  onUnlink,
  onLink,
}: {
  sentence: DraftSentence;
  isReadOnly: boolean;
  onUnlink: DeskActs['unlink'];
  onLink: () => void;
}) {
  const { t } = useTranslation();
  return (
    <section className="drafting-finding">
      <h3>
        <span className="grow">{t('desk.linked')}</span>
        {isReadOnly ? null : (
          <Button size="small" kind="quiet" keys={shownKeysOf('deskLink')} onPress={onLink}>
            {t('desk.link')}
          </Button>
        )}
      </h3>
      {links.length === 0 ? <p className="hint">{t('desk.noLinks')}</p> : null}
      {links.map(({ id, to, quotation }) => (
        <div key={id} className="drafting-link">
          {to.kind === 'passage' ? (
            <bdi className="source-words">{to.quote === '' ? to.title : to.quote}</bdi>
          ) : (
            <>
              <bdi>{to.text}</bdi>
              {to.unanswered > 0 || to.supports === 0 ? (
                <span className="line" data-wrap>
                  {to.unanswered > 0 ? (
                    <Badge tone="bad" icon="alert">
                      {t('claims.gaps.contradicted')}
                    </Badge>
                  ) : null}
                  {to.supports === 0 ? <GapBadge>{t('claims.gaps.noSupport')}</GapBadge> : null}
                </span>
              ) : null}
            </>
          )}
          {quotation === null ? null : <bdi className="hint">“{quotation}”</bdi>}
          <span className="line hint">
            <bdi className="grow cut">
              {to.kind === 'passage'
                ? to.title
                : t('desk.claimStands', { supports: to.supports, limits: to.limits, contradicts: to.contradicts })}
            </bdi>
            {to.kind === 'passage' ? (
              <LinkButton onPress={() => openPassage({ source: to.source, passage: to.passage })}>
                {t('desk.openPlace')}
              </LinkButton>
            ) : null}
            {isReadOnly ? null : <LinkButton onPress={() => onUnlink(id)}>{t('desk.unlink')}</LinkButton>}
          </span>
        </div>
      ))}
    </section>
  );
}

function Marks({ sentence: { marks } }: { sentence: DraftSentence }) {
  const { t } = useTranslation();
  if (marks.length === 0) return null;
  return (
    <section className="drafting-finding">
      <h3>{t('desk.said')}</h3>
      {marks.map((mark) => (
        <SaidOfIt key={mark.id} mark={mark} />
      ))}
    </section>
  );
}

/** Asks for the reason of a return, or of keeping an error. Enter sends it. */
function Comment({ sentence, acts, keeping, onKeep, form, onLeave }: EvidencePaneProps) {
  const { t } = useTranslation();
  const [text, setText] = useState('');
  const send = (): void => {
    const done = keeping === null ? acts.sendBack(sentence, text) : acts.resolve(sentence, keeping, 'keep', text);
    void done.then((is) => {
      if (!is) return;
      setText('');
      leave();
    });
  };
  // Leave the field, so that letters act as commands on the sentences again.
  const leave = (): void => {
    onKeep(null);
    onLeave();
  };
  return (
    <form
      ref={form}
      className="drafting-comment"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Field
        label={keeping === null ? t('desk.comment') : `${t('desk.reason')}: ${keeping.text}`}
        value={text}
        onChange={setText}
        onLeave={leave}
      />
      <Button type="submit" size="small">
        {keeping === null ? t('desk.send') : t('desk.keepIt')}
      </Button>
    </form>
  );
}
