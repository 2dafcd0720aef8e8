import { useEffect, useMemo, useRef, useState } from 'react';
import type { DraftDesk } from '../../../shared/contract/drafts.ts';
import { DRAFT_REPORT_FORMATS } from '../../../shared/model/index.ts';
import { errorDataOf, useCall, useWrite } from '../../api/index.ts';
import { keysOf, shownKeysOf } from '../../common/commands/command-keys.ts';
import { type Command, useCommands } from '../../common/commands/registry.ts';
import { useTellExported } from '../../common/files/exported.ts';
import { announce, announceRow, notifyError } from '../../common/notices/notices.ts';
import { printOwnPage } from '../../common/own-pages/own-page.ts';
import { OwnPage } from '../../common/own-pages/OwnPage.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { focusScreen } from '../../ui/focus-memory.ts';
import { InlineError } from '../../ui/Note.tsx';
import { OnePane } from '../../ui/OnePane.tsx';
import type { FrameWidth } from '../../ui/useMedia.ts';
import { ReleasePane } from './ReleasePane.tsx';
import { inParts, leaveReport, useDesk } from './state.ts';
import { usePaperRows } from './usePaperRows.ts';

/** The report on a draft as it will be printed, beside the pane for its release. */
export function Report({ desk, width, isReadOnly }: { desk: DraftDesk; width: FrameWidth; isReadOnly: boolean }) {
  const { t } = useTranslation();
  const from = useDesk((state) => state.sentence);
  const { data, error } = useCall('drafts.report', { id: desk.draft.id });
  const parts = useMemo(() => inParts(desk), [desk]);
  const order = useMemo(() => parts.flatMap(({ sentences }) => sentences), [parts]);
  const [wanted, setCurrent] = useState(from);
  const current = (order.find(({ number }) => number === wanted) ?? order[0])?.number ?? null;
  const [pane, showPane] = useState<'paper' | 'release'>('paper');
  const paper = usePaperRows(current, leaveReport);
  const walk = (number: number): void => {
    setCurrent(number);
    paper.scrollTo(number);
  };
  const print = (): void => {
    if (data !== undefined) printOwnPage(data.html).catch((thrown: unknown) => notifyError(errorDataOf(thrown)));
  };
  useReportCommands({ order, current, onWalk: walk, onPrint: print });
  const { fails, open, once, returned, accepted } = desk.counts;
  const opened = t('desk.report.opened', { fails, open: open + once + returned, stands: accepted });
  const said = useRef(opened);
  // The button that opened the report is no longer on the screen.
  useEffect(() => {
    announce(said.current);
    focusScreen(false);
  }, []);
  const main = (
    <section className="drafting-report" aria-label={t('desk.report.title')}>
      <Bar draft={desk.draft} onPrint={print} />
      {error === null ? null : <InlineError message={error.message} />}
      {data === undefined ? (
        <div className="grow" aria-busy={error === null}>
          {error === null ? (
            <p className="starting" role="status">
              {t('desk.report.reading')}
            </p>
          ) : null}
        </div>
      ) : (
        <OwnPage title={t('desk.report.paper')} html={data.html} frame={paper.frame} onLoad={paper.onLoad} />
      )}
    </section>
  );
  const release = <ReleasePane desk={desk} parts={parts} current={current} onWalk={walk} isReadOnly={isReadOnly} />;
  return width === 'one' ? (
    <OnePane
      label={t('desk.report.panes')}
      className="drafting"
      panes={[
        { name: 'paper', label: t('desk.report.heading') },
        { name: 'release', label: t('desk.report.release') },
      ]}
      shown={pane}
      onShow={showPane}
    >
      {pane === 'paper' ? main : release}
    </OnePane>
  ) : (
    <div className="drafting">
      {main}
      {release}
    </div>
  );
}

/** The bar above the report: back, the draft’s name, and the buttons that save and print. */
function Bar({ draft, onPrint }: { draft: DraftDesk['draft']; onPrint: () => void }) {
  const { t } = useTranslation();
  const write = useWrite('app.writeDraftReport');
  const tellExported = useTellExported();
  const save = (format: (typeof DRAFT_REPORT_FORMATS)[number]): void =>
    write.mutate(
      { id: draft.id, format },
      {
        onSuccess: ({ done, ...file }) => (done ? tellExported(file) : undefined),
        onError: (thrown) => notifyError(errorDataOf(thrown)),
      },
    );
  return (
    <div className="bar">
      <Button kind="quiet" icon="back" keys={shownKeysOf('deskBack')} onPress={() => leaveReport()}>
        {t('desk.report.back')}
      </Button>
      <h2 className="strong">{t('desk.report.heading')}</h2>
      <bdi className="cut dim grow">{t('desk.report.of', { title: draft.title, version: draft.version })}</bdi>
      <div className="line" role="group" aria-label={t('desk.report.save')}>
        <span className="dim drafting-save" aria-hidden>
          {t('desk.report.save')}
        </span>
        {DRAFT_REPORT_FORMATS.map((format) => (
          <Button key={format} isPending={write.isPending} onPress={() => save(format)}>
            {t(`desk.report.formats.${format}`)}
          </Button>
        ))}
      </div>
      <Button icon="print" keys={shownKeysOf('deskPrint')} onPress={onPrint}>
        {t('desk.report.print')}
      </Button>
    </div>
  );
}

interface Current {
  readonly order: DraftDesk['sentences'];
  readonly current: number | null;
  readonly onWalk: (number: number) => void;
  readonly onPrint: () => void;
}
/** The keys of the report. The desk’s keys for moving and opening work here, too, in the order of the report. */
function useReportCommands(current: Current): void {
  const { t } = useTranslation();
  const latest = useRef(current);
  useEffect(() => {
    latest.current = current;
  });
  useCommands(
    useMemo((): Command[] => {
      const group = 'review';
      const step = (by: number): void => {
        const { order, current, onWalk } = latest.current;
        const to = order[order.findIndex(({ number }) => number === current) + by];
        if (to === undefined) return announce(t('desk.done.end'));
        onWalk(to.number);
        announceRow(`${t('desk.cell', { number: to.number, state: t(`desk.states.${to.state}`) })}: ${to.text}`);
      };
      const open = (): void => leaveReport(latest.current.current ?? undefined);
      const back = (): void => leaveReport();
      const print = (): void => latest.current.onPrint();
      return [
        { id: 'deskReport', title: t('desk.commands.back'), group, keys: keysOf('deskReport'), run: back },
        { id: 'deskBack', title: t('desk.commands.back'), group, keys: keysOf('deskBack'), run: back },
        { id: 'deskOpen', title: t('desk.commands.goSentence'), group, keys: keysOf('deskOpen'), run: open },
        {
          id: 'deskNext',
          title: t('desk.commands.next'),
          group,
          keys: keysOf('deskNext'),
          repeats: true,
          run: () => step(1),
        },
        {
          id: 'deskPrevious',
          title: t('desk.commands.previous'),
          group,
          keys: keysOf('deskPrevious'),
          repeats: true,
          run: () => step(-1),
        },
        { id: 'deskPrint', title: t('desk.commands.print'), group, keys: keysOf('deskPrint'), run: print },
      ];
    }, [t]),
  );
}
