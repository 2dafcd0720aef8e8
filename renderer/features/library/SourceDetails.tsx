import { Fragment } from 'react';
import { dateProblem, precisionOf, type DateProblem } from '../../../shared/model/dates.ts';
import {
  DATE_FIELDS,
  SOURCE_GRADES,
  type SourceId,
  type Source,
  type DateField,
  type EdtfDate,
} from '../../../shared/model/index.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { CaptureRows, isCapture } from '../../common/captures/CaptureRows.tsx';
import { useRatingDraft } from '../../common/drafts/drafts.ts';
import type { FieldName } from '../../common/drafts/refused.ts';
import { useSavedDraft } from '../../common/drafts/saved-draft.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { formatBytes, formatNumber, gradeLabel } from '../../common/format.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { MemoSection } from '../../common/memos/MemoSection.tsx';
import { sourceName } from '../../common/sources/sources.ts';
import { CopyLine } from '../../common/sources/CopyLine.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openSource } from '../../common/workbench/workbench.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Check } from '../../ui/Choice.tsx';
import { DateEdtf } from '../../ui/DateEdtf.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { Select } from '../../ui/Select.tsx';
import {
  CaptureFields,
  DescriptionFields,
  useSaveDetails,
  textOrNull,
  type DetailsProps,
  type SuggestedDetailsProps,
} from './RecordFields.tsx';
import { nextOf, SuggestionLine, useSuggestions, useTakeForOne } from './suggestions.tsx';
import { runPending } from '../../common/drafts/pending-commits.ts';
import { announce } from '../../common/notices/notices.ts';

/**
 * The details of a source that people can edit, and facts from its file. Each field is saved, and undone, by itself.
 */
export function SourceDetails({ id }: { id: SourceId }) {
  const { t } = useTranslation();
  const { data: source, error } = useCall('sources.get', { id });
  const record = useSaveDetails(id);
  const suggestions = useSuggestions(source);
  useTakeForOne(suggestions, record.save);
  return (
    <aside className="pane record" aria-label={t('record.title')}>
      <header className="pane-head">
        <h2>{t('record.title')}</h2>
        <bdi className="dim cut grow" title={source === undefined ? undefined : sourceName(source)}>
          {source === undefined ? '' : sourceName(source)}
        </bdi>
        {source === undefined || source.deleted ? null : (
          <Button size="small" icon="go" onPress={() => openSource(id)}>
            {t('library.open')}
          </Button>
        )}
      </header>
      {error === null ? null : <InlineError message={error.message} />}
      {record.error === null ? null : <InlineError message={record.error.message} />}
      {source === undefined ? null : (
        <div className="scroll">
          {source.kind === 'pdf' && !source.deleted ? <AnnotationsOffer source={source} /> : null}
          <DescriptionFields source={source} save={record.save} suggestions={suggestions} />
          <DateFields source={source} save={record.save} suggestions={suggestions} />
          <ReliabilityFields source={source} save={record.save} />
          <CaptureFields source={source} save={record.save} />
          <CaptureFacts source={source} />
          {source.deleted ? null : <MemoSection target={{ kind: 'source', id }} />}
          <SourceFacts source={source} />
        </div>
      )}
    </aside>
  );
}

/** Facts from the bytes, which cannot be edited. */
function SourceFacts({ source }: { source: Source }) {
  const { t } = useTranslation();
  const layer = useCall('layers.get', source.layer === null ? null : { id: source.layer }).data;
  return (
    <section className="pane-section stack" aria-label={t('record.original')}>
      <h3>{t('record.original')}</h3>
      <CopyLine source={source.id} />
      <dl className="definitions">
        <dt>{t('record.facts.fileName')}</dt>
        <dd>
          <bdi>{source.fileName}</bdi>
        </dd>
        <dt>{t('record.facts.kind')}</dt>
        <dd>{t(`kinds.${source.kind}`)}</dd>
        <dt>{t('record.facts.size')}</dt>
        <dd>{t('record.facts.sizeAndPages', { size: formatBytes(source.bytes), count: source.pages })}</dd>
        <dt>{t('record.facts.sha256')}</dt>
        <dd className="mono">{source.sha256}</dd>
        <dt>{t('record.facts.added')}</dt>
        <dd>{formatMoment(source.addedAt)}</dd>
        <dt>{t('record.facts.layer')}</dt>
        <dd>
          {source.hasText && layer !== undefined
            ? t('record.facts.layerText', {
                name: t(`engines.${layer.engine}`),
                version: layer.version,
                length: formatNumber(layer.length),
              })
            : t('status.noTextLayer')}
        </dd>
      </dl>
      {source.hasText ? null : <Note>{t('record.noText')}</Note>}
      {(layer?.notes ?? []).map((note) => (
        <Note key={note} tone="warn">
          {note}
        </Note>
      ))}
      <VerifyOriginal source={source} />
    </section>
  );
}

