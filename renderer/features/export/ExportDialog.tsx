import { useState } from 'react';
import type { Selection } from '../../../shared/contract/export.ts';
import type { CallOutput, EventPayload } from '../../../shared/contract/index.ts';
import { SHORTEST_PASSPHRASE } from '../../../shared/text/passphrase.ts';
import { useCall, useHostEvent } from '../../api/index.ts';
import { PartChoice } from '../../common/choices/PartChoice.tsx';
import { NewPassphrase } from '../../common/files/NewPassphrase.tsx';
import { formatShare } from '../../common/format.ts';
import { useShowUnmasked } from '../../common/masks/unmasked.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Check, Radios } from '../../ui/Choice.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { Progress } from '../../ui/Progress.tsx';
import {
  FORMATS,
  FIRST_CHOICES,
  optionsOf,
  wrongWith,
  type ExportChoices,
  ENCRYPTIONS,
  type Wrong,
  useExport,
} from './export.ts';

/** Exports the project: the format, the part, and encryption. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [set, change] = useState<ExportChoices>(FIRST_CHOICES);
  const { start, stop, error, isPending } = useExport(onClose);
  // Closing the dialog while the file is written cancels the export.
  const leave = isPending ? stop : onClose;
  const { only } = optionsOf(set);
  const isPart = Object.values(only).some((chosen) => chosen.length > 0);
  const count = useCall('report.count', { only });
  const all = useCall('report.count', { only: FIRST_CHOICES.only }).data;
  const isEmpty = count.data?.passages === 0 && (isPart || set.format !== 'file');
  const isBlind = (useCall('assignments.list', {}).data?.blind ?? null) !== null && set.format === 'file';
  const masked = useCall('projectFile.masks', { only, pseudonyms: set.pseudonyms }).data;
  const toMask = masked?.unmasked ?? 0;
  const wrong = wrongWith(set, toMask);
  // Once something was typed, the field itself shows the error.
  const isAsked = wrong === 'short' && set.passphrase === '';
  const put = (part: Partial<ExportChoices>): void => change((before) => ({ ...before, ...part }));
  return (
    <Dialog
      title={t('share.title')}
      isOpen
      onClose={leave}
      closeLabel={t('app.close')}
      ignoresOutside={isPending || set !== FIRST_CHOICES}
      size="wide"
      footer={
        <>
          <span className="grow hint" role="status">
            {count.data === undefined || all === undefined
              ? ''
              : sizeOf(t, count.data, set.format, isPart ? all.passages : null)}{' '}
            {count.data !== undefined && isEmpty ? whyEmpty(t, only) : null}
            {wrong === null ? null : t(`share.still.${isAsked ? 'passphrase' : wrong}`, { count: SHORTEST_PASSPHRASE })}
          </span>
          <Button onPress={leave}>{t(isPending ? 'share.stop' : 'app.cancel')}</Button>
          <Button
            kind="primary"
            isDisabled={wrong !== null || isEmpty}
            isPending={isPending}
            onPress={() => void start(set)}
          >
            {t(`share.start.${set.format}`)}
          </Button>
        </>
      }
    >
      {error === null ? null : <InlineError message={error.message} />}
      {isPending ? <ExportProgress /> : null}
      {isBlind ? <Note>{t('share.blind')}</Note> : null}
      {set.format === 'file' && masked !== undefined && masked.masks > 0 ? (
        <Note tone="warn">{t('share.masked', { count: masked.masks })}</Note>
      ) : null}
      {set.format === 'file' && toMask > 0 ? (
        <Unmasked set={set} count={toMask} onChange={put} onLeave={leave} />
      ) : null}
      <Radios
        label={t('share.what')}
        value={set.format}
        onChange={(format) => put({ format })}
        options={FORMATS.map((value) => ({
          value,
          label: t(`share.format.${value}`),
          hint: t(`share.formatHint.${value}`),
        }))}
      />
      <PartChoice only={set.only} onChange={(only) => put({ only })} />
      {set.format === 'file' ? (
        <FileFields set={set} onChange={put} wrong={wrong} leftOut={masked?.leftOut ?? 0} />
      ) : null}
    </Dialog>
  );
}

/** Explains why the part is empty: sources without passages are in a whole file, never in a part. */
function whyEmpty(t: ReturnType<typeof useTranslation>['t'], only: Selection): string {
  const { sources, ...others } = only;
  const isSources = sources.length > 0 && Object.values(others).every((chosen) => chosen.length === 0);
  return isSources ? t('share.wrong.emptySources', { count: sources.length }) : t('share.wrong.empty');
}

/**
 * The size of the export in words. `all`: the project’s passages, if only a part is exported. A project file also counts sources without
 * passages; a report has one exhibit for all passages at one place.
 */
