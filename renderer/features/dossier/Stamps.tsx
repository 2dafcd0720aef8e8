import { useState } from 'react';
import type { SavedDossier } from '../../../shared/contract/dossier.ts';
import type { Stamp } from '../../../shared/contract/timestamps.ts';
import { sha256, type Sha256 } from '../../../shared/model/index.ts';
import { formatMoment } from '../../../shared/text/moment.ts';
import { errorDataOf, useApi, useCall } from '../../api/index.ts';
import { chooseFiles } from '../../common/files/choose-files.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { StampBadge, StampSteps } from '../../common/timestamps/StampSteps.tsx';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { InlineError } from '../../ui/Note.tsx';

/** A file that the dossier was written to, with its time stamps. */
interface StampedFile {
  readonly file: string;
  readonly hash: Sha256;
  readonly stamps: readonly Stamp[];
}

/** The files of a dossier that have a time stamp or wait for one, newest first. */
function filesOf(stamps: readonly Stamp[] | undefined, dossier: SavedDossier['id']): StampedFile[] {
  const own = (stamps ?? []).filter((one) => one.dossier === dossier).toReversed();
  return [...Map.groupBy(own, ({ hash }) => hash)].flatMap(([given, group]) => {
    const hash = sha256.safeParse(given).data;
    const [first] = group;
    return hash === undefined || first === undefined ? [] : [{ file: first.name, hash, stamps: group }];
  });
}

/** The time stamps, which certify when a dossier existed, and a button that opens their dialog. */
export function Stamps({ saved }: { saved: SavedDossier }) {
  const { t } = useTranslation();
  const [isOpen, open] = useState(false);
  const list = useCall('timestamps.list', {});
  const files = filesOf(list.data?.timestamps, saved.id);
  return (
    <section className="pane-section stack">
      <h3>{t('dossier.stamps.title')}</h3>
      {files.length === 0 ? <p className="hint">{t('dossier.stamps.none')}</p> : null}
      <ul className="stack">
        {files.map(({ file, hash, stamps }) => (
          <li key={hash} className="stack-tight">
            <bdi className="cut">{file}</bdi>
            {stamps.map(({ id, standing, said }) => (
              <span key={id} className="line dim" data-wrap>
                {said === null ? null : <span>{formatMoment(said.at)}</span>}
                <StampBadge standing={standing} />
              </span>
            ))}
          </li>
        ))}
      </ul>
      <div>
        <Button icon="clock" onPress={() => open(true)}>
          {t('dossier.stamps.open')}
        </Button>
      </div>
      {isOpen ? (
        <StampsDialog saved={saved} files={files} error={list.error?.message ?? null} onClose={() => open(false)} />
      ) : null}
    </section>
  );
}

interface StampsDialogProps {
  readonly saved: SavedDossier;
  readonly files: readonly StampedFile[];
  readonly error: string | null;
  readonly onClose: () => void;
}

/** Time stamps of a dossier’s files. A time stamp certifies a file’s bytes, so a person chooses a file, and its hash is looked up. */
function StampsDialog({ saved, files, error, onClose }: StampsDialogProps) {
  const { t } = useTranslation();
  const api = useApi();
  const isReadOnly = useReadOnly();
  const [chosen, setChosen] = useState<StampedFile | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const [isReading, setReading] = useState(false);
  const choose = async (): Promise<void> => {
    const [file] = await chooseFiles({ multiple: false });
    if (file === undefined) return;
    setFault(null);
    setReading(true);
    try {
      const [offer] = await api.offer([file]);
      if (offer === undefined) return;
      const { sha256: hash } = await api.call('app.hashOffer', { offer: offer.token });
      setChosen({ file: file.name, hash, stamps: [] });
    } catch (thrown) {
      setFault(errorDataOf(thrown).message);
    } finally {
      setReading(false);
    }
  };
  const known = files.find(({ hash }) => hash === chosen?.hash);
  const shown = chosen === null || known !== undefined ? files : [chosen, ...files];
  return (
    <Dialog
      title={t('dossier.stamps.of', { title: saved.title })}
      isOpen
      onClose={onClose}
      closeLabel={t('app.close')}
      size="wide"
      footer={
        <Button kind="primary" icon="file" isDisabled={isReadOnly} isPending={isReading} onPress={() => void choose()}>
          {t('dossier.stamps.choose')}
        </Button>
      }
    >
      <div className="stack">
        <p className="mid">{t('dossier.stamps.what')}</p>
        {error === null ? null : <InlineError message={error} />}
        {fault === null ? null : <InlineError message={fault} />}
        {shown.map((one) => (
          <section key={one.hash} className="dossier-stamped stack" aria-label={one.file}>
            <div className="stack-tight">
              <h3>
                <bdi>{one.file}</bdi>
              </h3>
              <span className="mono dossier-hash">{one.hash}</span>
              {one.hash === chosen?.hash ? (
                <span className="hint" role="status">
                  {known === undefined ? t('dossier.stamps.new') : t('dossier.stamps.same')}
                </span>
              ) : null}
            </div>
            <StampSteps of={{ dossier: saved.id, file: one.file, sha256: one.hash }} stamps={one.stamps} />
          </section>
        ))}
        <p className="hint">{t('dossier.stamps.shows')}</p>
        <p className="hint">{t('dossier.stamps.check')}</p>
      </div>
    </Dialog>
  );
}
