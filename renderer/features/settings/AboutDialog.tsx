import { GAZETTEER_NOTICE } from '../../../shared/places/notice.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Dialog } from '../../ui/Dialog.tsx';

/** Version, licences, and the sources of the program’s data, for hosts without an About box: a browser, and Linux without a menu bar. */
export function AboutDialog({ version, onClose }: { version: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={t('settings.parts.about')} isOpen onClose={onClose} closeLabel={t('app.close')}>
      <p className="mid">{t('about.purpose')}</p>
      <div className="stack form">
        <AboutFacts version={version} />
      </div>
    </Dialog>
  );
}

/** Version, licences and notices, as fields. */
export function AboutFacts({ version }: { version: string }) {
  const { t } = useTranslation();
  const facts = [
    { name: 'version', text: version },
    { name: 'licence', text: t('about.licenceText') },
    { name: 'gazetteer', text: GAZETTEER_NOTICE },
    { name: 'software', text: t('about.softwareText') },
  ] as const;
  return facts.map(({ name, text }) => (
    <div key={name} className="field">
      <span className="field-label">{t(`about.${name}`)}</span>
      <span className="settings-fact" dir="auto">
        {text}
      </span>
    </div>
  ));
}
