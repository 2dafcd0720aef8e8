import { useEffect, useMemo, useState } from 'react';
import { ApiError, useApi, useCall, errorDataOf, useWrite } from '../../api/index.ts';
import { readStyles } from './read-styles.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { SourceId, Source } from '../../../shared/model/index.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { useWorkbench } from '../../common/workbench/workbench.ts';
import { originalPath } from '../../../shared/contract/bytes.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { Select } from '../../ui/Select.tsx';
import type { CallOutput } from '../../../shared/contract/index.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { Badge } from '../../ui/Badge.tsx';

/**
 * While a project is open, this window reads the styles of pages that are imported or whose text is extracted again, one
 * after the other, without showing them.
 */
export function PageStyles() {
  const api = useApi();
  useEffect(() => {
    let isGone = false;
    let last = Promise.resolve();
    const readOne = async (token: string): Promise<void> => {
      if (isGone) return;
      const { mine } = await api.call('pageStyles.take', { token });
      if (mine) await api.call('pageStyles.done', await readStyles(token));
    };
    const stop = api.on('pageStyles.wanted', ({ token }) => {
      last = last.then(() => readOne(token)).catch(tell);
    });
    return () => {
      isGone = true;
      stop();
    };
  }, [api]);
  return <ReadAgain />;
}

/** Errors of calls are not shown: the import has ended or has given up waiting for the page, and its report says so. */
function tell(thrown: unknown): void {
  if (!(thrown instanceof ApiError)) reportError(thrown);
}

/** The command that shows the text layers of the current source and extracts its text again, and its dialog. */
function ReadAgain() {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<SourceId | null>(null);
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'textLayers.readAgain',
          title: t('textLayers.command'),
          writes: true,
          group: 'reading',
          when: () => inFront() !== null,
          run: () => setAsked(inFront()),
        },
      ],
      [t],
    ),
  );
  const source = useCall('sources.get', asked === null ? null : { id: asked }).data;
  return asked === null || source === undefined ? null : (
    <ReadAgainDialog source={source} onClose={() => setAsked(null)} />
  );
}

function inFront(): SourceId | null {
  const { place, source } = useWorkbench.getState();
  return place === 'read' ? source : null;
}

/**
 * The encodings that can be selected, by their label in the Encoding standard; those frequent in our sources come
 * first.
 */
const ENCODINGS = [
  'utf-8',
  'gb18030',
  'big5',
  'windows-1251',
  'windows-1256',
  'shift_jis',
  'euc-kr',
  'windows-1252',
  'koi8-r',
  'euc-jp',
  'windows-1254',
  'utf-16le',
  'utf-16be',
] as const;
type Encoding = (typeof ENCODINGS)[number];

type Outcome = { readonly error: string } | { readonly same: boolean; readonly notes: readonly string[] };

/**
 * A source’s text layers, and extracting its text again: with another encoding, or with its page styles, now that a
 * window can read them.
 */
function ReadAgainDialog({ source, onClose }: { source: Source; onClose: () => void }) {
  const { t } = useTranslation();
  const { mutateAsync: remake, isPending: isReading } = useWrite('layers.remake');
  const layers = useCall('layers.list', { source: source.id }).data?.layers ?? [];
  const [charset, setCharset] = useState<Encoding | null>(null);
  const [outcome, setOutcome] = useState<Outcome | null>(null);
  const beginning = useBeginning(source, charset);
  const readAgain = (): void => {
    remake({ source: source.id, charset, pageStyles: source.kind === 'page' }).then(setOutcome, (thrown: unknown) =>
      setOutcome({ error: errorDataOf(thrown).message }),
    );
  };
  return (
    <Dialog
      title={t('textLayers.title')}
      isOpen
      onClose={onClose}
      closeLabel={t('app.close')}
      ignoresOutside={isReading}
      footer={
        <>
          <Button onPress={onClose}>{t('app.close')}</Button>
          <Button kind="primary" isPending={isReading} onPress={readAgain}>
            {t(isReading ? 'textLayers.doing' : 'textLayers.do')}
          </Button>
        </>
      }
    >
      <div className="stack">
        <p className="reading">
          <bdi className="strong">{source.title ?? source.fileName}</bdi>
        </p>
        <LayerList layers={layers} />
        <Select
          label={t('textLayers.encoding')}
          value={charset}
          none={t('textLayers.asFound')}
          noneIsFine
          options={ENCODINGS.map((value) => ({ value, label: t(`textLayers.encodings.${value}`) }))}
          onChange={(value) => {
            setCharset(value);
            setOutcome(null);
          }}
        />
        {beginning === null ? null : (
          <section className="stack" aria-label={t('textLayers.preview')}>
            <h3>{t('textLayers.preview')}</h3>
            <p className="reading" dir="auto">
              {beginning}
            </p>
          </section>
        )}
        <p className="hint">{t('textLayers.hint')}</p>
        <Outcome outcome={outcome} />
      </div>
    </Dialog>
  );
}

