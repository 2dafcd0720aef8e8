import { useState } from 'react';
import type { PressEvent } from 'react-aria-components';
import type { FigureInText } from '../../../shared/contract/figure-cards.ts';
import type { RelationFigure, RelationParts } from '../../../shared/contract/relations.ts';
import { conversionTable } from '../../../shared/figures/conversions.ts';
import { OPERATION_NAMES, operationOf } from '../../../shared/figures/operations.ts';
import { computedOf } from '../../../shared/figures/relation-card.ts';
import type { SourceId } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { wantedOf } from '../../common/choices/match.ts';
import { unitWords } from '../../common/figures/words.ts';
import { announce } from '../../common/notices/notices.ts';
import type { Relating } from '../../common/relations/state.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { FilterField } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { Select } from '../../ui/Select.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { placeOf, type RelationActs } from './useRelationActs.ts';

type Operation = RelationParts['operation'];

interface DialogProps {
  readonly relating: Relating;
  readonly sources: ReadonlyMap<SourceId, string>;
  readonly acts: RelationActs;
  readonly onClose: () => void;
}

/** Chooses figures from the list of a source, and an operation. The result is shown below before anything is written. */
export function RelateDialog({ relating, sources, acts, onClose }: DialogProps) {
  const { t } = useTranslation();
  const { instead } = relating;
  const [source, setSource] = useState<SourceId | null>(relating.source ?? [...sources.keys()][0] ?? null);
  const [chosen, setChosen] = useState<readonly RelationFigure[]>(relating.figures);
  const [printed, setPrinted] = useState<string | null>(instead?.printed?.id ?? relating.printed ?? null);
  const [operation, setOperation] = useState<Operation>(instead?.operation ?? 'share');
  const inputs = chosen.filter(({ id }) => id !== printed);
  const figures = useCall('figures.ofSource', source === null ? null : { source }).data?.figures;
  const isPrinted = ({ id }: { id: string }): boolean => id === printed;
  // If the dialog opens for a percentage without a relation, the percentage is the result.
  const known = printed === relating.printed ? figures?.find(isPrinted) : undefined;
  const result = chosen.find(isPrinted) ?? known ?? null;
  const isWhole = isTaken(operation, inputs.length, result !== null);
  const takeOut = (figure: RelationFigure): void => {
    toggle(figure);
    announce(t('relations.takenOut', { figure: figure.text }));
  };
  const toggle = (figure: RelationFigure): void =>
    setChosen((now) =>
      now.some(({ id }) => id === figure.id) ? now.filter(({ id }) => id !== figure.id) : [...now, figure],
    );
  const options = [...sources].map(([value, label]) => ({ value, label }));
  return (
    <Dialog
      title={t(instead === null ? 'relations.relate' : 'relations.otherPair')}
      isOpen
      onClose={onClose}
      closeLabel={t('app.close')}
      size="wide"
      ignoresOutside
      footer={
        <Button
          kind="primary"
          isDisabled={!isWhole}
          isPending={acts.isPending}
          onPress={() =>
            acts.make(
              { operation, inputs: inputs.map(placeOf), printed: result === null ? null : placeOf(result) },
              instead,
              onClose,
            )
          }
        >
          {t('relations.make')}
        </Button>
      }
    >
      <div className="relate">
        <Select
          label={t('relations.source')}
          value={source}
          options={options}
          none={t('relations.noSource')}
          onChange={setSource}
        />
        {source === null ? null : <Figures source={source} chosen={chosen} onToggle={toggle} />}
        <Select
          label={t('relations.operation')}
          value={operation}
          options={OPERATION_NAMES.map((value) => ({ value, label: t(`relations.operations.${value}`) }))}
          none={t('relations.noOperation')}
          onChange={(value) => setOperation(value ?? 'share')}
        />
        <Chosen
          inputs={inputs}
          result={result}
          operation={operation}
          onRemove={takeOut}
          onUp={(figure) => setChosen((now) => movedUp(now, figure))}
          onPrinted={(figure) => setPrinted(figure.id === printed ? null : figure.id)}
        />
        <Outcome operation={operation} inputs={inputs} result={result} isWhole={isWhole} />
        {acts.error === null ? null : <InlineError message={acts.error} />}
      </div>
    </Dialog>
  );
}

function isTaken(operation: Operation, inputs: number, hasResult: boolean): boolean {
  if (operation === 'same') return inputs === 1 && hasResult;
  return operation === 'sum' ? inputs >= 2 : inputs === operationOf(operation).takes.length;
}

function movedUp(all: readonly RelationFigure[], figure: RelationFigure): RelationFigure[] {
  const at = all.findIndex(({ id }) => id === figure.id);
  return at < 1 ? [...all] : all.with(at, all[at - 1] ?? figure).with(at - 1, figure);
}

const keyOfFigure = ({ id }: FigureInText): string => id;

