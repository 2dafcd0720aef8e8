import { useState } from 'react';
import type { ConfirmedCopies, OfferedCopies } from '../../../shared/contract/copies.ts';
import type { Source, SourceId } from '../../../shared/model/index.ts';
import { errorDataOf, useCall, useWrite } from '../../api/index.ts';
import { formatShare } from '../../common/format.ts';
import { notifyDone, notifyError } from '../../common/notices/notices.ts';
import { distinctName, sourceName, useApart } from '../../common/sources/sources.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button } from '../../ui/Button.tsx';
import { Check } from '../../ui/Choice.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Note } from '../../ui/Note.tsx';
import { Select } from '../../ui/Select.tsx';
import { SideBySide } from './SideBySide.tsx';

/** What the dialog shows: a decided group of copies, or a group that waits for a decision. */
export type CopiesToShow =
  | { readonly kind: 'offer'; readonly offer: OfferedCopies }
  | { readonly kind: 'group'; readonly group: ConfirmedCopies };

/** Decides which sources are copies, and which of them the text is from. Two of them are shown side by side. */
export function CopiesDialog({ shown, onClose }: { shown: CopiesToShow; onClose: () => void }) {
  const { t } = useTranslation();
  const ids = shown.kind === 'offer' ? shown.offer.sources.map(({ source }) => source) : shown.group.sources;
  const sources = useCall('sources.list', {}).data?.sources ?? NO_SOURCES;
  const apart = useApart();
  const [chosen, setChosen] = useState<ReadonlySet<SourceId>>(() => usuallyChosen(shown));
  const [origin, setOrigin] = useState<SourceId | null>(shown.kind === 'group' ? shown.group.origin : null);
  const [pair, setPair] = useState<readonly [SourceId, SourceId]>(() => firstPair(shown));
  const { decide, isPending } = useDecision(onClose);
  const byId = new Map(sources.map((one) => [one.id, one]));
  const nameOf = (id: SourceId): string => {
    const source = byId.get(id);
    return source === undefined ? '' : distinctName(sourceName(source), apart.get(id));
  };
  const kept = ids.filter((id) => chosen.has(id));
  const options = ids.map((id) => ({ value: id, label: nameOf(id) }));
  const toggle = (id: SourceId, isChosen: boolean): void => {
    const next = new Set(chosen);
    if (isChosen) next.add(id);
    else next.delete(id);
    setChosen(next);
    if (!isChosen && origin === id) setOrigin(null);
  };
  return (
    <Dialog
      title={t(shown.kind === 'offer' ? 'evidence.copies.ask' : 'evidence.copies.title')}
      isOpen
      onClose={onClose}
      closeLabel={t('app.close')}
      size="sheet"
      footer={
        <DecisionButtons
          shown={shown}
          kept={kept}
          isPending={isPending}
          onDecide={(what) => decide(shown, what, kept, origin)}
        />
      }
    >
      <div className="copies-dialog">
        <div className="stack">
          <Warnings shown={shown} nameOf={nameOf} />
          <fieldset className="stack-tight copies-sources">
            <legend className="field-label">{t('evidence.copies.which')}</legend>
            {ids.map((id) => (
              <div key={id} className="stack-tight">
                <Check label={nameOf(id)} selected={chosen.has(id)} onChange={(is) => toggle(id, is)} />
                <span className="hint copies-about">{aboutOf(shown, id, byId.get(id), t)}</span>
              </div>
            ))}
          </fieldset>
          <Select
            label={t('evidence.copies.origin')}
            value={origin}
            options={options.filter(({ value }) => chosen.has(value))}
            none={t('evidence.copies.originUnknown')}
            noneIsFine
            onChange={setOrigin}
          />
        </div>
        <SideBySide pair={pair} options={options} onPair={setPair} />
      </div>
    </Dialog>
  );
}
const NO_SOURCES: readonly Source[] = [];

/** The sources that are chosen at first. A source that has the text inside a longer one is not: a person has to choose it. */
const usuallyChosen = (shown: CopiesToShow): ReadonlySet<SourceId> =>
  shown.kind === 'group'
    ? new Set(shown.group.sources)
    : new Set(
        shown.offer.sources.flatMap(({ source, how, isConfirmed }) => (how === 'same' || isConfirmed ? source : [])),
      );

