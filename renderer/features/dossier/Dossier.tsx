import { useEffect, useMemo, useState } from 'react';
import type { SavedDossier } from '../../../shared/contract/dossier.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { useCommands, type Command } from '../../common/commands/registry.ts';
import { announce } from '../../common/notices/notices.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { focusScreen } from '../../ui/focus-memory.ts';
import { NameDialog } from '../../ui/NameDialog.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { OnePane } from '../../ui/OnePane.tsx';
import type { FrameWidth } from '../../ui/useMedia.ts';
import { CheckDialog } from './CheckDialog.tsx';
import { ComposePane } from './ComposePane.tsx';
import { ExhibitsPane } from './ExhibitsPane.tsx';
import { OutPane } from './OutPane.tsx';
import { askedOf, closeDossiers, showDossier, showPane, useDossiers } from './state.ts';

/** The dossier screen: the form, the numbered exhibits in order, and the checks before the dossier goes to people without the program. */
export function Dossier({ width }: { width: FrameWidth }) {
  const { t } = useTranslation();
  const { current } = useDossiers();
  const isReadOnly = useReadOnly();
  const { data, error } = useCall('dossiers.list', {});
  const [isNaming, setNaming] = useState(false);
  const [isChecking, setChecking] = useState(false);
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'newDossier',
          title: t('dossier.new'),
          group: 'library',
          icon: 'add',
          when: () => !isReadOnly,
          run: () => setNaming(true),
        },
        {
          id: 'checkDossier',
          title: t('dossier.check.title'),
          group: 'library',
          icon: 'verified',
          run: () => setChecking(true),
        },
      ],
      [t, isReadOnly],
    ),
  );
  if (error !== null) return <InlineError message={error.message} />;
  if (data === undefined) return <div className="dossier" aria-busy="true" />;
  const saved = data.dossiers.find(({ id }) => id === current) ?? data.dossiers[0];
  return (
    <>
      {saved === undefined ? (
        <NoDossier onNew={isReadOnly ? null : () => setNaming(true)} onCheck={() => setChecking(true)} />
      ) : (
        <OneDossier
          key={saved.id}
          saved={saved}
          all={data.dossiers}
          width={width}
          onNew={() => setNaming(true)}
          onCheck={() => setChecking(true)}
        />
      )}
      {isChecking ? <CheckDialog onClose={() => setChecking(false)} /> : null}
      {isNaming ? <NewDossier onClose={() => setNaming(false)} /> : null}
    </>
  );
}

interface OneProps {
  readonly saved: SavedDossier;
  readonly all: readonly SavedDossier[];
  readonly width: FrameWidth;
  readonly onNew: () => void;
  readonly onCheck: () => void;
}

function OneDossier({ saved, all, width, onNew, onCheck }: OneProps) {
  const { t } = useTranslation();
  const pane = useDossiers((state) => state.pane);
  // The button that opened this dossier is no longer on the screen, so the focus goes to the screen itself.
  useEffect(() => focusScreen(false), []);
  const { data: preview, error } = useCall('dossier.preview', askedOf(saved));
  const choose = <ComposePane saved={saved} all={all} preview={preview} onNew={onNew} onCheck={onCheck} />;
  const exhibits = <ExhibitsPane saved={saved} preview={preview} error={error?.message ?? null} />;
  const out = <OutPane saved={saved} preview={preview} />;
  if (width === 'one')
    return (
      <OnePane
        label={t('dossier.panes')}
        className="dossier"
        panes={[
          { name: 'choose', label: t('dossier.chosen') },
          { name: 'exhibits', label: t('dossier.exhibits') },
          { name: 'out', label: t('dossier.out.title') },
        ]}
        shown={pane}
        onShow={showPane}
      >
        {pane === 'choose' ? choose : pane === 'exhibits' ? exhibits : out}
      </OnePane>
    );
  return (
    <div className="dossier">
      {choose}
      {exhibits}
      {out}
    </div>
  );
}

function NoDossier({ onNew, onCheck }: { onNew: (() => void) | null; onCheck: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="dossier">
      <div className="dossier-none">
        <IconButton icon="back" label={t('claims.back')} onPress={closeDossiers} />
        <EmptyState title={t('dossier.first.title')} text={t('dossier.first.text')}>
          {onNew === null ? null : (
            <Button kind="primary" icon="add" onPress={onNew}>
              {t('dossier.new')}
            </Button>
          )}
          <Button icon="verified" onPress={onCheck}>
            {t('dossier.check.title')}
          </Button>
        </EmptyState>
      </div>
    </div>
  );
}

/** Asks for the title of a new dossier. It starts with all claims; if there are no claims, with all passages. */
function NewDossier({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const create = useWrite('dossiers.create');
  const claims = useCall('claims.list', {}).data?.claims;
  return (
    <NameDialog
      title={t('dossier.new')}
      label={t('dossier.name')}
      words={{ save: t('dossier.create'), cancel: t('app.cancel') }}
      initial=""
      error={create.error === null ? null : create.error.message}
      isPending={create.isPending || claims === undefined}
      onSave={(title) =>
        create.mutate(
          { title, from: (claims ?? []).length > 0 ? { kind: 'claims', claims: [] } : { kind: 'query', query: '' } },
          {
            onSuccess: ({ id }) => {
              showDossier(id);
              announce(t('dossier.done.made'));
              onClose();
            },
          },
        )
      }
      onClose={onClose}
    />
  );
}
