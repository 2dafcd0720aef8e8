import { useMemo, useState } from 'react';
import type { RelationCard } from '../../../shared/contract/relations.ts';
import { ReadingFigures } from '../../common/figures/ReadingFigures.tsx';
import { keysOf, shownKeysOf } from '../../common/commands/command-keys.ts';
import { type Command, useCommands } from '../../common/commands/registry.ts';
import { announceRow } from '../../common/notices/notices.ts';
import { useReadOnly } from '../../common/read-only.ts';
import {
  closeRelations,
  GROUPINGS,
  setGrouping,
  setWhich,
  showPane,
  showRelation,
  startRelating,
  stopRelating,
  useRelations,
  WHICH,
} from '../../common/relations/state.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Choice.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { OnePane } from '../../ui/OnePane.tsx';
import { NameDialog } from '../../ui/NameDialog.tsx';
import type { FrameWidth } from '../../ui/useMedia.ts';
import { RelateDialog } from './RelateDialog.tsx';
import { grouped, RelationTable } from './RelationTable.tsx';
import { RelationPane } from './RelationPane.tsx';
import { editOf } from './edit-of.ts';
import { Unpaired } from './Unpaired.tsx';
import { type RelationActs, useRelationActs } from './useRelationActs.ts';
import { type RelationList, useRelationList } from './useRelationList.ts';
import { spokenRelation } from '../../common/relations/Verdict.tsx';
import { hasTwoReadings, isReturnable, listedOf } from '../../common/relations/verdicts.ts';

/** The relations screen: a list of relations by verdict, and the current relation with its readings and inputs. */
export function Relations({ width }: { width: FrameWidth }) {
  const { t } = useTranslation();
  const list = useRelationList();
  const { which, grouping, current, pane } = useRelations();
  const [asked, setAsked] = useState<Asked | null>(null);
  const acts = useRelationActs();
  const groups = list === null ? [] : grouped(listedOf(list.relations, which), grouping, list.titles, t);
  const rows = groups.flatMap((group) => group.relations);
  const relation = rows.find(({ id }) => id === current) ?? rows[0];
  useRelationCommands(relation, rows, acts, setAsked);
  if (list === null) return <Opening />;
  if (list.error !== null) return <InlineError message={list.error} />;
  const main = (
    <section className="relations-main" aria-label={t('relations.title')}>
      <Head list={list} count={rows.length} />
      {rows.length === 0 && isLooking(list) ? (
        <p className="grow pane-section mid" aria-busy="true">
          {t('relations.looking')}
        </p>
      ) : rows.length === 0 ? (
        <EmptyState
          title={t(list.isBlind ? 'relations.blind.title' : 'relations.none.title')}
          text={t(list.isBlind ? 'relations.blind.text' : 'relations.none.text')}
        />
      ) : (
        <RelationTable
          groups={groups}
          current={relation?.id ?? null}
          titles={list.titles}
          onOpen={(one) => {
            showRelation(one.id);
            showPane('relation');
          }}
        />
      )}
      {which === 'dismissed' ? null : <Unpaired list={list} />}
    </section>
  );
  const side =
    relation === undefined ? null : (
      <RelationPane
        relation={relation}
        number={rows.indexOf(relation) + 1}
        count={rows.length}
        titles={list.titles}
        acts={acts}
        onDismiss={() => setAsked({ kind: 'dismiss', relation })}
        onReturn={() => setAsked({ kind: 'return', relation })}
      />
    );
  return (
    <>
      {width === 'one' ? (
        <OnePane
          label={t('relations.panes')}
          className="relations"
          panes={[
            { name: 'list', label: t('relations.title') },
            { name: 'relation', label: t('relations.one') },
          ]}
          shown={pane}
          onShow={showPane}
        >
          {pane === 'list' ? main : side}
        </OnePane>
      ) : (
        <div className="relations">
          {main}
          {side}
        </div>
      )}
      <Dialogs list={list} acts={acts} asked={asked} onClose={() => setAsked(null)} />
    </>
  );
}

/** Says whether sources are still being read, so that more relations may follow. */
const isLooking = ({ read, failed, wanted, isReading }: RelationList): boolean => read + failed < wanted || isReading;

/** Shown before the first answer, with the button that goes back. */
function Opening() {
  const { t } = useTranslation();
  return (
    <div className="relations" aria-busy="true">
      <section className="relations-main" aria-label={t('relations.title')}>
        <header className="bar relations-head">
          <IconButton icon="back" label={t('relations.back')} onPress={closeRelations} />
          <h2>{t('relations.title')}</h2>
          <span className="dim grow" role="status">
            {t('relations.looking')}
          </span>
        </header>
      </section>
    </div>
  );
}

/** The actions that need a reason. */
interface Asked {
  readonly kind: 'dismiss' | 'return';
  readonly relation: RelationCard;
}

interface DialogsProps {
  readonly list: RelationList;
  readonly acts: RelationActs;
  readonly asked: Asked | null;
  readonly onClose: () => void;
}

