import { useState, type ReactNode } from 'react';
import type { CallOutput } from '../../../shared/contract/index.ts';
import type { PlaceRecordId } from '../../../shared/model/index.ts';
import { ownPlaceKind, type OwnPlaceKind } from '../../../shared/places/gazetteer.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Field } from '../../ui/Field.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { Select } from '../../ui/Select.tsx';
import { useTranslation } from '../strings/use-translation.ts';

interface Where {
  readonly parent: string | null;
  readonly kind: OwnPlaceKind | null;
}

/** Adds a place that the gazetteer lacks, with all of its names, as one edit. */
export function AddPlaceDialog({
  parent = null,
  onAdded,
  onClose,
}: {
  parent?: string | null;
  onAdded: (id: PlaceRecordId) => void;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [names, setNames] = useState('');
  const [where, setWhere] = useState<Where>({ parent, kind: null });
  const add = useWrite('places.add');
  const further = names.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()]));
  const save = (): void =>
    add.mutate({ name: name.trim(), names: further, ...where }, { onSuccess: ({ id }) => onAdded(id) });
  return (
    <PlaceForm
      title={t('placePane.addPlace')}
      canSave={name.trim().length >= 2}
      error={add.error?.message ?? null}
      isPending={add.isPending}
      onSave={save}
      onClose={onClose}
    >
      <Field label={t('placePane.name')} value={name} onChange={setName} autoFocus maxLength={100} isRequired />
      <WhereFields where={where} except={null} onChange={setWhere} />
      <Field
        label={t('placePane.furtherNames')}
        hint={t('placePane.furtherNamesHint')}
        value={names}
        onChange={setNames}
        lines={4}
      />
    </PlaceForm>
  );
}

/** Changes the kind of a place that the team added, and the place it is in. */
export function MovePlaceDialog({
  place,
  id,
  onClose,
}: {
  place: CallOutput<'places.get'>;
  id: PlaceRecordId;
  onClose: () => void;
}) {
  const { t } = useTranslation();
  const [where, setWhere] = useState<Where>({ parent: place.parent, kind: place.own?.kind ?? null });
  const move = useWrite('places.move');
  return (
    <PlaceForm
      title={t('placePane.move')}
      canSave
      error={move.error?.message ?? null}
      isPending={move.isPending}
      onSave={() => move.mutate({ id, ...where }, { onSuccess: onClose })}
      onClose={onClose}
    >
      <WhereFields where={where} except={id} onChange={setWhere} />
    </PlaceForm>
  );
}

interface FormProps {
  readonly title: string;
  readonly canSave: boolean;
  readonly error: string | null;
  readonly isPending: boolean;
  readonly onSave: () => void;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

function PlaceForm({ title, canSave, error, isPending, onSave, onClose, children }: FormProps) {
  const { t } = useTranslation();
  return (
    <Dialog
      title={title}
      isOpen
      onClose={onClose}
      ignoresOutside
      footer={
        <>
          <Button onPress={onClose}>{t('app.cancel')}</Button>
          <Button kind="primary" isDisabled={!canSave} isPending={isPending} onPress={onSave}>
            {t('placePane.save')}
          </Button>
        </>
      }
    >
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          if (canSave) onSave();
        }}
      >
        {children}
        {error === null ? null : <InlineError message={error} />}
      </form>
    </Dialog>
  );
}

/** `except`: the place itself, which can’t be inside itself. */
function WhereFields({
  where,
  except,
  onChange,
}: {
  where: Where;
  except: string | null;
  onChange: (where: Where) => void;
}) {
  const { t } = useTranslation();
  const places = useCall('places.list', {}).data?.places ?? [];
  return (
    <>
      <Select
        label={t('placePane.kind')}
        value={where.kind}
        options={ownPlaceKind.options.map((value) => ({ value, label: t(`placePane.kinds.${value}`) }))}
        none={t('placePane.noKind')}
        noneIsFine
        onChange={(kind) => onChange({ ...where, kind })}
      />
      <Select
        label={t('placePane.parent')}
        value={where.parent}
        options={places
          .filter(({ id }) => id !== except)
          .map(({ id, name, chinese }) => ({ value: id, label: name, hint: chinese ?? '' }))}
        none={t('placePane.noParent')}
        noneIsFine
        onChange={(parent) => onChange({ ...where, parent })}
      />
    </>
  );
}
