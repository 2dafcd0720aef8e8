import { Form } from 'react-aria-components';
import { SAMPLE } from '../../../shared/contract/coding.ts';
import type { Assignment } from '../../../shared/model/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { FilterChoice, usePersonChoices, useSourceChoices } from '../../common/choices/FilterChoice.tsx';
import { runPending } from '../../common/drafts/pending-commits.ts';
import { formatWhen } from '../../common/format.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { useNow } from '../../common/now.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { Check, Segments } from '../../ui/Choice.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { VirtualList } from '../../ui/VirtualList.tsx';
import { useLanguages } from './comparison.tsx';
import {
  editNewAssignment,
  EMPTY_DRAFT,
  useCoding,
  goToUnit,
  SAMPLES,
  type NewAssignmentDraft,
  openUnit,
  unitKey,
  useTagged,
  type SampleUnit,
  useSaveAndNotify,
} from './state.ts';

/**
 * Assignments for blind coding and their progress. In a coder’s copy: what to code, and the button that submits the
 * work.
 */
export function Assignments() {
  const { t } = useTranslation();
  const list = useCall('assignments.list', {});
  const newAssignment = useCoding((state) => state.newAssignment);
  const assignments = (list.data?.assignments ?? []).toSorted((a, b) => b.at - a.at);
  const blind = assignments.find(({ id }) => id === list.data?.blind);
  if (blind !== undefined) return <SubmitWork assignment={blind} />;
  return (
    <div className="scroll team-body">
      {list.error === null ? null : <InlineError message={list.error.message} />}
      {newAssignment !== null ? (
        <NewAssignment draft={newAssignment} />
      ) : (
        <div className="team-block coding-begin">
          <p className="reading hint">{t('coding.meaning')}</p>
          <Button
            kind={assignments.length === 0 ? 'primary' : 'plain'}
            icon="add"
            onPress={() => editNewAssignment(EMPTY_DRAFT)}
          >
            {t('coding.new')}
          </Button>
        </div>
      )}
      {list.isSuccess && assignments.length === 0 && newAssignment === null ? (
        <EmptyState title={t('coding.none')} text={t('coding.noneText')} />
      ) : (
        <ul className="team-block team-list" aria-label={t('coding.tabs.assignments')}>
          {assignments.map((assignment) => (
            <Row key={assignment.id} assignment={assignment} />
          ))}
        </ul>
      )}
      <WithdrawnAssignments removed={list.data?.removed ?? []} />
    </div>
  );
}

