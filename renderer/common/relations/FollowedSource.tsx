import { useMemo, useState } from 'react';
import type { RelationParts, RelationSaid } from '../../../shared/contract/relations.ts';
import { followedOf } from '../../../shared/figures/followed.ts';
import type { FigureId, RelationId } from '../../../shared/model/index.ts';
import { errorDataOf, useCall, useWrite } from '../../api/index.ts';
import { Badge } from '../../ui/Badge.tsx';
import { Button } from '../../ui/Button.tsx';
import { NameDialog } from '../../ui/NameDialog.tsx';
import { keysOf, shownKeysOf } from '../commands/command-keys.ts';
import { type Command, useCommands } from '../commands/registry.ts';
import { announce, notifyError } from '../notices/notices.ts';
import { useNames } from '../people/use-names.ts';
import { useReadOnly } from '../read-only.ts';
import { useTranslation } from '../strings/use-translation.ts';

/** One of two figures that contradict each other. */
export interface Side {
  readonly figure: FigureId;
  readonly title: string;
}

interface FollowedSourceProps {
  readonly id: RelationId;
  /** The recorded difference between the figures, or the parts of a difference that would be recorded. */
  readonly of: { readonly id: RelationId } | RelationParts;
  readonly sides: readonly [Side, Side];
  readonly said: readonly RelationSaid[];
}

const COMMANDS = ['followFirst', 'followSecond'] as const;

/** Which of two contradicting sources the team follows: earlier decisions, and the form for another. No figure is changed. */
export function FollowedSource({ id, of, sides, said }: FollowedSourceProps) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const own = useCall('app.state', {}).data?.person.id ?? null;
  const [asked, setAsked] = useState<Side | null>(null);
  const follow = useWrite('relations.follow');
  const withdraw = useWrite('relations.withdraw');
  const [first, second] = sides;
  useCommands(
    useMemo<Command[]>(
      () =>
        [first, second].map((side, at) => ({
          id: COMMANDS[at] ?? '',
          title: t('relations.follow.one', { source: side.title }),
          group: 'library',
          keys: keysOf(COMMANDS[at] ?? 'followFirst'),
          when: () => !isReadOnly,
          run: () => setAsked(side),
        })),
      // Sides are made anew with every drawing.
      // oxlint-disable-next-line react-hooks/exhaustive-deps
      [t, isReadOnly, first.figure, first.title, second.figure, second.title],
    ),
  );
  const { figure, isDisputed } = followedOf(said);
  const mine = said.find((one) => one.person === own && one.follows !== null && one.verdict === 'confirmed');
  return (
    <>
      <Said said={said} sides={sides} />
      <div className="line following-acts">
        {isReadOnly
          ? null
          : sides.map((side, at) => (
              <Button
                key={side.figure}
                size="small"
                keys={shownKeysOf(COMMANDS[at] ?? 'followFirst')}
                isDisabled={mine?.follows === side.figure && mine.current}
                onPress={() => setAsked(side)}
              >
                <bdi className="cut">{t('relations.follow.one', { source: side.title })}</bdi>
              </Button>
            ))}
        {mine === undefined || isReadOnly ? null : (
          <Button
            size="small"
            kind="quiet"
            isPending={withdraw.isPending}
            onPress={() => withdraw.mutate({ id }, { onError: (thrown) => notifyError(errorDataOf(thrown)) })}
          >
            {t('relations.follow.open')}
          </Button>
        )}
      </div>
      {isDisputed ? <Badge tone="warn">{t('relations.follow.disputed')}</Badge> : null}
      {figure === null && !isDisputed ? <p className="hint">{t('relations.follow.nobody')}</p> : null}
      {asked === null ? null : (
        <NameDialog
          title={t('relations.follow.one', { source: asked.title })}
          label={t('relations.follow.reason')}
          words={{ save: t('relations.follow.save'), cancel: t('app.cancel') }}
          initial=""
          lines={2}
          error={follow.error?.message ?? null}
          isPending={follow.isPending}
          onSave={(reason) =>
            follow.mutate(
              { of, follows: asked.figure, reason },
              {
                onSuccess: () => {
                  announce(t('relations.follow.done', { source: asked.title }));
                  setAsked(null);
                },
              },
            )
          }
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

/** Which source each person follows, and why. */
function Said({ said, sides }: Pick<FollowedSourceProps, 'said' | 'sides'>) {
  const { t } = useTranslation();
  const names = useNames();
  const all = said.filter(({ follows, verdict }) => follows !== null && verdict === 'confirmed');
  if (all.length === 0) return null;
  return (
    <ul className="following">
      {all.map((one) => (
        <li key={one.person}>
          <bdi>
            {t('relations.follow.said', {
              name: names?.get(one.person) ?? t('relations.somebody'),
              source: sides.find(({ figure }) => figure === one.follows)?.title ?? '',
              reason: one.reason,
            })}
          </bdi>
          {one.current ? null : <span className="hint"> ({t('relations.ofEarlier')})</span>}
        </li>
      ))}
    </ul>
  );
}
