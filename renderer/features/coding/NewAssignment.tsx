import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useTranslation } from '../../app/strings/use-translation.ts';
import { SAMPLE } from '../../../shared/contract/coding.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { FilterChoice } from '../../app/choices/FilterChoice.tsx';
import { useSourceChoices } from '../../app/choices/choices.tsx';
import { formatBytes } from '../../app/format.ts';
import { saveDownload } from '../../app/save-download.ts';
import { notify } from '../../app/state/notices.ts';
import { Button } from '../../ui/Button.tsx';
import { Check, Segments } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';

const UNITS = ['sentences', 'paragraphs', 'passages', 'sources'] as const;

/** Draws a sample for somebody to code blind, and writes it as a project file without anybody's codings. */
export function NewAssignment({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const [coder, setCoder] = useState('');
  const [what, setWhat] = useState<(typeof UNITS)[number]>('sentences');
  const [amount, setAmount] = useState('10%');
  const [seed, setSeed] = useState('1');
  const [sources, setSources] = useState<SourceId[]>([]);
  const [leadToo, setLeadToo] = useState(false);
  const assign = useWrite('app.assign');
  const sample = what === 'sources' ? 'sources' : `${what}:${amount.replace(/\s/g, '')}`;
  const isRight = SAMPLE.test(sample) && /^\d{1,9}$/.test(seed);
  const request = { sample, sources, seed: Number(seed), leadToo };
  const count = useCall('assignments.count', isRight ? request : null);
  const start = (): void => {
    if (!isRight || coder.trim() === '' || assign.isPending) return;
    assign.mutate(
      { ...request, coder: coder.trim() },
      {
        onSuccess: ({ done, name, bytes, download }) => {
          if (!done) return;
          if (download !== null) saveDownload(download, name ?? '');
          notify('plain', t('project.exported', { name, size: formatBytes(bytes) }));
          onDone();
        },
      },
    );
  };
  return (
    <Form
      className="team-block coding-new"
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
    >
      <h3 className="strong">{t('coding.new')}</h3>
      <Field
        label={t('coding.coder')}
        value={coder}
        onChange={setCoder}
        hint={t('coding.coderHint')}
        autoFocus
        maxLength={200}
      />
      <div className="field">
        <span className="field-label">{t('coding.sample')}</span>
        <Segments
          label={t('coding.sample')}
          value={what}
          onChange={setWhat}
          options={UNITS.map((value) => ({ value, label: t(`coding.what.${value}`) }))}
        />
      </div>
      {what === 'sources' ? null : (
        <Field
          label={t('coding.amount')}
          value={amount}
          onChange={setAmount}
          dir="ltr"
          hint={t('coding.amountHint')}
          error={SAMPLE.test(sample) ? null : t('coding.amountWrong')}
        />
      )}
      <div className="line" data-wrap>
        <FilterChoice label={t('search.source')} all={useSourceChoices()} chosen={sources} onChange={setSources} />
        <Field label={t('coding.seed')} value={seed} onChange={setSeed} dir="ltr" maxLength={9} />
      </div>
      <Check label={t('coding.leadToo')} selected={leadToo} onChange={setLeadToo} />
      {assign.error === null ? null : <InlineError message={assign.error.message} />}
      <div className="line" data-wrap>
        <Button
          kind="primary"
          type="submit"
          isDisabled={!isRight || coder.trim() === '' || count.data?.units === 0}
          isPending={assign.isPending}
        >
          {t('coding.make')}
        </Button>
        <Button onPress={onDone}>{t('app.cancel')}</Button>
        <span className="hint" role="status">
          {count.error?.message ??
            (count.data === undefined
              ? ''
              : t('coding.count', {
                  units: t('coding.unitCount', { count: count.data.units }),
                  sources: t('handingOver.sources', { count: count.data.sources }),
                }))}
        </span>
      </div>
    </Form>
  );
}
