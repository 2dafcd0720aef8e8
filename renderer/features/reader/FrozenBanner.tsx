import type { ReactNode } from 'react';
import { useQuery } from '@tanstack/react-query';
import { frozenPagePath } from '../../../shared/model/frozen-csp.ts';
import type { Source, LayerId } from '../../../shared/model/index.ts';
import { hiddenTexts } from '../../../shared/text/page-text.ts';
import { useCall } from '../../api/index.ts';
import { Address, copyAddress } from '../../common/captures/Address.tsx';
import { CaptureRows } from '../../common/captures/CaptureRows.tsx';
import { runCommand } from '../../common/commands/registry.ts';
import { formatCaptured, formatCapturedHere } from '../../common/format.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { showRecord } from '../../common/workbench/screens.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Flyout } from '../../ui/Flyout.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { domTree } from '../../viewer/page/frame-text.ts';
import type { SourceView } from '../../viewer/types.ts';

/** Another layout of a page: whether there is one for this page, and whether it is on. */
export interface LayoutChoice {
  readonly applies: boolean;
  readonly isOn: boolean;
  readonly set: (isOn: boolean) => void;
}

/** Says that the page is a frozen copy, and when, by whom and from which address it was captured, if known. */
export function FrozenBanner({
  source,
  isScreenshot,
  view,
  layout: { readable, frames },
}: {
  source: Source;
  isScreenshot: boolean;
  view: SourceView | null;
  layout: { readonly readable: LayoutChoice; readonly frames: LayoutChoice };
}) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const { time, collector, url } = source.capture;
  const known = [
    ...(time === null ? [] : [t('reader.capturedAt', { time: formatCaptured(time) })]),
    ...(collector === null ? [] : [t('reader.capturedBy', { collector })]),
  ].join(', ');
  return (
    <div className="frozen-banner">
      <Icon name="lock" size="small" />
      <span className="cut" title={time === null ? undefined : t('archive.asWritten', { time })}>
        <b>{t(isScreenshot ? 'picture.ofPage' : 'reader.frozenPage')}</b>
        {known === '' ? null : <bdi>{`, ${known}`}</bdi>}
      </span>
      {url === null ? <span className="grow" /> : <Address url={url} />}
      {isScreenshot ? null : <LayoutButton label={t('reader.readable')} choice={readable} />}
      {isScreenshot ? null : <LayoutButton label={t('reader.framesInFull')} choice={frames} />}
      {isScreenshot || source.layer === null ? null : <HiddenPassages layer={source.layer} view={view} />}
      {isReadOnly ? null : (
        <Button kind="quiet" size="small" onPress={() => runCommand('textLayers.readAgain')}>
          {t('textLayers.title')}
        </Button>
      )}
      <Flyout label={t('captured.record')}>{(close) => <CaptureFlyout source={source} onClose={close} />}</Flyout>
    </div>
  );
}

function LayoutButton({ label, choice: { applies, isOn, set } }: { label: string; choice: LayoutChoice }) {
  return applies ? (
    <Button kind="quiet" size="small" aria-pressed={isOn} onPress={() => set(!isOn)}>
      {label}
    </Button>
  ) : null;
}

/** The capture record: the address, the HTTP status, and what freezing left out. */
function CaptureFlyout({ source, onClose }: { source: Source; onClose: () => void }) {
  const { t } = useTranslation();
  const { url, time, tool, collector } = source.capture;
  return (
    <>
      <section className="stack" aria-label={t('record.capture')}>
        <h3>{t('record.capture')}</h3>
        <dl className="definitions">
          <CaptureField source={source} field="captureUrl" label={t('record.fields.url')}>
            {url === null ? null : (
              <>
                <bdi dir="ltr">{url}</bdi>{' '}
                <LinkButton onPress={() => copyAddress(t, url)}>{t('reader.copyAddress')}</LinkButton>
              </>
            )}
          </CaptureField>
          <CaptureField source={source} field="captureTime" label={t('record.fields.time')}>
            {time === null ? null : (
              <>
                {formatCapturedHere(time)} <span className="hint">{t('archive.asWritten', { time })}</span>
              </>
            )}
          </CaptureField>
          <CaptureField source={source} field="captureTool" label={t('record.fields.tool')}>
            {tool}
          </CaptureField>
          <CaptureField source={source} field="captureCollector" label={t('record.fields.collector')}>
            {collector}
          </CaptureField>
          <CaptureRows source={source} />
        </dl>
        <span>
          <LinkButton
            onPress={() => {
              onClose();
              showRecord(source.id);
            }}
          >
            {t('captured.edit')}
          </LinkButton>
        </span>
      </section>
      <FreezeNotes source={source} />
    </>
  );
}

