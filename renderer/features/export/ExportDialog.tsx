import { useState } from 'react';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { useCall } from '../../api/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Check, Radios } from '../../ui/Choice.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { Going } from './ExportProgress.tsx';
import { Part } from './Part.tsx';
import { EncryptionFields } from './EncryptionFields.tsx';
import { FORMATS, NOTHING_SET, optionsOf, SHORTEST_PASSPHRASE, wrongWith, type HandOver } from './export.ts';
import { useExport } from './useExport.ts';

/** What goes out of the project, which part of it, and how it is protected on its way. */
export function ExportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [set, change] = useState<HandOver>(NOTHING_SET);
  const { start, stop, error, isPending } = useExport(onClose);
  // Whoever leaves while it is written means to end it: what came of it would reach nobody.
  const leave = isPending ? stop : onClose;
  const { only } = optionsOf(set);
  const isPart = Object.values(only).some((chosen) => chosen.length > 0);
  const count = useCall('report.count', { only });
  const all = useCall('report.count', { only: NOTHING_SET.only }).data;
  const isEmpty = count.data?.passages === 0 && (isPart || set.format !== 'file');
  const isBlind = (useCall('assignments.list', {}).data?.blind ?? null) !== null && set.format === 'file';
  const wrong = wrongWith(set);
  // Of one that was begun the field itself says what is wrong with it.
  const isAsked = wrong === 'short' && set.passphrase === '';
  const put = (part: Partial<HandOver>): void => change((before) => ({ ...before, ...part }));
  return (
    <Dialog
      title={t('handingOver.title')}
      isOpen
      onClose={leave}
      closeLabel={t('app.close')}
      isHeld={isPending || set !== NOTHING_SET}
      size="wide"
      feet={
        <>
          <span className="grow hint" role="status">
            {count.data === undefined || all === undefined
              ? ''
              : t(isPart ? 'handingOver.countOfPart' : 'handingOver.countOfAll', {
                  passages: t('handingOver.passages', { count: count.data.passages }),
                  sources: t('handingOver.sources', { count: count.data.sources }),
                  all: t('handingOver.passages', { count: all.passages }),
                })}{' '}
            {count.data !== undefined && isEmpty ? t('handingOver.wrong.empty') : null}
            {wrong === null
              ? null
              : t(`handingOver.still.${isAsked ? 'passphrase' : wrong}`, { count: SHORTEST_PASSPHRASE })}
          </span>
          <Button onPress={leave}>{t(isPending ? 'handingOver.stop' : 'app.cancel')}</Button>
          <Button
            kind="primary"
            isDisabled={wrong !== null || isEmpty}
            isPending={isPending}
            onPress={() => void start(set)}
          >
            {t(`handingOver.start.${set.format}`)}
          </Button>
        </>
      }
    >
      {error === null ? null : <InlineError message={error.message} />}
      {isPending ? <Going /> : null}
      {isBlind ? <Note>{t('handingOver.blind')}</Note> : null}
      <Radios
        label={t('handingOver.what')}
        value={set.format}
        onChange={(format) => put({ format })}
        options={FORMATS.map((value) => ({
          value,
          label: t(`handingOver.format.${value}`),
          hint: t(`handingOver.formatHint.${value}`),
        }))}
      />
      <Part only={set.only} onChange={(only) => put({ only })} />
      {set.format === 'file' ? (
        <>
          <EncryptionFields set={set} onChange={put} wrong={wrong} />
          <Check
            label={t('handingOver.pseudonyms')}
            selected={set.pseudonyms}
            onChange={(pseudonyms) => put({ pseudonyms })}
          />
          {set.pseudonyms ? <Note>{t('handingOver.pseudonymsHint')}</Note> : null}
        </>
      ) : null}
    </Dialog>
  );
}
