import { useState } from 'react';
import type { FigureEdit, FigureInText } from '../../../shared/contract/figure-cards.ts';
import { FIGURE_KINDS, QUALIFIERS } from '../../../shared/figures/figure.ts';
import { Rational } from '../../../shared/figures/rational.ts';
import { UNITS } from '../../../shared/figures/units.ts';
import { useFigureActs } from '../../common/figures/acts.ts';
import { closeFigureQuestion, useFiguring } from '../../common/figures/mode.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Check } from '../../ui/Choice.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { Select } from '../../ui/Select.tsx';

/** Asks for a reason, or for what is read otherwise; nothing while there is no question. */
export function FigureQuestionDialog() {
  const asked = useFiguring((state) => state.asked);
  if (asked === null) return null;
  const { kind, figure } = asked;
  return kind === 'edit' ? (
    <EditDialog key={figure.id} figure={figure} />
  ) : (
    <ReasonDialog key={kind} kind={kind} figure={figure} />
  );
}

function ReasonDialog({ kind, figure }: { kind: 'dismiss' | 'return'; figure: FigureInText }) {
  const { t } = useTranslation();
  const acts = useFigureActs();
  const [reason, setReason] = useState('');
  const [isRunning, setRunning] = useState(false);
  const canRun = reason.trim() !== '' && !isRunning;
  const run = (): void => {
    if (!canRun) return;
    setRunning(true);
    const done = kind === 'dismiss' ? acts.dismiss(figure, reason.trim()) : acts.giveBack(figure, reason.trim());
    void done.finally(() => setRunning(false));
  };
  return (
    <Asking kind={kind} canRun={canRun} onRun={run}>
      <Words figure={figure} />
      <Field
        label={t('figureCards.reason')}
        hint={t(`figureCards.ask.${kind}.hint`)}
        value={reason}
        onChange={setReason}
        autoFocus
        maxLength={2000}
      />
    </Asking>
  );
}

function Asking({
  kind,
  canRun,
  onRun,
  children,
}: {
  kind: 'dismiss' | 'return' | 'edit';
  canRun: boolean;
  onRun: () => void;
  children: React.ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={t(`figureCards.ask.${kind}.title`)}
      isOpen
      onClose={closeFigureQuestion}
      ignoresOutside
      footer={
        <>
          <Button onPress={closeFigureQuestion}>{t('app.cancel')}</Button>
          <Button kind="primary" isDisabled={!canRun} onPress={onRun}>
            {t(`figureCards.ask.${kind}.run`)}
          </Button>
        </>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onRun();
        }}
      >
        {children}
        {/* Without a button of its own a form with several fields is not sent by Enter. */}
        <button type="submit" hidden disabled={!canRun} />
      </form>
    </Dialog>
  );
}

const Words = ({ figure }: { figure: FigureInText }) => (
  <blockquote className="source-words figure-words" dir="auto">
    <span className="dim">{figure.before}</span>
    {figure.text}
  </blockquote>
);

const UNIT_IDS = UNITS.map(({ id }) => id);

/** What the fields hold. An empty end is open. */
interface Draft {
  readonly value: string;
  readonly low: string;
  readonly high: string;
  readonly unit: string;
  readonly qualifier: FigureInText['qualifier'];
  readonly kind: FigureInText['kind'];
  readonly from: string;
  readonly to: string;
  readonly subject: string;
  readonly withoutPlace: boolean;
}

const draftOf = ({ value, interval, unit, qualifier, kind, period, subject }: FigureInText): Draft => ({
  value,
  low: interval.low ?? '',
  high: interval.high ?? '',
  unit: unit ?? '',
  qualifier,
  kind,
  from: period?.from ?? '',
  to: period?.to ?? '',
  subject,
  withoutPlace: false,
});

/** A number as people type it, with commas or spaces between digits. */
const typed = (text: string): string => text.trim().replace(/(?<=\d)[,\s\u202f](?=\d)/g, '');
const orNull = (text: string): string | null => (text.trim() === '' ? null : typed(text));
const isNumber = (text: string): boolean => Rational.read(typed(text)) !== null;
const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text.trim());

