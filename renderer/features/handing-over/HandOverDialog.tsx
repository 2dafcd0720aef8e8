import { useState } from 'react';
import { useTranslation } from '../../app/strings/use-translation.ts';
import { useCall } from '../../api/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Check, Radios } from '../../ui/Choice.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { Going } from './Going.tsx';
import { Part } from './Part.tsx';
import { SealFields } from './SealFields.tsx';
import { FORMATS, NOTHING_SET, optionsOf, wrongWith, type HandOver } from './hand-over.ts';
import { useHandOver } from './useHandOver.ts';

/** What goes out of the project, which part of it, and how it is protected on its way. */
export function HandOverDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [set, change] = useState<HandOver>(NOTHING_SET);
  const { start, stop, error, isPending } = useHandOver(onClose);
  // Whoever leaves while it is written means to end it: what came of it would reach nobody.
  const leave = isPending ? stop : onClose;
  const count = useCall('report.count', { only: optionsOf(set).only });
  const isEmpty = count.data?.passages === 0 && !isWhole(set);
  const isBlind = (useCall('assignments.list', {}).data?.blind ?? null) !== null && set.format === 'file';
  const wrong = wrongWith(set);
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
            {count.data === undefined
              ? ''
              : t('handingOver.count', {
                  passages: t('handingOver.passages', { count: count.data.passages }),
                  sources: t('handingOver.sources', { count: count.data.sources }),
                })}
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
          <SealFields set={set} onChange={put} wrong={wrong} />
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

const isWhole = ({ format, only }: HandOver): boolean =>
  format === 'file' && Object.values(only).every((chosen) => chosen.length === 0);
