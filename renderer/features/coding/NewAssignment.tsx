import { Form } from 'react-aria-components';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { SAMPLE } from '../../../shared/contract/coding.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { FilterChoice } from '../../common/choices/FilterChoice.tsx';
import { usePersonChoices, useSourceChoices } from '../../common/choices/choices.tsx';
import { Button } from '../../ui/Button.tsx';
import { Check, Segments } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { make, SAMPLES, type NewAssignmentDraft } from './state.ts';
import { useTold } from './useTold.ts';

interface PartProps {
  readonly draft: NewAssignmentDraft;
  readonly put: (part: Partial<NewAssignmentDraft>) => void;
}

const SEED = /^\d{1,9}$/;
const sampleOf = ({ what, amount }: NewAssignmentDraft): string =>
  what === 'sources' ? 'sources' : `${what}:${amount.replace(/\s/g, '')}`;

/** Draws a sample for somebody to code blind, and writes it as a project file without anybody's codings. */
export function NewAssignment({ draft }: { draft: NewAssignmentDraft }) {
  const { t } = useTranslation();
  const { coder, seed, sources, leadToo } = draft;
  const put = (part: Partial<NewAssignmentDraft>): void => make({ ...draft, ...part });
  const me = useCall('project.info', {}).data?.person.name;
  const names = [...new Set(usePersonChoices().map(({ name }) => name))].filter((name) => name !== me);
  const assign = useWrite('app.assign');
  const told = useTold();
  const sample = sampleOf(draft);
  const isRight = SAMPLE.test(sample) && SEED.test(seed);
  const request = { sample, sources: [...sources], seed: Number(seed), leadToo };
  const count = useCall('assignments.count', isRight ? request : null);
  const start = (): void => {
    if (!isRight || coder.trim() === '' || assign.isPending) return;
    told(assign.mutateAsync({ ...request, coder: coder.trim() }), () => make(null));
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
        onChange={(next) => put({ coder: next })}
        hint={t('coding.coderHint')}
        suggestions={names}
        autoFocus
        maxLength={200}
      />
      <SampleFields draft={draft} put={put} />
      <Check label={t('coding.leadToo')} selected={leadToo} onChange={(next) => put({ leadToo: next })} />
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
        <Button onPress={() => make(null)}>{t('app.cancel')}</Button>
        <span className="hint" role="status">
          {count.error?.message ??
            (count.data === undefined
              ? ''
              : t('coding.count', {
                  units: t('coding.unitCount', { count: count.data.units }),
                  sources: t('handingOver.sources', { count: count.data.sources }),
                }))}
          {coder.trim() === '' ? ` ${t('coding.needsCoder')}` : ''}
        </span>
      </div>
    </Form>
  );
}

/** What is drawn, how much of it, from where, and by which seed. */
function SampleFields({ draft, put }: PartProps) {
  const { t } = useTranslation();
  const { what, amount, seed, sources } = draft;
  return (
    <>
      <div className="field">
        <span className="field-label">{t('coding.sample')}</span>
        <Segments
          label={t('coding.sample')}
          value={what}
          onChange={(next) => put({ what: next })}
          options={SAMPLES.map((value) => ({ value, label: t(`coding.what.${value}`) }))}
        />
      </div>
      {what === 'sources' ? null : (
        <Field
          label={t('coding.amount')}
          value={amount}
          onChange={(next) => put({ amount: next })}
          dir="ltr"
          hint={t('coding.amountHint')}
          error={SAMPLE.test(sampleOf(draft)) ? null : t('coding.amountWrong')}
        />
      )}
      <div className="coding-two-fields">
        <Field
          label={t('coding.seed')}
          value={seed}
          onChange={(next) => put({ seed: next })}
          dir="ltr"
          maxLength={9}
          hint={t('coding.seedHint')}
          error={SEED.test(seed) ? null : t('coding.seedWrong')}
        />
        <div className="field coding-from" role="group" aria-label={t('coding.from')}>
          <span className="field-label">{t('coding.from')}</span>
          <FilterChoice
            label={t('search.source')}
            all={useSourceChoices()}
            chosen={sources}
            onChange={(next) => put({ sources: next })}
          />
          <span className="hint">{sources.length === 0 ? t('coding.allSources') : ''}</span>
        </div>
      </div>
    </>
  );
}