function VerifyOriginal({ source }: { source: Source }) {
  const { t } = useTranslation();
  const { mutate, data, error, isPending } = useWrite('sources.verify');
  return (
    <>
      <div className="line">
        <Button size="small" icon="verified" isPending={isPending} onPress={() => mutate({ id: source.id })}>
          {t('record.verify')}
        </Button>
        {data?.ok === true ? (
          <Badge tone="ok" icon="check">
            {t('status.originalVerified')}
          </Badge>
        ) : null}
      </div>
      {data?.ok === false ? (
        <InlineError message={t('record.damaged', { found: data.found ?? t('record.missing') })} />
      ) : null}
      {error === null ? null : <InlineError message={error.message} />}
    </>
  );
}

/** How the file was captured, according to the file; empty for files that are not captures. */
function CaptureFacts({ source }: { source: Source }) {
  const { t } = useTranslation();
  if (!isCapture(source)) return null;
  return (
    <section className="pane-section stack" aria-label={t('captured.title')}>
      <h3>{t('captured.title')}</h3>
      <dl className="definitions">
        <CaptureRows source={source} />
      </dl>
      {source.archive === null ? null : <p className="hint">{t('captured.hashOfArchive')}</p>}
    </section>
  );
}

/** The four dates of a source, each as precise as it is known. */
function DateFields({ source, save, suggestions }: SuggestedDetailsProps) {
  const { t } = useTranslation();
  return (
    <section className="pane-section stack" aria-label={t('record.dates')}>
      <h3>{t('record.dates')}</h3>
      <p className="hint">{t('record.datesHint')}</p>
      {DATE_FIELDS.map((field) => (
        <Fragment key={field}>
          <DateRow
            name={`source ${source.id} ${field}`}
            field={field}
            date={source[field]}
            prefilled={source.prefilled[field]}
            onSave={(date, tell) => save({ [field]: date }, tell)}
          />
          {field === 'dateOfDocument' || field === 'dateOfPublication' ? (
            <SuggestionLine
              suggestion={suggestions[field]}
              isNext={nextOf(suggestions) === suggestions[field]}
              onTake={save}
            />
          ) : null}
        </Fragment>
      ))}
    </section>
  );
}

interface DateRowProps {
  readonly name: FieldName;
  readonly field: DateField;
  readonly date: EdtfDate | null;
  readonly prefilled: string | undefined;
  readonly onSave: (date: EdtfDate | null, tell?: (isStored: boolean) => void) => void;
}

function DateRow({ name, field, date, prefilled, onSave }: DateRowProps) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const implied = date?.implied ?? false;
  const { draft, setDraft, leave } = useSavedDraft({
    name,
    stored: date?.edtf ?? '',
    isValid: (edtf) => edtf === '' || dateProblem(edtf) === null,
    save: (edtf, tell) => onSave(edtf === '' ? null : { edtf, implied }, tell),
  });
  const text = textOrNull(draft);
  const problem = text === null ? null : dateProblem(text);
  return (
    <div className="record-date">
      <Field
        label={t(`record.dateNames.${field}`)}
        value={draft}
        onChange={setDraft}
        onBlur={leave}
        gap={text === null}
        stored={draft === (date?.edtf ?? '')}
        placeholder={t('record.notKnown')}
        error={problem === null ? null : explainDate(t, problem)}
        dir="ltr"
        isReadOnly={isReadOnly}
        maxLength={80}
        {...(prefilled === undefined || text !== date?.edtf
          ? {}
          : { hint: t('record.fromFile', { where: prefilled }) })}
      />
      <div className="line">
        <DateEdtf
          edtf={problem === null ? text : null}
          kind={problem === null && text !== null ? t(`dates.precision.${precisionOf(text)}`) : ''}
          spoken={text ?? t('dates.notKnown')}
        />
        <span className="grow" />
        <Check
          label={t('dates.implied')}
          selected={implied}
          isDisabled={date === null || isReadOnly}
          onChange={(next) => (date === null ? undefined : onSave({ ...date, implied: next }))}
        />
      </div>
    </div>
  );
}