function CaptureField({
  source,
  field,
  label,
  children,
}: {
  source: Source;
  field: string;
  label: string;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  const where = source.prefilled[field];
  return (
    <>
      <dt>{label}</dt>
      <dd>
        {children === null ? <span className="unset">{t('record.notKnown')}</span> : children}
        {children === null || where === undefined ? null : (
          <div className="hint">{t('record.fromFile', { where })}</div>
        )}
      </dd>
    </>
  );
}

/** What the frozen page lacks, from the notes of its layer. */
function FreezeNotes({ source }: { source: Source }) {
  const { t } = useTranslation();
  const layer = useCall('layers.get', source.layer === null ? null : { id: source.layer }).data;
  const isCut = useCall('layers.frozen', source.layer === null ? null : { id: source.layer }).data?.isCut === true;
  if (layer === undefined || (layer.notes.length === 0 && !isCut)) return null;
  return (
    <section className="stack" aria-label={t('captured.leftOut')}>
      <h3>{t('captured.leftOut')}</h3>
      <ul className="capture-list">
        {layer.notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
        {isCut ? <li>{t('captured.tooCostly')}</li> : null}
      </ul>
    </section>
  );
}

/** How many characters before a hidden text are shown to say where it is. */
const BEFORE = 40;

/** A button with the list of texts that the page contains but does not show; nothing if there are none. */
function HiddenPassages({ layer, view }: { layer: LayerId; view: SourceView | null }) {
  const { t } = useTranslation();
  const hidden = useHidden(layer);
  const text = useCall('layers.text', hidden === null || hidden.count === 0 ? null : { id: layer }).data?.text ?? '';
  if (hidden === null || hidden.count === 0) return null;
  const more = hidden.count - hidden.passages.length;
  return (
    <Flyout label={t('hidden.passages', { count: hidden.count })}>
      {(close) => (
        <>
          <p className="hint">{t('hidden.about')}</p>
          <ul className="capture-list">
            {hidden.passages.map((passage, index) => (
              // The texts have no ids, and may be equal.
              <li key={index}>
                <bdi className="reading">{passage.text}</bdi>
                <span>
                  <LinkButton
                    onPress={() => {
                      close();
                      view?.scrollTo(Math.max(0, passage.at - 1), Math.max(1, passage.at));
                    }}
                  >
                    <bdi>{whereOf(text.slice(0, passage.at), t)}</bdi>
                  </LinkButton>
                </span>
              </li>
            ))}
          </ul>
          {more > 0 ? <p className="hint">{t('hidden.more', { count: more })}</p> : null}
        </>
      )}
    </Flyout>
  );
}

function whereOf(before: string, t: ReturnType<typeof useTranslation>['t']): string {
  const words = before.slice(-BEFORE).replace(/\s+/g, ' ').trim();
  return words === '' ? t('hidden.first') : t('hidden.after', { words });
}

/**
 * The page’s hidden texts, found in a document that is not displayed and cannot run or load anything; null until then.
 */
function useHidden(layer: LayerId): ReturnType<typeof hiddenTexts> | null {
  const { data } = useQuery({
    queryKey: ['hidden texts', layer],
    queryFn: async () => {
      const response = await fetch(frozenPagePath(layer));
      if (!response.ok) return null;
      const page = new DOMParser().parseFromString(await response.text(), 'text/html');
      return hiddenTexts<Node>(page, domTree);
    },
  });
  return data ?? null;
}