function Row({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation();
  const now = useNow();
  const info = useCall('project.info', {}).data;
  const done = useWrite('assignments.done');
  const { id, name, coderName, person, unit, units, seed, leadDone, coderDone, at } = assignment;
  const isMine = info?.person.id === person;
  const lead = info?.people.find((one) => one.id === person)?.name ?? '';
  return (
    <li className="team-row coding-row">
      <span className="grow">
        <bdi className="strong">{name === '' ? coderName : name}</bdi>
        <span className="hint" title={formatMoment(at)}>
          {t('coding.row', {
            units: t(`coding.units.${unit}`, { count: units.length }),
            seed,
            when: formatWhen(at, now),
          })}
        </span>
      </span>
      <Done name={coderName} isDone={coderDone} />
      <Done name={isMine ? t('coding.you') : lead} isDone={leadDone} />
      {isMine && !leadDone ? (
        <Button size="small" isPending={done.isPending} onPress={() => done.mutate({ id, done: true })}>
          {t('coding.iAmDone')}
        </Button>
      ) : null}
      {done.error === null ? null : <InlineError message={done.error.message} />}
    </li>
  );
}

function Done({ name, isDone }: { name: string; isDone: boolean }) {
  const { t } = useTranslation();
  return (
    <Badge tone={isDone ? 'ok' : 'plain'} icon={isDone ? 'check' : 'clock'}>
      {t(isDone ? 'coding.hasDone' : 'coding.isCoding', { name })}
    </Badge>
  );
}

/**
 * Assignments that were withdrawn. The coder may have the file already, and the work can be merged only while the
 * assignment is in the project, so they can be restored.
 */
function WithdrawnAssignments({ removed }: { removed: readonly Assignment[] }) {
  const { t } = useTranslation();
  const restore = useWrite('assignments.restore');
  if (removed.length === 0) return null;
  return (
    <section className="team-block" aria-label={t('coding.takenBack')}>
      <h3 className="strong">{t('coding.takenBack')}</h3>
      <p className="hint">{t('coding.takenBackText')}</p>
      <ul className="team-list">
        {removed.map(({ id, name, coderName }) => (
          <li key={id} className="team-row coding-row">
            <bdi className="grow">{name === '' ? coderName : name}</bdi>
            <Button size="small" isPending={restore.isPending} onPress={() => restore.mutate({ id })}>
              {t('coding.bringBack')}
            </Button>
          </li>
        ))}
      </ul>
      {restore.error === null ? null : <InlineError message={restore.error.message} />}
    </section>
  );
}

/** In a copy for blind coding: the coder's progress, and the button to submit the work. */
function SubmitWork({ assignment }: { assignment: Assignment }) {
  const { t } = useTranslation();
  const saveAndNotify = useSaveAndNotify();
  const exporting = useWrite('app.exportProject');
  const opened = useCoding((state) => state.unit);
  const { unit, units, coderDone, name } = assignment;
  const tagged = useTagged(units);
  const submit = async (): Promise<void> => {
    await runPending();
    saveAndNotify(exporting.mutateAsync({}));
  };
  return (
    <div className="coding-differences">
      <div className="team-block coding-begin">
        <h3 className="strong">{name === '' ? t('coding.blind') : name}</h3>
        <p className="reading">
          {t('coding.blindMeaning', { units: t(`coding.units.${unit}`, { count: units.length }) })}
        </p>
        {exporting.error === null ? null : <InlineError message={exporting.error.message} />}
        <div className="line" data-wrap>
          <Button kind="primary" icon="export" isPending={exporting.isPending} onPress={() => void submit()}>
            {t(coderDone ? 'coding.handBackAgain' : 'coding.handBack')}
          </Button>
          <span className="hint" role="status">
            {tagged === undefined ? '' : t('coding.tagged', { count: tagged.size })}
          </span>
        </div>
      </div>
      <div className="coding-sample">
        <VirtualList
          label={t('coding.sample')}
          rows={units}
          keyOf={unitKey}
          current={opened}
          onCurrent={goToUnit}
          onOpen={openUnit}
          rowHeight="--s-6"
        >
          {(row) => <Unit unit={row} number={units.indexOf(row) + 1} isTagged={tagged?.has(unitKey(row)) ?? false} />}
        </VirtualList>
      </div>
    </div>
  );
}

function Unit({ unit, number, isTagged }: { unit: SampleUnit; number: number; isTagged: boolean }) {
  const { t } = useTranslation();
  const { source, layer, start, end } = unit;
  const home = useCall('sources.get', { id: source }).data;
  const text = useCall('layers.text', { id: layer }).data?.text;
  const language = useLanguages().get(source);
  return (
    <span className="coding-sampled">
      <span className="dim number">{number}</span>
      <span className="coding-two-lines">
        <bdi className="coding-quote cut" lang={language}>
          {text === undefined ? '' : quotedWords(text.slice(start, end), 'pdf')}
        </bdi>
        <bdi className="hint cut">{home?.title ?? home?.fileName ?? ''}</bdi>
      </span>
      {isTagged ? (
        <Badge tone="ok" icon="check">
          {t('coding.isTagged')}
        </Badge>
      ) : null}
    </span>
  );
}

interface PartProps {
  readonly draft: NewAssignmentDraft;
  readonly put: (part: Partial<NewAssignmentDraft>) => void;
}

const SEED = /^\d{1,9}$/;
const sampleOf = ({ what, amount }: NewAssignmentDraft): string =>
  what === 'sources' ? 'sources' : `${what}:${amount.replace(/\s/g, '')}`;

/** Draws a sample for a coder and saves it as a project file without anyone's codings. */
function NewAssignment({ draft }: { draft: NewAssignmentDraft }) {
  const { t } = useTranslation();
  const { coder, seed, sources, leadToo } = draft;
  const put = (part: Partial<NewAssignmentDraft>): void => editNewAssignment({ ...draft, ...part });
  const me = useCall('project.info', {}).data?.person.name;
  const names = [...new Set(usePersonChoices().map(({ name }) => name))].filter((name) => name !== me);
  const assign = useWrite('app.assign');
  const saveAndNotify = useSaveAndNotify();
  const sample = sampleOf(draft);
  const isRight = SAMPLE.test(sample) && SEED.test(seed);
  const request = { sample, sources: [...sources], seed: Number(seed), leadToo };
  const count = useCall('assignments.count', isRight ? request : null);
  const start = (): void => {
    if (!isRight || coder.trim() === '' || assign.isPending) return;
    saveAndNotify(assign.mutateAsync({ ...request, coder: coder.trim() }), () => editNewAssignment(null));
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
        <Button onPress={() => editNewAssignment(null)}>{t('app.cancel')}</Button>
        <span className="hint" role="status">
          {count.error?.message ??
            (count.data === undefined
              ? ''
              : t('coding.count', {
                  units: t('coding.unitCount', { count: count.data.units }),
                  sources: t('share.sources', { count: count.data.sources }),
                }))}
          {coder.trim() === '' ? ` ${t('coding.needsCoder')}` : ''}
        </span>
      </div>
    </Form>
  );
}

/** The unit, the size, the sources and the seed of the sample. */
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
