import type { DossierFrom, DossierPreview, SavedDossier } from '../../../shared/contract/dossier.ts';
import { DOSSIER_TEMPLATES } from '../../../shared/model/index.ts';
import { useCall } from '../../api/index.ts';
import { PartChoice } from '../../common/choices/PartChoice.tsx';
import type { FieldName } from '../../common/drafts/refused.ts';
import { SavedField } from '../../common/drafts/SavedField.tsx';
import { useReadOnly } from '../../common/read-only.ts';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { Button, IconButton, LinkButton } from '../../ui/Button.tsx';
import { Radios, Segments } from '../../ui/Choice.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { Parts } from './Parts.tsx';
import { closeDossiers, showDossier } from './state.ts';
import { useDossierActs } from './useDossierActs.ts';

const FROM = ['claims', 'query', 'filters'] as const;
type Chosen = (typeof FROM)[number];

interface ComposeProps {
  readonly saved: SavedDossier;
  readonly all: readonly SavedDossier[];
  readonly preview: DossierPreview | undefined;
  readonly onNew: () => void;
  readonly onCheck: () => void;
}

/** The form of a dossier: title, template, parts, where its passages come from, and summary. */
export function ComposePane({ saved, all, preview, onNew, onCheck }: ComposeProps) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const acts = useDossierActs(saved);
  return (
    <aside className="pane dossier-compose" aria-label={t('dossier.chosen')}>
      <Head saved={saved} all={all} onNew={onNew} onCheck={onCheck} />
      <div className="grow scroll">
        <section className="pane-section stack">
          <SavedField
            name={`dossier ${saved.id} title`}
            label={t('dossier.name')}
            value={saved.title}
            isReadOnly={isReadOnly}
            check={(text) => (text === '' ? t('dossier.nameEmpty') : null)}
            onSave={(title, tell) => acts.changeField({ title }, tell)}
          />
          <Segments
            label={t('dossier.template')}
            value={saved.template}
            options={DOSSIER_TEMPLATES.map((value) => ({ value, label: t(`dossier.templates.${value}`) }))}
            onChange={(template) => acts.change({ template })}
          />
          <p className="hint">{t(`dossier.templateHints.${saved.template}`)}</p>
        </section>
        <Parts saved={saved} preview={preview} />
        <section className="pane-section stack">
          <FromChoice
            from={saved.from}
            name={`dossier ${saved.id} query`}
            onChange={(from, tell) => (tell === undefined ? acts.change({ from }) : acts.changeField({ from }, tell))}
          />
          {preview?.faults.map(({ sentence }) => (
            <p key={sentence} className="field-error" role="alert">
              {sentence}
            </p>
          ))}
          {saved.leftOut.length === 0 ? null : (
            <p className="line" data-wrap>
              <span className="grow">{t('dossier.leftOut', { count: saved.leftOut.length })}</span>
              <LinkButton onPress={() => acts.change({ leftOut: [] })}>{t('dossier.putBack')}</LinkButton>
            </p>
          )}
          {saved.order.length === 0 ? null : (
            <p className="line" data-wrap>
              <span className="grow">{t('dossier.ordered')}</span>
              <LinkButton onPress={() => acts.change({ order: [] })}>{t('dossier.unorder')}</LinkButton>
            </p>
          )}
        </section>
        <section className="pane-section">
          <SavedField
            name={`dossier ${saved.id} summary`}
            label={t('dossier.summary')}
            value={saved.summary}
            lines={8}
            placeholder={t('dossier.summaryHint')}
            isReadOnly={isReadOnly}
            isGap={(text) => text === ''}
            onSave={(summary, tell) => acts.changeField({ summary }, tell)}
          />
        </section>
      </div>
      <footer className="pane-foot">
        {preview === undefined
          ? t('dossier.counting')
          : t('dossier.foot', {
              exhibits: t('dossier.footExhibits', { count: preview.counts.exhibits }),
              documents: t('dossier.footDocuments', { count: preview.counts.documents }),
            })}
      </footer>
    </aside>
  );
}

/** The title, a menu of the other dossiers, and the actions on this one. */
function Head({ saved, all, onNew, onCheck }: Omit<ComposeProps, 'preview'>) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const acts = useDossierActs(saved);
  return (
    <header className="pane-head">
      <IconButton icon="back" label={t('claims.back')} onPress={closeDossiers} />
      <h2 className="grow cut">
        <bdi>{saved.title}</bdi>
      </h2>
      <Menu
        label={t('dossier.menu')}
        trigger={<IconButton icon="more" label={t('dossier.menu')} />}
        entries={[
          ...all
            .filter(({ id }) => id !== saved.id)
            .map(({ id, title }) => ({ id, label: title, run: () => showDossier(id) })),
          { id: 'check', label: t('dossier.check.title'), icon: 'verified' as const, run: onCheck },
          ...(isReadOnly
            ? []
            : [
                { id: 'new', label: t('dossier.new'), icon: 'add' as const, run: onNew },
                {
                  id: 'remove',
                  label: t('dossier.remove'),
                  icon: 'remove' as const,
                  tone: 'bad' as const,
                  run: acts.remove,
                },
              ]),
        ]}
      />
    </header>
  );
}

interface FromChoiceProps {
  readonly from: DossierFrom;
  readonly name: FieldName;
  readonly onChange: (from: DossierFrom, tell?: (isStored: boolean) => void) => void;
}

/** Chooses where the passages come from: claims, a filter or several. Another choice discards what was entered for the one before. */
function FromChoice({ from, name, onChange }: FromChoiceProps) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const claims = useCall('claims.list', {}).data?.claims ?? [];
  if (from.kind === 'passages')
    return (
      <div className="stack">
        <p>{t('dossier.from.passagesCount', { count: from.passages.length })}</p>
        <Button size="small" onPress={() => onChange(startOf('claims'))}>
          {t('dossier.from.other')}
        </Button>
      </div>
    );
  return (
    <>
      <Radios<Chosen>
        label={t('dossier.from.title')}
        value={from.kind}
        options={FROM.map((value) => ({ value, label: t(`dossier.from.${value}`) }))}
        onChange={(kind) => onChange(startOf(kind))}
      />
      {from.kind === 'claims' ? (
        <p className="hint">
          {from.claims.length === 0
            ? t('dossier.from.allClaims', { count: claims.length })
            : t('dossier.from.someClaims', { count: from.claims.length, of: claims.length })}
        </p>
      ) : null}
      {from.kind === 'query' ? (
        <SavedField
          name={name}
          label={t('dossier.from.queryField')}
          value={from.query}
          isReadOnly={isReadOnly}
          hint={t('dossier.from.queryHint')}
          onSave={(query, tell) => onChange({ kind: 'query', query }, tell)}
        />
      ) : null}
      {from.kind === 'filters' ? (
        <PartChoice only={from.only} onChange={(only) => onChange({ kind: 'filters', only })} />
      ) : null}
    </>
  );
}

function startOf(kind: Chosen): DossierFrom {
  switch (kind) {
    case 'claims':
      return { kind, claims: [] };
    case 'query':
      return { kind, query: '' };
    case 'filters':
      return { kind, only: { sources: [], categories: [], people: [], states: [] } };
  }
}
