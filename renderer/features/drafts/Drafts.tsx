import { useRef, useState, useCallback } from 'react';
import type { Draft, DraftDesk, DraftFinding } from '../../../shared/contract/drafts.ts';
import { draftId } from '../../../shared/model/index.ts';
import { useCall, errorDataOf, useApi } from '../../api/index.ts';
import { shownKeysOf } from '../../common/commands/command-keys.ts';
import { runCommand } from '../../common/commands/registry.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Choice.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Kbd } from '../../ui/Kbd.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { OnePane } from '../../ui/OnePane.tsx';
import { Select } from '../../ui/Select.tsx';
import type { FrameWidth } from '../../ui/useMedia.ts';
import { DraftMenu } from './DraftMenu.tsx';
import { GoneWordings } from './EarlierWordings.tsx';
import { EvidencePane } from './EvidencePane.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import { type Chosen, OpenDialog } from './OpenDialog.tsx';
import { Report } from './Report.tsx';
import { Sentences } from './Sentences.tsx';
import { showAs, showDraft, showPane, showSentence, useDesk } from './state.ts';
import { Strip } from './Strip.tsx';
import { useDeskCommands } from './useDeskCommands.ts';
import { type DeskActs, useDeskActs } from './useDeskActs.ts';
import { chooseFiles } from '../../common/files/choose-files.ts';
import { notifyError } from '../../common/notices/notices.ts';

/** A draft sentence by sentence, with its evidence beside it. */
export function Drafts({ width }: { width: FrameWidth }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const { draft: wanted, pane, isReport } = useDesk();
  const list = useCall('drafts.list', {});
  const drafts = list.data?.drafts ?? [];
  const draft = drafts.find(({ id }) => id === wanted) ?? drafts[0];
  const { data: desk, error } = useCall('drafts.desk', draft === undefined ? null : { id: draft.id });
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const choose = useChooseDraft(setChosen);
  const opening = chosen === null ? null : <OpenDialog chosen={chosen} onClose={() => setChosen(null)} />;
  if (list.error !== null) return <InlineError message={list.error.message} />;
  if (list.data === undefined) return <div className="drafting" aria-busy="true" />;
  if (draft === undefined)
    return (
      <>
        <EmptyState title={t('desk.first.title')} text={t('desk.first.text')}>
          {isReadOnly ? null : (
            <Button kind="primary" icon="open" onPress={() => choose(null)}>
              {t('desk.open')}
            </Button>
          )}
        </EmptyState>
        {opening}
      </>
    );
  const head = <Head drafts={drafts} draft={draft} isReadOnly={isReadOnly} onChoose={choose} />;
  return (
    <>
      {error !== null || desk === undefined ? (
        <div className="drafting-main" aria-busy={error === null}>
          {head}
          {error === null ? (
            <p className="starting" role="status">
              {t('desk.reading')}
            </p>
          ) : (
            <InlineError message={error.message} />
          )}
        </div>
      ) : isReport ? (
        <Report key={draft.id} desk={desk} width={width} isReadOnly={isReadOnly} />
      ) : (
        <Desk key={draft.id} desk={desk} head={head} width={width} pane={pane} isReadOnly={isReadOnly} />
      )}
      {opening}
    </>
  );
}

interface HeadProps {
  readonly drafts: readonly Draft[];
  readonly draft: Draft;
  readonly isReadOnly: boolean;
  readonly onChoose: (before: Draft | null) => void;
}
function Head({ drafts, draft, isReadOnly, onChoose }: HeadProps) {
  const { t } = useTranslation();
  const look = useDesk((state) => state.look);
  return (
    <div className="bar drafting-head">
      <div className="grow">
        <Select
          label={t('desk.choose')}
          value={draft.id}
          options={drafts.map(({ id, title, version }) => ({ value: id, label: t('desk.named', { title, version }) }))}
          none={t('desk.none')}
          noneIsFine
          onChange={(value) => {
            const id = draftId.safeParse(value).data;
            if (id !== undefined) showDraft(id);
          }}
        />
        <bdi className="cut dim wide" title={draft.fileName}>
          {draft.fileName}
        </bdi>
      </div>
      <Segments
        label={t('desk.look')}
        value={look}
        options={[
          { value: 'sentences', label: t('desk.looks.sentences') },
          { value: 'text', label: t('desk.looks.text') },
        ]}
        onChange={showAs}
      />
      <Button keys={shownKeysOf('deskReport')} onPress={() => runCommand('deskReport')}>
        {t('desk.report.button')}
      </Button>
      {isReadOnly ? null : <DraftMenu drafts={drafts} draft={draft} onChoose={onChoose} />}
    </div>
  );
}

