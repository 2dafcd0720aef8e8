import { useState } from 'react';
import type { DossierExhibit, DossierPreview, DossierWarning, SavedDossier } from '../../../shared/contract/dossier.ts';
import { TEMPLATES, type DossierShows } from '../../../shared/model/index.ts';
import { openClaims, setWhich, showClaim } from '../../common/claims/state.ts';
import { useShowUnmasked } from '../../common/masks/unmasked.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openPassage } from '../../common/workbench/workbench.ts';
import { LinkButton } from '../../ui/Button.tsx';
import { Check } from '../../ui/Choice.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { Note } from '../../ui/Note.tsx';
import { Makes } from './Makes.tsx';
import { Stamps } from './Stamps.tsx';
import { PasswordDialog } from '../../common/files/PasswordForm.tsx';
import { closeDossiers, givePassword, useDossiers } from './state.ts';
import { useDossierActs } from './useDossierActs.ts';

/** What each exhibit shows, and the warnings to read before the dossier is published. */
export function OutPane({ saved, preview }: { saved: SavedDossier; preview: DossierPreview | undefined }) {
  const { t } = useTranslation();
  const toUnmasked = useShowUnmasked();
  return (
    <aside className="pane dossier-out" aria-label={t('dossier.out.title')}>
      <header className="pane-head">
        <h2>{t('dossier.out.title')}</h2>
      </header>
      {/* Focusable, so that it can be scrolled by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="grow scroll" role="region" aria-label={t('dossier.out.title')} tabIndex={0}>
        <section className="pane-section stack">
          <h3>{t('dossier.out.before')}</h3>
          {preview?.refused.map(({ code, message }) => (
            <Note key={`${code} ${message}`} tone="bad">
              <p className="strong">{t('dossier.out.refused')}</p>
              <p>{message}</p>
              {code === 'UNMASKED' ? (
                <LinkButton onPress={() => void toUnmasked()}>{t('masks.showUnmasked')}</LinkButton>
              ) : null}
            </Note>
          ))}
          <ul className="dossier-warnings">
            {preview?.warnings.map((warning) => (
              <WarningRow
                key={`${warning.kind} ${'claim' in warning ? warning.claim : ''}`}
                warning={warning}
                exhibits={preview.exhibits}
              />
            ))}
          </ul>
          {preview !== undefined && preview.refused.length === 0 && preview.warnings.length === 0 ? (
            <Note tone="ok">{t('dossier.out.nothing')}</Note>
          ) : null}
          {preview === undefined || preview.counts.copies === 0 ? null : (
            <p className="hint">{t('dossier.out.copies', { count: preview.counts.copies })}</p>
          )}
        </section>
        <Makes saved={saved} preview={preview} />
        <Stamps saved={saved} />
        <section className="pane-section stack">
          <h3>{t('dossier.shows.title')}</h3>
          <Shows saved={saved} preview={preview} />
        </section>
      </div>
      <footer className="pane-foot">{t('dossier.out.foot')}</footer>
    </aside>
  );
}

/** A warning. Pressing it opens the claim or the first exhibit that it is about. */
function WarningRow({ warning, exhibits }: { warning: DossierWarning; exhibits: readonly DossierExhibit[] }) {
  const { t } = useTranslation();
  const [number] = warning.exhibits;
  const first = exhibits.find((one) => one.number === number);
  const [passage] = first?.passages ?? [];
  const isBad = warning.kind === 'unanswered' || warning.kind === 'trashed';
  return (
    <li>
      <span data-tone={isBad ? 'bad' : 'warn'}>
        <Icon name="alert" size="small" />
      </span>
      <div className="grow">
        <span>{t(`dossier.warnings.${warning.kind}`, { count: warning.exhibits.length })}</span>
        {'claim' in warning ? (
          <LinkButton
            onPress={() => {
              closeDossiers();
              openClaims();
              setWhich('all');
              showClaim(warning.claim);
            }}
          >
            <bdi>{warning.text}</bdi>
          </LinkButton>
        ) : first === undefined || passage === undefined ? null : (
          <LinkButton onPress={() => openPassage({ source: first.source, passage })}>
            {t('dossier.warnings.exhibits', {
              count: warning.exhibits.length,
              numbers: warning.exhibits.map((one) => exhibits[one - 1]?.label ?? String(one)).join(', '),
            })}
          </LinkButton>
        )}
        {warning.kind === 'protected' ? <GivePassword /> : null}
      </div>
    </li>
  );
}

/** Asks for the password of a protected PDF, so that its pages can be drawn. The exhibit’s preview shows whether the password is right. */
function GivePassword() {
  const { t } = useTranslation();
  const count = useDossiers((state) => state.passwords.length);
  const [isAsking, setAsking] = useState(false);
  return (
    <>
      <LinkButton onPress={() => setAsking(true)}>{t('dossier.password.give')}</LinkButton>
      {count === 0 ? null : <span className="hint">{t('dossier.password.given', { count })}</span>}
      <PasswordDialog
        title={t('dossier.password.title')}
        isOpen={isAsking}
        isPassword
        label={t('dossier.password.label')}
        hint={t('dossier.password.hint')}
        error={null}
        openLabel={t('dossier.password.use')}
        leaveLabel={t('app.cancel')}
        onOpen={(password) => {
          givePassword(password);
          setAsking(false);
        }}
        onLeave={() => setAsking(false)}
      />
    </>
  );
}

/** What every exhibit shows, with checkboxes for the optional parts. The template sets them until somebody chooses otherwise. */
function Shows({ saved, preview }: { saved: SavedDossier; preview: DossierPreview | undefined }) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const acts = useDossierActs(saved);
  const usual = TEMPLATES[saved.template].shows;
  return (
    <>
      <ul className="dossier-always">
        {(['quotation', 'record', 'against'] as const).map((what) => (
          <li key={what}>
            <Icon name="lock" size="small" />
            {t(`dossier.shows.locked.${what}`)}
          </li>
        ))}
      </ul>
      <p className="hint">{t('dossier.shows.always')}</p>
      {IN_EXHIBITS.map((name) => (
        <div key={name} className="line">
          <span className="grow">
            <Check
              label={t(`dossier.shows.${name}`)}
              selected={saved.shows[name] ?? usual[name]}
              isDisabled={isReadOnly}
              onChange={(on) => acts.change({ shows: { ...saved.shows, [name]: on } })}
            />
          </span>
          {name === 'translations' && preview !== undefined ? (
            <span className="dim">
              {t('dossier.shows.approved', { count: preview.counts.translated, of: preview.counts.exhibits })}
            </span>
          ) : null}
        </div>
      ))}
    </>
  );
}

/** The optional parts of an exhibit. (The parts of the dossier are chosen in the pane at the left.) */
const IN_EXHIBITS = [
  'translations',
  'pictures',
  'people',
  'names',
  'memos',
  'custody',
  'signatures',
] as const satisfies readonly (keyof DossierShows)[];
