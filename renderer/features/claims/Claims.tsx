import { useMemo, useState } from 'react';
import { useCall } from '../../api/index.ts';
import { keysOf, shownKeysOf } from '../../common/commands/command-keys.ts';
import { type Command, useCommands } from '../../common/commands/registry.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Button } from '../../ui/Button.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { OnePane } from '../../ui/OnePane.tsx';
import type { FrameWidth } from '../../ui/useMedia.ts';
import { ClaimList } from './ClaimList.tsx';
import { ClaimPane } from './ClaimPane.tsx';
import { LinkDialog } from './LinkDialog.tsx';
import { NeedsPane } from './NeedsPane.tsx';
import { chosenOf, showPane, useClaims } from '../../common/claims/state.ts';

/** The claims screen: the list of claims, the current one with its passages, and what it lacks. */
export function Claims({ width }: { width: FrameWidth }) {
  const { t } = useTranslation();
  const { which, current, pane } = useClaims();
  const isReadOnly = useReadOnly();
  const { data, error } = useCall('claims.list', {});
  const [isWriting, setWriting] = useState(false);
  const [isLinking, setLinking] = useState(false);
  const claims = data?.claims ?? [];
  const claim = claims.find(({ id }) => id === current) ?? chosenOf(claims, which)[0];
  const hasClaim = claim !== undefined;
  useCommands(
    useMemo<Command[]>(
      () => [
        {
          id: 'newClaim',
          title: t('claims.new'),
          group: 'library',
          icon: 'add',
          keys: keysOf('newClaim'),
          when: () => !isReadOnly,
          run: () => setWriting(true),
        },
        {
          id: 'linkPassage',
          title: t('claims.link'),
          group: 'library',
          icon: 'link',
          keys: keysOf('linkPassage'),
          when: () => !isReadOnly && hasClaim,
          run: () => setLinking(true),
        },
      ],
      [t, isReadOnly, hasClaim],
    ),
  );
  if (error !== null) return <InlineError message={error.message} />;
  if (data === undefined) return <div className="claims" aria-busy="true" />;
  const list = <ClaimList claims={claims} isWriting={isWriting} onWrite={setWriting} />;
  const main =
    claim === undefined ? (
      <NoClaim onWrite={() => setWriting(true)} />
    ) : (
      <ClaimPane claim={claim} number={claims.indexOf(claim) + 1} onLink={() => setLinking(true)} />
    );
  const needs = claim === undefined ? null : <NeedsPane claim={claim} />;
  return (
    <>
      {width === 'one' ? (
        <OnePane
          label={t('claims.panes')}
          className="claims"
          panes={[
            { name: 'list', label: t('claims.title') },
            { name: 'claim', label: t('claims.one') },
            { name: 'needs', label: t('claims.needs') },
          ]}
          shown={pane}
          onShow={showPane}
        >
          {pane === 'list' ? list : pane === 'claim' ? main : needs}
        </OnePane>
      ) : (
        <div className="claims">
          {list}
          {main}
          {needs}
        </div>
      )}
      {isLinking && claim !== undefined ? <LinkDialog claim={claim} onClose={() => setLinking(false)} /> : null}
    </>
  );
}

function NoClaim({ onWrite }: { onWrite: () => void }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  return (
    <div className="claim-main">
      <EmptyState title={t('claims.first.title')} text={t('claims.first.text')}>
        {isReadOnly ? null : (
          <Button kind="primary" icon="add" keys={shownKeysOf('newClaim')} onPress={onWrite}>
            {t('claims.new')}
          </Button>
        )}
      </EmptyState>
    </div>
  );
}