interface DeskProps {
  readonly desk: DraftDesk;
  readonly head: React.ReactNode;
  readonly width: FrameWidth;
  readonly pane: 'sentences' | 'evidence';
  readonly isReadOnly: boolean;
}
function Desk({ desk, head, width, pane, isReadOnly }: DeskProps) {
  const { t } = useTranslation();
  const number = useDesk((state) => state.sentence);
  const look = useDesk((state) => state.look);
  const sentence = desk.sentences[number - 1] ?? desk.sentences[0];
  const acts = useDeskActs(desk);
  const [isLinking, setLinking] = useState(false);
  const [keeping, keep] = useState<DraftFinding | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const toSentences = (): void => {
    const { activeElement } = document;
    const list = document.querySelector<HTMLElement>('.drafting-sentences');
    if (list !== null) list.focus();
    // On a narrow window the sentences are behind the form.
    else if (activeElement instanceof HTMLElement) activeElement.blur();
  };
  const toForm = (finding: DraftFinding | null): void => {
    keep(finding);
    showPane('evidence');
    requestAnimationFrame(() => form.current?.querySelector('input')?.focus());
  };
  useDeskCommands({ desk, sentence, acts, isReadOnly, onLink: () => setLinking(true), onForm: toForm });
  if (sentence === undefined) return <div className="drafting-main">{head}</div>;
  const show = (next: number): void => {
    keep(null);
    showSentence(next);
  };
  const main = (
    <div className="drafting-main">
      {head}
      <Strip desk={desk} current={sentence.number} onCurrent={show} />
      <LeftOut count={desk.looked.figuresLeftOut} />
      <GoneWordings wordings={desk.gone} />
      <Sentences desk={desk} current={sentence.number} look={look} onCurrent={show} />
      <ActBar desk={desk} acts={acts} number={sentence.number} isReadOnly={isReadOnly} />
    </div>
  );
  const evidence = (
    <EvidencePane
      desk={desk}
      sentence={sentence}
      acts={acts}
      isReadOnly={isReadOnly}
      keeping={keeping}
      onKeep={(finding) => (finding === null ? keep(null) : toForm(finding))}
      form={form}
      onLeave={toSentences}
      onLink={() => setLinking(true)}
    />
  );
  return (
    <>
      {width === 'one' ? (
        <OnePane
          label={t('desk.panes')}
          className="drafting"
          panes={[
            { name: 'sentences', label: t('desk.sentencesPane') },
            { name: 'evidence', label: t('desk.evidence') },
          ]}
          shown={pane}
          onShow={showPane}
        >
          {pane === 'sentences' ? main : evidence}
        </OnePane>
      ) : (
        <div className="drafting">
          {main}
          {evidence}
        </div>
      )}
      {isLinking ? <LinkDialog desk={desk} sentence={sentence} onClose={() => setLinking(false)} /> : null}
    </>
  );
}

/** Says how many sentences are left out, so that nothing is left out silently. */
function LeftOut({ count }: { count: number }) {
  const { t } = useTranslation();
  return count === 0 ? null : (
    <p className="line drafting-note" role="status">
      <Icon name="alert" size="small" />
      <span className="grow">{t('desk.figuresLeftOut', { count })}</span>
    </p>
  );
}

/** The buttons for the current sentence with their keys, and who may use them. */
function ActBar({
  desk,
  acts,
  number,
  isReadOnly,
}: {
  desk: DraftDesk;
  acts: DeskActs;
  number: number;
  isReadOnly: boolean;
}) {
  const { t } = useTranslation();
  const sentence = desk.sentences[number - 1];
  if (sentence === undefined || isReadOnly) return null;
  return (
    <div className="review-acts">
      <p id="drafting-who" className="review-who" data-no={sentence.refused === null ? undefined : true}>
        <Icon name="lock" size="small" />
        <span className="grow">{sentence.refused?.message ?? t('desk.twoNeeded', { author: desk.draft.author })}</span>
      </p>
      <div className="review-keys" role="toolbar" aria-label={t('desk.toolbar')}>
        <Button
          kind={sentence.refused === null ? 'primary' : 'plain'}
          keys={shownKeysOf('deskAccept')}
          aria-describedby="drafting-who"
          onPress={() => acts.accept(sentence, 'accepted')}
        >
          {t('desk.acts.accept')}
        </Button>
        <Button keys={shownKeysOf('deskReturn')} onPress={() => runCommand('deskReturn')}>
          {t('desk.acts.return')}
        </Button>
        <Button keys={shownKeysOf('deskLink')} onPress={() => runCommand('deskLink')}>
          {t('desk.link')}
        </Button>
        {sentence.findings.length > 0 ? null : (
          <Button keys={shownKeysOf('deskNothing')} onPress={() => acts.accept(sentence, 'nothing')}>
            {t('desk.acts.nothing')}
          </Button>
        )}
        <div className="review-hints">
          <span className="review-key">
            <Kbd keys={shownKeysOf('deskOpen')} />
            {t('desk.acts.openPlace')}
          </span>
          <span className="review-key">
            <Kbd keys={[...shownKeysOf('deskNext'), ...shownKeysOf('deskPrevious')]} />
            {t('desk.acts.walk')}
          </span>
          <span className="review-key">
            <Kbd keys={shownKeysOf('deskNextOpen')} />
            {t('desk.acts.nextOpen')}
          </span>
          <span className="review-key">
            <Kbd keys={shownKeysOf('deskText')} />
            {t('desk.acts.text')}
          </span>
        </div>
      </div>
    </div>
  );
}

/** The file types that a browser’s dialog offers. */
const ENDINGS = '.docx,.md,.markdown,.txt';

/** Lets a person choose a file to open as a draft, or as a newer version of one. */
function useChooseDraft(onChosen: (chosen: Chosen) => void): (before: Draft | null) => void {
  const api = useApi();
  const isNative = useCall('app.state', {}).data?.nativeDialogs ?? false;
  return useCallback(
    (before) => {
      const choose = async (): Promise<void> => {
        const [file] = isNative
          ? (await api.call('app.pickSources', { what: 'draft' })).offers
          : await api.offer(await chooseFiles({ multiple: false, accept: ENDINGS }));
        if (file !== undefined) onChosen({ ...file, before });
      };
      choose().catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
    },
    [api, isNative, onChosen],
  );
}