function Figures({
  source,
  chosen,
  onToggle,
}: {
  source: SourceId;
  chosen: readonly RelationFigure[];
  onToggle: (figure: RelationFigure) => void;
}) {
  const { t } = useTranslation();
  const [words, setWords] = useState('');
  const [current, setCurrent] = useState<string | null>(null);
  const { data, error } = useCall('figures.ofSource', { source });
  const wanted = wantedOf(words);
  const rows = (data?.figures ?? []).filter(
    ({ state, text, unit }) => state !== 'dismissed' && wantedOf(`${text} ${unit ?? ''}`).includes(wanted),
  );
  if (error !== null) return <InlineError message={error.message} />;
  return (
    <>
      <FilterField label={t('relations.findFigure')} value={words} onChange={setWords} />
      <div className="relate-figures">
        <VirtualList
          label={t('relations.figures')}
          rows={rows}
          keyOf={keyOfFigure}
          current={current}
          onCurrent={setCurrent}
          onOpen={onToggle}
        >
          {(figure) => (
            <div className="line relate-figure">
              <bdi className="source-words grow cut">{figure.text}</bdi>
              <span className="dim cut">
                {[unitWords(figure, t), t(`relations.figureKind.${figure.kind}`), figure.period?.text]
                  .filter(Boolean)
                  .join(', ')}
              </span>
              <span className="dim">{t('relations.page', { page: figure.page })}</span>
              {chosen.some(({ id }) => id === figure.id) ? <Badge icon="check">{t('relations.chosen')}</Badge> : null}
            </div>
          )}
        </VirtualList>
      </div>
    </>
  );
}

function Chosen({
  inputs,
  result,
  operation,
  onRemove,
  onUp,
  onPrinted,
}: {
  inputs: readonly RelationFigure[];
  result: RelationFigure | null;
  operation: Operation;
  onRemove: (figure: RelationFigure) => void;
  onUp: (figure: RelationFigure) => void;
  onPrinted: (figure: RelationFigure) => void;
}) {
  const { t } = useTranslation();
  const takes: readonly string[] = operationOf(operation).takes;
  const roleOf = (at: number): string =>
    operation === 'sum' ? t('relations.part') : (takes[at] ?? t('relations.tooMany'));
  const all = result === null ? inputs : [...inputs, result];
  if (all.length === 0) return <p className="hint">{t('relations.chooseFigures')}</p>;
  return (
    <ul className="relation-inputs" aria-label={t('relations.chosenFigures')}>
      {all.map((figure, at) => (
        <li key={figure.id} className="line">
          <span className="dim relate-role">{figure === result ? t('relations.result') : roleOf(at)}</span>
          <bdi className="source-words grow cut">{figure.text}</bdi>
          <IconButton
            size="small"
            icon="ascending"
            label={t('relations.moveUp', { figure: figure.text })}
            isDisabled={figure === result || at === 0}
            onPress={() => onUp(figure)}
          />
          <Button size="small" kind="quiet" aria-pressed={figure === result} onPress={() => onPrinted(figure)}>
            {t('relations.printsResult')}
          </Button>
          <IconButton
            size="small"
            icon="close"
            label={t('relations.takeOut', { figure: figure.text })}
            onPress={(pressed) => {
              toNextFigure(pressed);
              onRemove(figure);
            }}
          />
        </li>
      ))}
    </ul>
  );
}

/** Moves the focus to the next or previous figure’s remove button, otherwise to the list. Call it before a figure is removed. */
function toNextFigure({ target }: PressEvent): void {
  const row = target.closest('li');
  const near = row?.nextElementSibling ?? row?.previousElementSibling;
  const next = near?.querySelector<HTMLElement>('button:last-of-type');
  (next ?? target.closest('.relate')?.querySelector<HTMLElement>('[role="listbox"]'))?.focus();
}

/** The result of the operation, before it is written. */
function Outcome({
  operation,
  inputs,
  result,
  isWhole,
}: {
  operation: Operation;
  inputs: readonly RelationFigure[];
  result: RelationFigure | null;
  isWhole: boolean;
}) {
  const { t } = useTranslation();
  const card = (one: RelationFigure) => ({
    ...one,
    isConfirmed: one.state === 'confirmed' || one.state === 'reviewed',
  });
  const rules = useCall('conversions.list', {}).data?.conversions;
  const found =
    isWhole && rules !== undefined
      ? computedOf(
          operation,
          inputs.map(card),
          result === null ? null : card(result),
          'printed',
          conversionTable(rules),
        )
      : null;
  return (
    <p className="relate-outcome" role="status">
      {inputs.length === 0 && result === null
        ? null
        : found === null
          ? t('relations.notWhole')
          : t('relations.outcome', {
              computed: found.check.computed?.toDecimal(3) ?? '–',
              verdict: t(`relations.outcomes.${found.check.verdict}`),
            })}
    </p>
  );
}