/** Only what differs: what is left alone keeps what it rests on. */
function editOf(draft: Draft, before: Draft): FigureEdit {
  const differs = (...fields: readonly (keyof Draft)[]): boolean => fields.some((one) => draft[one] !== before[one]);
  return {
    ...(differs('value', 'low', 'high')
      ? { value: { value: typed(draft.value), low: orNull(draft.low), high: orNull(draft.high) } }
      : {}),
    ...(differs('unit') ? { unit: draft.unit.trim() === '' ? null : draft.unit.trim() } : {}),
    ...(differs('qualifier') ? { qualifier: draft.qualifier } : {}),
    ...(differs('kind') ? { kind: draft.kind } : {}),
    ...(differs('from', 'to')
      ? { period: draft.from.trim() === '' ? null : { from: draft.from.trim(), to: draft.to.trim() } }
      : {}),
    ...(differs('subject') ? { subject: draft.subject.trim() } : {}),
    ...(draft.withoutPlace ? { place: null } : {}),
  };
}

function EditDialog({ figure }: { figure: FigureInText }) {
  const { t } = useTranslation();
  const acts = useFigureActs();
  const [before] = useState(() => draftOf(figure));
  const [draft, setDraft] = useState(before);
  const [isRunning, setRunning] = useState(false);
  const set =
    <F extends keyof Draft>(field: F) =>
    (value: Draft[F]): void =>
      setDraft((now) => ({ ...now, [field]: value }));
  const hasDays = isDay(draft.from) && isDay(draft.to);
  const canRun =
    isNumber(draft.value) &&
    [draft.low, draft.high].every((end) => end.trim() === '' || isNumber(end)) &&
    (hasDays || (draft.from.trim() === '' && draft.to.trim() === '')) &&
    !isRunning;
  const run = (): void => {
    if (!canRun) return;
    setRunning(true);
    void acts.edit(figure, editOf(draft, before)).finally(() => setRunning(false));
  };
  return (
    <Asking kind="edit" canRun={canRun} onRun={run}>
      <Words figure={figure} />
      <Field
        label={t('figureCards.form.value')}
        hint={t('figureCards.form.valueHint')}
        value={draft.value}
        onChange={set('value')}
        dir="ltr"
        autoFocus
        maxLength={200}
      />
      <div className="figure-pair">
        <Field
          label={t('figureCards.form.low')}
          hint={t('figureCards.form.endHint')}
          value={draft.low}
          onChange={set('low')}
          dir="ltr"
          maxLength={200}
        />
        <Field label={t('figureCards.form.high')} value={draft.high} onChange={set('high')} dir="ltr" maxLength={200} />
      </div>
      <Field
        label={t('figureCards.fields.unit')}
        hint={t('figureCards.form.unitHint')}
        value={draft.unit}
        onChange={set('unit')}
        suggestions={UNIT_IDS}
        maxLength={100}
      />
      <div className="figure-pair">
        <Select
          label={t('figureCards.fields.qualifier')}
          value={draft.qualifier === 'exact' ? null : draft.qualifier}
          options={QUALIFIERS.filter((one) => one !== 'exact').map((value) => ({
            value,
            label: t(`figureCards.qualifiers.${value}`),
          }))}
          none={t('figureCards.qualifiers.exact')}
          noneIsFine
          onChange={(value) => set('qualifier')(value ?? 'exact')}
        />
        <Select
          label={t('figureCards.fields.kind')}
          value={draft.kind === 'actual' ? null : draft.kind}
          options={FIGURE_KINDS.filter((one) => one !== 'actual').map((value) => ({
            value,
            label: t(`figureCards.kinds.${value}`),
          }))}
          none={t('figureCards.kinds.actual')}
          noneIsFine
          onChange={(value) => set('kind')(value ?? 'actual')}
        />
      </div>
      <div className="figure-pair">
        <Field
          label={t('figureCards.form.from')}
          hint={t('figureCards.form.dayHint')}
          value={draft.from}
          onChange={set('from')}
          dir="ltr"
          maxLength={10}
        />
        <Field label={t('figureCards.form.to')} value={draft.to} onChange={set('to')} dir="ltr" maxLength={10} />
      </div>
      <Field
        label={t('figureCards.fields.subject')}
        hint={t('figureCards.form.subjectHint')}
        value={draft.subject}
        onChange={set('subject')}
        maxLength={200}
      />
      {figure.place === null ? null : (
        <Check label={t('figureCards.form.noPlace')} selected={draft.withoutPlace} onChange={set('withoutPlace')} />
      )}
    </Asking>
  );
}
