import { useEffect, useMemo, useRef, useState } from 'react';
import type { SavedView } from '../../../shared/contract/views.ts';
import { useWrite } from '../../api/index.ts';
import { keysOf } from '../../common/commands/command-keys.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { useViews } from './EvidenceRail.tsx';
import { ViewNameDialog } from './ViewNameDialog.tsx';
import { changesOf, showView, useEvidence } from './state.ts';

/** The name of the view, whether it was changed since it was saved, and the button that shows the rail if that is hidden. */
export function ViewHead({ onShowRail }: { onShowRail: (() => void) | null }) {
  const { t } = useTranslation();
  const now = useEvidence();
  const front = useViews().find(({ id }) => id === now.view) ?? null;
  const isChanged = front !== null && Object.keys(changesOf(front, now)).length > 0;
  return (
    <div className="line grow evidence-view">
      {onShowRail === null ? null : (
        <IconButton icon="paneStart" label={t('evidence.showRail')} aria-expanded={false} onPress={onShowRail} />
      )}
      <h2 className="strong cut">
        <bdi>{front?.name ?? t('evidence.all')}</bdi>
      </h2>
      {front === null || front.unknown.length === 0 ? null : (
        <span className="hint cut" title={t('evidence.viewUnknown')}>
          {t('evidence.viewUnknown')}
        </span>
      )}
      {isChanged ? <Changed view={front} /> : null}
      <SaveView changed={isChanged ? front : null} />
    </div>
  );
}

/** Saves the changes to the current view, or asks for the name of a new view. */
function SaveView({ changed }: { changed: SavedView | null }) {
  const { t } = useTranslation();
  const change = useWrite('views.change');
  const isReadOnly = useReadOnly();
  const [isNaming, setNaming] = useState(false);
  const latest = useRef<() => void>(null);
  useEffect(() => {
    latest.current = () => {
      if (changed === null) setNaming(true);
      else change.mutate({ id: changed.id, ...changesOf(changed, useEvidence.getState()) });
    };
  });
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'saveView',
          title: t('evidence.saveAs'),
          group: 'library',
          icon: 'add',
          keys: keysOf('saveView'),
          inFields: true,
          when: () => !isReadOnly && useEvidence.getState().within.length === 0,
          run: () => latest.current?.(),
        },
      ],
      [t, isReadOnly],
    ),
  );
  return isNaming ? <ViewNameDialog view={null} onClose={() => setNaming(false)} /> : null;
}

function Changed({ view }: { view: SavedView }) {
  const { t } = useTranslation();
  const now = useEvidence();
  const change = useWrite('views.change');
  const isReadOnly = useReadOnly();
  const [isNaming, setNaming] = useState(false);
  // A view does not keep what a chart narrowed the table to, so it would silently save another set of passages.
  const isNarrowed = now.within.length > 0;
  return (
    <>
      <span className="evidence-changed">{t('evidence.viewChanged')}</span>
      {isReadOnly || isNarrowed ? null : (
        <>
          <Button
            size="small"
            isPending={change.isPending}
            onPress={() => change.mutate({ id: view.id, ...changesOf(view, now) })}
          >
            {t('evidence.saveChange')}
          </Button>
          <Button size="small" onPress={() => setNaming(true)}>
            {t('evidence.saveNew')}
          </Button>
        </>
      )}
      <Button size="small" kind="quiet" onPress={() => showView(view)}>
        {t('evidence.asSaved')}
      </Button>
      {isNaming ? <ViewNameDialog view={null} onClose={() => setNaming(false)} /> : null}
    </>
  );
}