function Outcome({ outcome }: { outcome: Outcome | null }) {
  const { t } = useTranslation();
  if (outcome === null) return null;
  if ('error' in outcome) return <InlineError message={outcome.error} />;
  return (
    <Note role="status">{[t(outcome.same ? 'textLayers.same' : 'textLayers.done'), ...outcome.notes].join(' ')}</Note>
  );
}

type Listed = CallOutput<'layers.list'>['layers'][number];

/** Each layer with its engine and time, its number of passages, and notes. */
function LayerList({ layers }: { layers: readonly Listed[] }) {
  const { t } = useTranslation();
  return (
    <ul className="capture-list" aria-label={t('textLayers.list')}>
      {layers.map((layer) => (
        <li key={layer.id}>
          <span className="line" data-wrap>
            <b>{t(`engines.${layer.engine}`)}</b>
            {layer.current ? <Badge tone="ok">{t('textLayers.current')}</Badge> : null}
            <span className="dim">{factsOf(layer, t).join(' · ')}</span>
          </span>
          {layer.notes.map((note) => (
            <span key={note} className="hint">
              {note}
            </span>
          ))}
        </li>
      ))}
    </ul>
  );
}

function factsOf(layer: Listed, t: ReturnType<typeof useTranslation>['t']): string[] {
  const hasEncoding = layer.engine === 'frozen-page' || layer.engine === 'plain-text';
  return [
    ...(hasEncoding ? [layer.charset ?? t('textLayers.found')] : []),
    ...(layer.version.endsWith('+styles') ? [t('textLayers.withStyles')] : []),
    t('textLayers.version', { version: layer.version }),
    formatMoment(layer.addedAt),
    t('textLayers.passages', { count: layer.passages }),
  ];
}

/** How many bytes of the original are read for the preview. */
const BYTES = 64 * 1024;
const LENGTH = 240;

/** The beginning of an original in an encoding; null if none is selected, or the file is an archive or MHTML. */
function useBeginning(source: Source, charset: Encoding | null): string | null {
  const [bytes, setBytes] = useState<Uint8Array | null>(null);
  const isPlain = source.archive === null && !/\.mht(?:ml)?$/i.test(source.fileName);
  const isWanted = isPlain && charset !== null;
  useEffect(() => {
    if (!isWanted) return undefined;
    const stop = new AbortController();
    fetch(originalPath(source.id), { headers: { range: `bytes=0-${BYTES - 1}` }, signal: stop.signal })
      .then(async (answer) => setBytes(answer.ok ? new Uint8Array(await answer.arrayBuffer()) : null))
      .catch((thrown: unknown) => {
        if (!stop.signal.aborted) reportError(thrown);
      });
    return () => stop.abort();
  }, [isWanted, source.id]);
  if (!isWanted || bytes === null) return null;
  const decoded = new TextDecoder(charset).decode(bytes);
  return (source.kind === 'page' ? wordsOf(decoded) : decoded).replace(/\s+/g, ' ').trim().slice(0, LENGTH);
}

/** The text of a page, parsed without being shown, run or loaded. */
function wordsOf(html: string): string {
  const page = new DOMParser().parseFromString(html, 'text/html');
  for (const silent of page.querySelectorAll('script, style, noscript, template')) silent.remove();
  return page.body.textContent;
}