/** The open dialog: figures of a relation, or the reason to dismiss or return one. */
function Dialogs({ list, acts, asked, onClose }: DialogsProps) {
  const { t } = useTranslation();
  const { relating } = useRelations();
  return (
    <>
      {relating === null ? null : (
        <RelateDialog relating={relating} sources={list.titles} acts={acts} onClose={stopRelating} />
      )}
      {asked === null ? null : (
        <NameDialog
          key={asked.kind}
          title={t(`relations.${asked.kind}Title`)}
          label={t(asked.kind === 'dismiss' ? 'relations.reason' : 'relations.returnReason')}
          words={{ save: t(`relations.${asked.kind}`), cancel: t('app.cancel') }}
          initial=""
          error={acts.error}
          isPending={acts.isPending}
          onSave={(reason) =>
            asked.kind === 'dismiss'
              ? acts.dismiss(asked.relation, reason, onClose)
              : acts.giveBack(asked.relation, reason, onClose)
          }
          onClose={onClose}
        />
      )}
    </>
  );
}

function Head({ list, count }: { list: RelationList; count: number }) {
  const { t } = useTranslation();
  const { which, grouping } = useRelations();
  const isReadOnly = useReadOnly();
  const left = list.all - list.wanted;
  return (
    <>
      <header className="bar relations-head">
        <IconButton icon="back" label={t('relations.back')} onPress={closeRelations} />
        <h2>{t('relations.title')}</h2>
        <span className="dim grow" role="status">
          {list.read + list.failed < list.wanted
            ? t('relations.readSources', { read: list.read, count: list.wanted })
            : t('relations.count', { count })}
        </span>
        <Segments
          label={t('relations.which')}
          value={which}
          options={WHICH.map((value) => ({ value, label: t(`relations.show.${value}`) }))}
          onChange={setWhich}
        />
        <Segments
          label={t('relations.grouping')}
          value={grouping}
          options={GROUPINGS.map((value) => ({ value, label: t(`relations.by.${value}`) }))}
          onChange={setGrouping}
        />
        <Button
          icon="add"
          keys={shownKeysOf('relate')}
          isDisabled={isReadOnly || list.isBlind}
          onPress={() => startRelating({ source: null, figures: [], instead: null })}
        >
          {t('relations.relate')}
        </Button>
      </header>
      {list.isReading && !list.isBlind ? (
        <div className="relations-more hint">
          <ReadingFigures />
        </div>
      ) : null}
      {left > 0 || list.failed > 0 || list.more ? (
        <p className="relations-more hint">
          {left > 0 ? t('relations.left', { count: left }) : null}
          {list.failed > 0 ? ` ${t('relations.failed', { count: list.failed })}` : null}
          {list.more ? ` ${t('relations.moreAcross')}` : null}
          {left > 0 ? (
            <Button size="small" kind="quiet" onPress={list.onMore}>
              {t('relations.lookMore')}
            </Button>
          ) : null}
        </p>
      ) : null}
    </>
  );
}

function useRelationCommands(
  relation: RelationCard | undefined,
  rows: readonly RelationCard[],
  acts: RelationActs,
  onAsk: (asked: Asked) => void,
): void {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const isOpen = relation !== undefined && !isReadOnly;
  useCommands(
    useMemo<Command[]>(() => {
      type Own = 'confirmRelation' | 'editRelation' | 'dismissRelation' | 'returnRelation';
      const own = (id: Own, run: () => void, can = true): Command => ({
        id,
        title: t(`relations.commands.${id}`),
        group: 'library',
        keys: keysOf(id),
        when: () => isOpen && can && useRelations.getState().relating === null,
        run,
      });
      const reading = (id: 'firstReading' | 'secondReading', chosen: 'exact' | 'rounded'): Command => ({
        id,
        title: t(`relations.commands.${id}`),
        group: 'library',
        keys: keysOf(id),
        when: () => isOpen && relation !== undefined && hasTwoReadings(relation),
        run: () => relation !== undefined && acts.confirm(relation, chosen),
      });
      const beside = (id: 'nextRelation' | 'previousRelation', step: 1 | -1): Command => ({
        id,
        title: t(`relations.commands.${id}`),
        group: 'library',
        keys: keysOf(id),
        repeats: true,
        when: () => relation !== undefined && useRelations.getState().relating === null,
        run: () => {
          const at = relation === undefined ? -1 : rows.indexOf(relation) + step;
          const next = rows[at];
          if (next === undefined) return;
          showRelation(next.id);
          announceRow(spokenRelation(next, at + 1, rows.length, t));
        },
      });
      return [
        beside('nextRelation', 1),
        beside('previousRelation', -1),
        {
          id: 'relate',
          title: t('relations.relate'),
          group: 'library',
          icon: 'link',
          keys: keysOf('relate'),
          when: () => !isReadOnly,
          run: () => startRelating({ source: null, figures: [], instead: null }),
        },
        own('confirmRelation', () => relation !== undefined && acts.confirm(relation, relation.reading)),
        own('editRelation', () => relation !== undefined && editOf(relation)),
        own('dismissRelation', () => relation !== undefined && onAsk({ kind: 'dismiss', relation })),
        own(
          'returnRelation',
          () => relation !== undefined && onAsk({ kind: 'return', relation }),
          relation !== undefined && isReturnable(relation),
        ),
        reading('firstReading', 'exact'),
        reading('secondReading', 'rounded'),
      ];
    }, [t, isReadOnly, isOpen, relation, rows, acts, onAsk]),
  );
}
