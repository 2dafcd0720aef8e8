import { useEffect, useRef, useState, type RefObject } from 'react';
import type { SourceId } from '../../../shared/model/index.ts';
import { useFreshCall, useCall } from '../../api/index.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { KeptPanes } from '../../common/workbench/side-panes.tsx';
import { useWorkbench, type PaneId, activate } from '../../common/workbench/workbench.ts';
import { InlineError, Note } from '../../ui/Note.tsx';
import { tokenPixels } from '../../ui/token.ts';
import { contentAddress } from '../../viewer/pdf/page-texts.ts';
import { keptDocuments } from '../../viewer/pdf/kept-documents.ts';
import { SourceBody } from './SourceBody.tsx';
import { SourceTabs, TabDrop } from './SourceTabs.tsx';
import { useTabCommands } from './commands/panes.ts';
import { PaneContext, useIsActive, useReaderPane } from './panes.ts';

/** The reader: one pane, or two in the split view, of which only the active one is shown if both do not fit. */
export function Reader() {
  const { t } = useTranslation();
  const panes = useWorkbench((state) => state.panes);
  const active = useWorkbench((state) => state.active);
  const frame = useRef<HTMLDivElement>(null);
  const fitsTwo = useFitsTwo(frame);
  useTabCommands();
  const isSplit = panes.length > 1;
  const shown = isSplit && !fitsTwo ? panes.filter(({ id }) => id === active) : panes;
  const label = (id: PaneId): string =>
    isSplit ? t(panes[0]?.id === id ? 'split.first' : 'split.second') : t('panes.reader');
  return (
    <div ref={frame} className="reader-sides" data-split={isSplit || undefined}>
      <KeptPanes
        id="split"
        panes={shown.map(({ id }) => ({
          id,
          label: label(id),
          main: true,
          content: <PaneProvider id={id} label={label(id)} isSplit={isSplit} isFolded={isSplit && !fitsTwo} />,
        }))}
      />
    </div>
  );
}

/** Whether two panes fit. Measured on the reader itself, since the panes beside it open and close. */
function useFitsTwo(frame: RefObject<HTMLElement | null>): boolean {
  const [fitsTwo, setFitsTwo] = useState(true);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return undefined;
    const observer = new ResizeObserver(() => setFitsTwo(element.clientWidth >= 2 * tokenPixels('--page-least')));
    observer.observe(element);
    return () => observer.disconnect();
  }, [frame]);
  return fitsTwo;
}

interface Props {
  readonly id: PaneId;
  readonly label: string;
  readonly isSplit: boolean;
  /** The reader is split, but only one pane fits. */
  readonly isFolded: boolean;
}

/** One pane of the reader: its tabs, and the source in front. */
function PaneProvider(props: Props) {
  return (
    <PaneContext value={props.id}>
      <PaneFrame {...props} />
    </PaneContext>
  );
}

function PaneFrame({ id, label, isSplit, isFolded }: Props) {
  const { tabs, source } = useReaderPane();
  const isActive = useIsActive();
  const section = useRef<HTMLElement>(null);
  useActivateOnUse(section, id);
  return (
    <section
      ref={section}
      className="reader"
      data-side={id}
      data-active={(isSplit && isActive) || undefined}
      aria-label={label}
    >
      {source === null ? null : (
        <>
          <SourceTabs tabs={tabs} front={source} isSplit={isSplit} isFolded={isFolded} />
          <div
            className="reader-panel"
            role="tabpanel"
            id={`panel-${id}`}
            aria-labelledby={`tab-${id}-${source}`}
            tabIndex={-1}
            data-holds-focus={isActive || undefined}
          >
            <FrontSource id={source} />
          </div>
        </>
      )}
      <TabDrop isSplit={isSplit} />
    </section>
  );
}

function FrontSource({ id }: { id: SourceId }) {
  const source = useCall('sources.get', { id });
  if (source.error !== null) return <InlineError message={source.error.message} />;
  return (
    <>
      <Integrity id={id} />
      {source.data === undefined ? null : <SourceBody key={id} source={source.data} />}
    </>
  );
}

/** Makes a pane active when it, or a frame in it, gets a pointer press or the focus. */
function useActivateOnUse(section: React.RefObject<HTMLElement | null>, id: PaneId): void {
  useEffect(() => {
    const element = section.current;
    if (element === null) return undefined;
    const makeActive = (): void => activate(id);
    // When a frame takes the focus, its page only gets a blur event.
    const onBlur = (): void => {
      const { activeElement } = document;
      if (activeElement instanceof HTMLIFrameElement && element.contains(activeElement)) makeActive();
    };
    element.addEventListener('pointerdown', makeActive, { capture: true });
    element.addEventListener('focusin', makeActive);
    window.addEventListener('blur', onBlur);
    return () => {
      element.removeEventListener('pointerdown', makeActive, { capture: true });
      element.removeEventListener('focusin', makeActive);
      window.removeEventListener('blur', onBlur);
    };
  }, [section, id]);
}

/** Reads and hashes the original whenever a source is opened, and warns if the hash does not match. */
function Integrity({ id }: { id: SourceId }) {
  const { t } = useTranslation();
  const verified = useFreshCall('sources.verify', { id });
  const isChanged = verified.data?.ok === false;
  // Pages that were painted from the earlier bytes must not be shown again.
  useEffect(() => {
    if (isChanged) keptDocuments.neverKeep(contentAddress(id));
  }, [isChanged, id]);
  if (verified.error !== null) return <InlineError message={verified.error.message} />;
  if (verified.data === undefined || verified.data.ok) return null;
  return (
    <Note tone="bad" role="alert">
      {verified.data.found === null ? t('reader.originalMissing') : t('reader.originalChanged')}
    </Note>
  );
}