function sizeOf(
  t: ReturnType<typeof useTranslation>['t'],
  { passages, exhibits, sources, withPassages }: CallOutput<'report.count'>,
  format: ExportChoices['format'],
  all: number | null,
): string {
  const hasOthers = format === 'file' && sources > withPassages;
  const marked = t('share.passages', { count: passages });
  const words = {
    count: withPassages,
    passages:
      format === 'file' || exhibits === passages
        ? marked
        : t('share.inExhibits', { passages: marked, count: exhibits }),
    sources: t('share.sources', { count: hasOthers ? sources : withPassages }),
    all: t('share.passages', { count: all ?? passages }),
  };
  if (hasOthers) return t(all === null ? 'share.countOfFile' : 'share.countOfFilePart', words);
  return t(all === null ? 'share.countOfAll' : 'share.countOfPart', words);
}

interface Props {
  readonly set: ExportChoices;
  readonly wrong: Wrong | null;
  readonly onChange: (part: Partial<ExportChoices>) => void;
}

/** Warns of unmasked passages that name a private person: links to them, and asks whether the file is for teammates who will mask them. */
function Unmasked({
  set: { pseudonyms, unmasked },
  count,
  onChange,
  onLeave,
}: Pick<Props, 'set' | 'onChange'> & { readonly count: number; readonly onLeave: () => void }) {
  const { t } = useTranslation();
  const showUnmasked = useShowUnmasked();
  const show = (): void => {
    onLeave();
    void showUnmasked();
  };
  return (
    <>
      <Note tone="warn">
        {t(pseudonyms ? 'share.unmaskedForOthers' : 'share.unmasked', { count })}{' '}
        <LinkButton onPress={show}>{t('masks.showUnmasked')}</LinkButton>
      </Note>
      {pseudonyms ? null : (
        <Check
          label={t('share.forTeammates', { count })}
          selected={unmasked}
          onChange={(next) => onChange({ unmasked: next })}
        />
      )}
    </>
  );
}

/** The fields of a project file. `leftOut`: the number of sources that a pseudonymous file leaves out. */
function FileFields({ leftOut, ...fields }: Props & { readonly leftOut: number }) {
  const { t } = useTranslation();
  const { set, onChange } = fields;
  return (
    <>
      <EncryptionFields {...fields} />
      <Check
        label={t('share.pseudonyms')}
        selected={set.pseudonyms}
        onChange={(pseudonyms) => onChange({ pseudonyms })}
      />
      {set.pseudonyms ? <Note>{t('share.pseudonymsHint')}</Note> : null}
      {set.pseudonyms && leftOut > 0 ? <Note tone="warn">{t('share.leftOut', { count: leftOut })}</Note> : null}
    </>
  );
}

/** Encryption for recipients or with a passphrase, and signing. */
function EncryptionFields({ set, wrong, onChange }: Props) {
  const { t } = useTranslation();
  const { encryption, passphrase, again, unwritten, recipients, sign } = set;
  return (
    <>
      <Radios
        label={t('share.encryption')}
        value={encryption}
        onChange={(next) => onChange({ encryption: next })}
        options={ENCRYPTIONS.map((value) => ({
          value,
          label: t(`share.encryptFor.${value}`),
          hint: t(`share.encryptForHint.${value}`),
        }))}
      />
      {encryption === 'passphrase' ? (
        <NewPassphrase
          typed={{ passphrase, again, unwritten }}
          onChange={onChange}
          hint={t('share.newPassphraseHint')}
        />
      ) : null}
      {encryption === 'recipients' ? (
        <Field
          label={t('share.recipients')}
          lines={3}
          dir="ltr"
          value={recipients}
          onChange={(next) => onChange({ recipients: next })}
          hint={t('share.recipientsHint')}
          error={wrong === 'badRecipient' ? t('share.wrong.badRecipient') : null}
        />
      ) : null}
      <Check label={t('share.sign')} selected={sign} onChange={(next) => onChange({ sign: next })} />
    </>
  );
}

function ExportProgress() {
  const { t } = useTranslation();
  const [progress, setProgress] = useState<EventPayload<'export.progress'> | null>(null);
  useHostEvent('export.progress', setProgress);
  const phase = progress?.phase ?? 'collecting';
  const known = progress !== null && progress.total > 0;
  const text = !known
    ? t(`share.phase.${phase}`)
    : t('share.going', {
        phase: t(`share.phase.${phase}`),
        share: formatShare(progress.done / progress.total),
      });
  return (
    <div className="stack-tight">
      <Progress label={t('share.title')} value={progress?.done ?? 0} max={known ? progress.total : null} text={text} />
      <p className="hint" role="status">
        {text}
      </p>
    </div>
  );
}