function firstPair(shown: CopiesToShow): readonly [SourceId, SourceId] {
  if (shown.kind === 'offer') return shown.offer.closest;
  const { sources, origin, apart } = shown.group;
  const [two] = apart;
  if (two !== undefined) return two;
  const first = origin ?? sources[0];
  const second = sources.find((id) => id !== first);
  if (first === undefined || second === undefined) throw new Error('A group of copies has two sources.');
  return [first, second];
}

type T = ReturnType<typeof useTranslation>['t'];

/** Publisher, date of publication, and the share of the source’s text that another source has. */
function aboutOf(shown: CopiesToShow, id: SourceId, source: Source | undefined, t: T): string {
  const offered = shown.kind === 'offer' ? shown.offer.sources.find((one) => one.source === id) : undefined;
  return [
    source?.publisher ?? null,
    source?.dateOfPublication?.edtf ?? source?.dateOfDocument?.edtf ?? null,
    offered === undefined ? null : t(`evidence.copies.how.${offered.how}`, { share: formatShare(offered.share) }),
    offered?.isConfirmed === true ? t('evidence.copies.isConfirmed') : null,
  ]
    .filter((part) => part !== null && part !== '')
    .join(' · ');
}

/** Warns if people decided differently on these sources. */
function Warnings({ shown, nameOf }: { shown: CopiesToShow; nameOf: (id: SourceId) => string }) {
  const { t } = useTranslation();
  if (shown.kind === 'offer') return null;
  const { disputed, apart } = shown.group;
  return (
    <>
      {disputed.length > 0 ? (
        <Note tone="warn">{t('evidence.copies.disputed', { names: disputed.map(nameOf).join(' · ') })}</Note>
      ) : null}
      {apart.map(([one, other]) => (
        <Note key={`${one} ${other}`} tone="warn">
          {t('evidence.copies.contradiction', { one: nameOf(one), other: nameOf(other) })}
        </Note>
      ))}
    </>
  );
}

type Decision = 'confirm' | 'apart' | 'withdraw';

interface ButtonsProps {
  readonly shown: CopiesToShow;
  readonly kept: readonly SourceId[];
  readonly isPending: boolean;
  readonly onDecide: (what: Decision) => void;
}

function DecisionButtons({ shown, kept, isPending, onDecide }: ButtonsProps) {
  const { t } = useTranslation();
  return (
    <>
      <Button isPending={isPending} onPress={() => onDecide(shown.kind === 'offer' ? 'apart' : 'withdraw')}>
        {t(shown.kind === 'offer' ? 'evidence.copies.notCopies' : 'evidence.copies.takeBack')}
      </Button>
      <span className="grow" />
      <Button kind="primary" isPending={isPending} isDisabled={kept.length < 2} onPress={() => onDecide('confirm')}>
        {t(shown.kind === 'offer' ? 'evidence.copies.confirm' : 'evidence.copies.save', { count: kept.length })}
      </Button>
    </>
  );
}

/** Returns a function that writes a decision, announces it and closes the dialog. After an error the dialog stays open and shows it. */
function useDecision(onClose: () => void) {
  const { t } = useTranslation();
  const confirm = useWrite('copies.confirm');
  const apart = useWrite('copies.apart');
  const withdraw = useWrite('copies.withdraw');
  const write = async (
    shown: CopiesToShow,
    what: Decision,
    kept: readonly SourceId[],
    origin: SourceId | null,
  ): Promise<void> => {
    switch (what) {
      case 'withdraw':
        await withdraw.mutateAsync({ sources: [...kept] });
        return;
      case 'apart': {
        if (shown.kind === 'group') return;
        const open = shown.offer.sources.filter(({ isConfirmed }) => !isConfirmed);
        const known = shown.offer.sources.filter(({ isConfirmed }) => isConfirmed);
        const [leaving, from] = open.length === 0 ? [known, open] : [open, known];
        await apart.mutateAsync({
          sources: leaving.map(({ source }) => source),
          from: from.map(({ source }) => source),
        });
        return;
      }
      case 'confirm': {
        const stay = new Set(kept);
        const without = shown.kind === 'group' ? shown.group.sources.filter((id) => !stay.has(id)) : [];
        await confirm.mutateAsync({ sources: [...kept], origin, without });
      }
    }
  };
  return {
    isPending: confirm.isPending || apart.isPending || withdraw.isPending,
    decide: (...decision: Parameters<typeof write>): void =>
      void write(...decision).then(
        () => {
          onClose();
          notifyDone(t(`evidence.copies.done.${decision[1]}`), t('evidence.copies.title'));
        },
        (thrown: unknown) => notifyError(errorDataOf(thrown)),
      ),
  };
}
