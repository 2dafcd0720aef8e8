import { useState } from 'react';
import type { PressEvent } from 'react-aria-components';
import type { Conflict } from '../../../shared/contract/merge.ts';
import type { KnownConversion } from '../../../shared/contract/measures.ts';
import { numberWords } from '../../../shared/figures/reading-words.ts';
import { errorDataOf, useCall, useWrite } from '../../api/index.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { isNumberTyped, numberTyped, unitTyped, unitWords } from '../../common/figures/words.ts';
import { announce } from '../../common/notices/notices.ts';
import { useTranslation, type Words } from '../../common/strings/use-translation.ts';
import { showTeam } from '../../common/workbench/screens.ts';
import { Button, LinkButton } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';
import { toFirstAct, useFormBelow } from './form-below.ts';

const NEW = { from: '', to: '', factor: '', by: '' };

/** The table of conversions between units: the program’s rows and the project’s. Each row can be changed. */
export function Conversions({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const all = useCall('conversions.list', {}).data?.conversions ?? [];
  const set = useWrite('conversions.set');
  const remove = useWrite('conversions.remove');
  const form = useFormBelow<typeof NEW>();
  const { edited } = form;
  const error = set.error ?? remove.error;
  const changed = { onSuccess: () => announce(t('figuresTable.said.conversion')) };
  const save = (): void => {
    if (edited === null) return;
    const onSuccess = (): void => {
      form.close();
      announce(t('figuresTable.said.conversion'));
    };
    const [from, to] = [unitTyped(edited.from, t), unitTyped(edited.to, t)];
    const factor = numberTyped(edited.factor);
    set.mutate({ ...edited, factor, from: from ?? edited.from, to: to ?? edited.to }, { onSuccess });
  };
  return (
    <Dialog
      title={t('figuresTable.conversions.title')}
      isOpen
      onClose={onClose}
      closeLabel={t('figuresTable.close')}
      size="wide"
      ignoresOutside={edited !== null}
    >
      <p className="hint">{t('figuresTable.conversions.about')}</p>
      <OpenConflicts onClose={onClose} />
      <table className="measures">
        <thead>
          <tr>
            <th scope="col">{t('figuresTable.conversions.rule')}</th>
            <th scope="col">{t('figuresTable.conversions.by')}</th>
            <th scope="col">
              <span className="unseen">{t('figuresTable.acts')}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {all.map((one) => (
            <tr key={`${one.from} ${one.to}`} data-off={one.factor === null || undefined}>
              <th scope="row">
                <Rule one={one} />
              </th>
              <td>{sourceOf(one)}</td>
              <td className="line">
                {isReadOnly ? null : (
                  <Acts
                    one={one}
                    onEdit={(pressed) => {
                      const { id, factor, known, by } = one;
                      // Leave out the program’s source: it does not support the factor that a person enters instead.
                      form.open(
                        { ...unitsOf(one, t), factor: factor ?? known ?? '', by: id === null ? '' : by },
                        pressed,
                      );
                    }}
                    onOff={() => set.mutate({ from: one.from, to: one.to, factor: null, by: one.by }, changed)}
                    onReset={(id) => remove.mutate({ id }, changed)}
                  />
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {error === null ? null : <InlineError message={errorDataOf(error).message} />}
      {isReadOnly ? null : edited === null ? (
        <Button size="small" icon="add" autoFocus={form.isBack} onPress={(pressed) => form.open(NEW, pressed)}>
          {t('figuresTable.conversions.add')}
        </Button>
      ) : (
        <ConversionForm edited={edited} onChange={form.change} onSave={save} onCancel={form.close} />
      )}
    </Dialog>
  );
}

/** Conflicts between two factors. Until one is resolved, figures are converted by one of the two; the table says so and shows both. */
function OpenConflicts({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const open = useCall('merge.conflicts', { limit: MOST_CONFLICTS }).data?.conflicts ?? [];
  const about = open.filter(({ entity }) => entity === 'conversion');
  if (about.length === 0) return null;
  const show = (): void => {
    onClose();
    showTeam('conflicts');
  };
  return (
    <Note tone="warn">
      <span className="line" data-wrap>
        <span className="grow">
          {t('figuresTable.conversions.conflict', { count: about.length })} {about.map(bothIn).join('; ')}
        </span>
        <LinkButton onPress={show}>{t('figuresTable.conversions.toConflicts')}</LinkButton>
      </span>
    </Note>
  );
}
const bothIn = ({ mine, incoming }: Conflict): string =>
  [mine, incoming].map(({ person, text }) => `${person}: ${text}`).join('; ');
/** At most this many conflicts are read. They are sorted by kind of record, and conversions come early. */
const MOST_CONFLICTS = 100;

/** The units as people write them: m², not the unit’s id. */
const unitsOf = ({ from, to }: Pick<KnownConversion, 'from' | 'to'>, t: Words): { from: string; to: string } => ({
  from: unitWords({ unit: from, value: '1' }, t),
  to: unitWords({ unit: to, value: '1' }, t),
});

/** The source of a conversion. */
const sourceOf = ({ by }: KnownConversion): string => by;

type Edited = typeof NEW;
type Wrong = Readonly<Partial<Record<keyof Edited, string>>>;

/** The faults that prevent saving, by field. */
function wrongIn({ from, to, factor }: Edited, t: Words): Wrong {
  const noUnit = t('figuresTable.noUnit');
  return {
    ...(from.trim() === '' ? { from: noUnit } : {}),
    ...(to.trim() === '' ? { to: noUnit } : {}),
    ...(isNumberTyped(factor) ? {} : { factor: t('figuresTable.noNumber') }),
  };
}

interface ConversionFormProps {
  readonly edited: Edited;
  readonly onChange: (edited: Edited) => void;
  readonly onSave: () => void;
  readonly onCancel: () => void;
}

function ConversionForm({ edited, onChange, onSave, onCancel }: ConversionFormProps) {
  const { t } = useTranslation();
  // In a conversion with known units, begin at the factor.
  const [first] = useState(edited.from === '' ? 'from' : 'factor');
  const [wrong, setWrong] = useState<Wrong>({});
  return (
    <form
      className="measure-form"
      onSubmit={(event) => {
        event.preventDefault();
        const found = wrongIn(edited, t);
        setWrong(found);
        if (Object.keys(found).length === 0) onSave();
      }}
    >
      {(['from', 'factor', 'to', 'by'] as const).map((field) => (
        <Field
          key={field}
          label={t(`figuresTable.conversions.fields.${field}`)}
          value={edited[field]}
          onChange={(value) => onChange({ ...edited, [field]: value })}
          autoFocus={field === first}
          error={wrong[field] ?? null}
        />
      ))}
      <div className="line">
        <Button size="small" kind="primary" type="submit">
          {t('figuresTable.save')}
        </Button>
        <Button size="small" kind="quiet" onPress={onCancel}>
          {t('figuresTable.cancel')}
        </Button>
      </div>
    </form>
  );
}

function Rule({ one }: { one: KnownConversion }) {
  const { t } = useTranslation();
  const { factor, contradicted } = one;
  const units = { ...unitsOf(one, t), to: unitWords({ unit: one.to, value: factor ?? '1' }, t) };
  return (
    <>
      {factor === null
        ? t('figuresTable.conversions.off', units)
        : t('figuresTable.conversions.is', { ...units, factor: numberWords(factor) })}
      {contradicted === null ? null : (
        <span className="bad">{t('figuresTable.conversions.contradicted', { factor: contradicted })}</span>
      )}
    </>
  );
}

function Acts({
  one,
  onEdit,
  onOff,
  onReset,
}: {
  one: KnownConversion;
  onEdit: (pressed: PressEvent) => void;
  onOff: () => void;
  onReset: (id: NonNullable<KnownConversion['id']>) => void;
}) {
  const { t } = useTranslation();
  const { id, known, factor } = one;
  const name = unitsOf(one, t);
  return (
    <>
      <Button size="small" kind="quiet" onPress={onEdit} aria-label={t('figuresTable.conversions.edit', name)}>
        {t('figuresTable.edit')}
      </Button>
      {factor === null || known === null ? null : (
        <Button
          size="small"
          kind="quiet"
          onPress={(pressed) => {
            toFirstAct(pressed);
            onOff();
          }}
          aria-label={t('figuresTable.conversions.turnOff', name)}
        >
          {t('figuresTable.off')}
        </Button>
      )}
      {id === null ? null : (
        <Button
          size="small"
          kind="quiet"
          onPress={(pressed) => {
            toFirstAct(pressed);
            onReset(id);
          }}
          aria-label={t('figuresTable.conversions.reset', name)}
        >
          {t(known === null ? 'figuresTable.remove' : 'figuresTable.reset')}
        </Button>
      )}
    </>
  );
}
