import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import type { CallInput } from '../../../shared/contract/index.ts';
import type { Root } from '../../../shared/contract/time-authorities.ts';
import { LARGEST_ANSWER } from '../../../shared/model/index.ts';
import { formatDay } from '../../../shared/text/moment.ts';
import { errorDataOf, useApi, useCall, useWrite } from '../../api/index.ts';
import { chooseFiles } from '../../common/files/choose-files.ts';
import { inBase64 } from '../../common/files/in-base64.ts';
import { announce } from '../../common/notices/notices.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { InlineError, Note } from '../../ui/Note.tsx';

type Offered = CallInput<'app.trustRoots'> & { readonly roots: readonly Root[] };

/**
 * The root certificates of time-stamping authorities that this installation trusts. A file is read first; its certificates are trusted once
 * the person has compared the fingerprints.
 */
export function RootsSettings() {
  const { t } = useTranslation();
  const api = useApi();
  const list = useCall('app.trustedRoots', {});
  const trust = useWrite('app.trustRoots');
  const done = useChanged();
  const [offered, setOffered] = useState<Offered | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const failed = (thrown: unknown): void => setFault(errorDataOf(thrown).message);
  const choose = async (): Promise<void> => {
    const [file] = await chooseFiles({ multiple: false, accept: '.pem,.crt,.cer,.der' });
    if (file === undefined) return;
    setFault(null);
    setOffered(null);
    if (file.size > LARGEST_ANSWER) {
      setFault(t('settings.roots.tooLarge', { name: file.name }));
      return;
    }
    const given = { name: file.name, content: await inBase64(file) };
    setOffered({ ...given, ...(await api.call('app.readRoots', given)) });
  };
  const roots = list.data?.roots ?? [];
  return (
    <div className="field">
      <span className="field-label">{t('settings.roots.title')}</span>
      <span className="settings-fact">{t('settings.roots.text')}</span>
      {list.error === null ? null : <InlineError message={list.error.message} />}
      {roots.length === 0 ? null : (
        <ul className="stack" aria-label={t('settings.roots.title')}>
          {roots.map((root) => (
            <TrustedRow key={root.fingerprint} root={root} onFailed={failed} />
          ))}
        </ul>
      )}
      {offered === null ? (
        <div className="line">
          <Button size="small" icon="add" onPress={() => void choose().catch(failed)}>
            {t('settings.roots.add')}
          </Button>
        </div>
      ) : (
        <Comparing
          offered={offered}
          isPending={trust.isPending}
          onCancel={() => setOffered(null)}
          onTrust={({ name, content }) =>
            trust.mutate(
              { name, content },
              {
                onSuccess: () => {
                  setOffered(null);
                  done();
                  announce(t('settings.roots.added', { count: offered.roots.length }));
                },
                onError: failed,
              },
            )
          }
        />
      )}
      {fault === null ? null : <InlineError message={fault} />}
    </div>
  );
}

function TrustedRow({ root, onFailed }: { root: Root; onFailed: (thrown: unknown) => void }) {
  const { t } = useTranslation();
  const remove = useWrite('app.removeRoot');
  const done = useChanged();
  const { fingerprint } = root;
  const untrust = (): void =>
    remove.mutate(
      { fingerprint },
      {
        onSuccess: () => {
          done();
          announce(t('settings.roots.removed', { name: nameOf(root) }));
        },
        onError: onFailed,
      },
    );
  return (
    <li className="line">
      <RootWords root={root} />
      <IconButton
        label={t('settings.roots.remove', { name: nameOf(root) })}
        icon="remove"
        size="small"
        isDisabled={remove.isPending}
        onPress={untrust}
      />
    </li>
  );
}

/** Returns a function that reads again what depends on the roots: what time stamps show. */
function useChanged(): () => void {
  const client = useQueryClient();
  return () => {
    for (const name of ['app.trustedRoots', 'timestamps.list']) void client.invalidateQueries({ queryKey: [name] });
  };
}

interface ComparingProps {
  readonly offered: Offered;
  readonly isPending: boolean;
  readonly onTrust: (offered: Offered) => void;
  readonly onCancel: () => void;
}

/** The fingerprints in a file, to compare with what the authority publishes elsewhere. */
function Comparing({ offered, isPending, onTrust, onCancel }: ComparingProps) {
  const { t } = useTranslation();
  return (
    <div className="stack" role="group" aria-label={t('settings.roots.compare')}>
      <Note tone="warn">{t('settings.roots.compareText')}</Note>
      <ul className="stack">
        {offered.roots.map((root) => (
          <li key={root.fingerprint}>
            <RootWords root={root} />
          </li>
        ))}
      </ul>
      <div className="line" data-wrap>
        <Button kind="primary" size="small" autoFocus isPending={isPending} onPress={() => onTrust(offered)}>
          {t('settings.roots.trust', { count: offered.roots.length })}
        </Button>
        <Button size="small" isDisabled={isPending} onPress={onCancel}>
          {t('app.cancel')}
        </Button>
      </div>
    </div>
  );
}

function RootWords({ root }: { root: Root }) {
  const { t } = useTranslation();
  const { fingerprint, from, until } = root;
  return (
    <span className="stack-tight grow">
      <bdi>{nameOf(root)}</bdi>
      {from === null || until === null ? null : (
        <span className="hint">{t('settings.roots.valid', { from: formatDay(from), until: formatDay(until) })}</span>
      )}
      <span className="mono settings-fact">{inPairs(fingerprint)}</span>
    </span>
  );
}

const nameOf = ({ subject }: Root): string => subject.replaceAll('\n', ', ');
/** A fingerprint in pairs, as authorities print it. */
const inPairs = (fingerprint: string): string => fingerprint.toUpperCase().replaceAll(/(..)(?=.)/g, '$1:');