type Translate = ReturnType<typeof useTranslation>['t'];

export function explainDate(t: Translate, problem: DateProblem): string | null {
  switch (problem.kind) {
    case 'empty':
      return null;
    case 'month':
      return t('dates.problems.month', { month: problem.month, year: problem.year });
    case 'day':
      return t('dates.problems.day', { day: problem.day, month: problem.month });
    case 'form':
      return t('dates.problems.form');
  }
}

/** The source's reliability, A to F. It requires a reason, so both are saved together. */
function ReliabilityFields({ source, save }: DetailsProps) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const dimensions = useCall('codebook.get', {}).data?.dimensions;
  const labels = dimensions?.find(({ code }) => code === 'srcrel')?.values ?? [];
  const { grade, reason, set, discard } = useRatingDraft(source);
  const next = grade === null ? null : textOrNull(reason);
  const changed = grade !== source.grade || next !== source.gradeReason;
  const complete = grade === null || next !== null;
  return (
    <section className="pane-section stack" aria-label={t('record.grade')}>
      <h3>{t('record.grade')}</h3>
      <Select
        label={t('record.fields.grade')}
        value={grade}
        none={t('record.notGraded')}
        isReadOnly={isReadOnly}
        options={SOURCE_GRADES.map((value) => ({
          value,
          label: gradeLabel(value, labels.find(({ code }) => code === value)?.label),
        }))}
        onChange={(value) => set({ grade: value, reason })}
      />
      <Field
        label={t('record.fields.gradeReason')}
        value={reason}
        onChange={(text) => set({ grade, reason: text })}
        gap={textOrNull(reason) === null}
        stored={reason === (source.gradeReason ?? '')}
        lines={3}
        isReadOnly={isReadOnly}
        maxLength={4000}
        error={changed && !complete ? t('record.reasonNeeded') : null}
      />
      {changed ? (
        <div className="line">
          <Button size="small" onPress={discard}>
            {t('record.discardGrade')}
          </Button>
          <Button
            size="small"
            kind="primary"
            isDisabled={!complete || isReadOnly}
            onPress={() => {
              // A rating that is cleared has no reason.
              set({ grade, reason: next ?? '' });
              save({ grade, gradeReason: next });
            }}
          >
            {grade === null ? t('record.clearGrade') : t('record.setGrade')}
          </Button>
        </div>
      ) : null}
    </section>
  );
}

/** Offers to make passages of a PDF’s highlights and notes; empty if none of them is new. */
function AnnotationsOffer({ source }: { source: Source }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const found = useCall('exchange.annotations', { source: source.id }).data;
  const take = useWrite('exchange.takeAnnotations');
  const count = found?.lines.find(({ becomes }) => becomes === 'passages')?.added ?? 0;
  if (isReadOnly || count === 0) return null;
  const left = found?.notCarried.reduce((sum, one) => sum + one.count, 0) ?? 0;
  const start = async (): Promise<void> => {
    // Commits pending texts first, so that this commit doesn’t come between their steps.
    await runPending();
    take.mutate({ source: source.id }, { onSuccess: () => announce(t('record.annotations.done')) });
  };
  return (
    <div className="pane-section">
      <Note>
        <div className="stack">
          <span>{t('record.annotations.found', { count, number: formatNumber(count) })}</span>
          <span className="hint">
            {t('record.annotations.why')}
            {left === 0 ? null : ` ${t('record.annotations.left', { count: left, number: formatNumber(left) })}`}
          </span>
          <div className="line">
            <Button size="small" icon="add" isPending={take.isPending} onPress={() => void start()}>
              {t('record.annotations.take', { count, number: formatNumber(count) })}
            </Button>
          </div>
          {take.error === null ? null : <InlineError message={take.error.message} />}
        </div>
      </Note>
    </div>
  );
}
