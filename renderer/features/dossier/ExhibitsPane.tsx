import type { DossierExhibit, DossierPreview, SavedDossier } from '../../../shared/contract/dossier.ts';
import { TEMPLATES } from '../../../shared/model/index.ts';
import { quotedWords } from '../../../shared/text/quoted-words.ts';
import { useReadOnly } from '../../common/read-only.ts';
import { StateBadge } from '../../common/review/InspectorReview.tsx';
import { useTranslation } from '../../common/strings/use-translation.ts';
import { openPassage } from '../../common/workbench/workbench.ts';
import { Badge, GapBadge } from '../../ui/Badge.tsx';
import { IconButton, LinkButton } from '../../ui/Button.tsx';
import { Segments } from '../../ui/Choice.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Menu } from '../../ui/Menu.tsx';
import { InlineError } from '../../ui/Note.tsx';
import { ExhibitPaper } from './ExhibitPaper.tsx';
import { movedOrder } from './order.ts';
import { showExhibit, showPaper, useDossiers } from './state.ts';
import { useDossierActs } from './useDossierActs.ts';

interface ExhibitsProps {
  readonly saved: SavedDossier;
  readonly preview: DossierPreview | undefined;
  readonly error: string | null;
}

/** The exhibits in order, grouped by the claims they support or contradict. */
export function ExhibitsPane({ saved, preview, error }: ExhibitsProps) {
  const { t } = useTranslation();
  const isPaper = useDossiers((state) => state.isPaper);
  const byNumber = new Map(preview?.exhibits.map((one) => [one.number, one]));
  const unsupported = new Set<string | null>(
    preview?.warnings.flatMap((one) => (one.kind === 'noSupport' ? one.claim : [])),
  );
  return (
    <section className="dossier-main" aria-label={t('dossier.exhibits')}>
      <div className="bar">
        <h2 className="strong grow">{t('dossier.exhibits')}</h2>
        {preview === undefined ? null : (
          <span className="dim">
            {t('dossier.origins', { count: preview.counts.documents, origins: preview.counts.origins })}
          </span>
        )}
        <Segments
          label={t('dossier.paper.label')}
          value={isPaper ? 'paper' : 'list'}
          options={[
            { value: 'list', label: t('dossier.paper.list') },
            { value: 'paper', label: t('dossier.paper.paper') },
          ]}
          onChange={(value) => showPaper(value === 'paper')}
        />
      </div>
      {isPaper && preview !== undefined && preview.exhibits.length > 0 ? (
        <ExhibitPaper saved={saved} preview={preview} />
      ) : (
        <div className="grow scroll" role="group" aria-label={t('dossier.inOrder')} tabIndex={-1} data-takes-focus="">
          {error === null ? null : <InlineError message={error} />}
          {preview === undefined || preview.exhibits.length > 0 ? null : (
            <NoExhibits refused={preview.refused[0]?.message ?? null} />
          )}
          {preview?.groups.map((group, at) => (
            <section
              key={group.claim ?? group.document ?? 'none'}
              aria-label={group.text === '' ? t('dossier.noClaim') : group.text}
            >
              <h3 className="dossier-claim">
                {group.claim === null && group.document === null ? null : <span className="code dim">{at + 1}</span>}
                <bdi className="grow">{group.text === '' ? t('dossier.noClaim') : group.text}</bdi>
                {group.unanswered === 0 ? null : (
                  <Badge tone="bad" icon="alert">
                    {t('claims.gaps.contradicted')}
                  </Badge>
                )}
                {unsupported.has(group.claim) ? <GapBadge>{t('claims.gaps.noSupport')}</GapBadge> : null}
              </h3>
              <ol className="dossier-exhibits">
                {group.exhibits.map((number) => {
                  const exhibit = byNumber.get(number);
                  return exhibit === undefined ? null : (
                    <ExhibitRow
                      key={number}
                      exhibit={exhibit}
                      claim={group.claim}
                      saved={saved}
                      all={preview.exhibits}
                    />
                  );
                })}
              </ol>
            </section>
          ))}
        </div>
      )}
    </section>
  );
}

/** Shown if there are no exhibits. `refused`: why the engine refused the dossier; then it returns no exhibits either. */
function NoExhibits({ refused }: { refused: string | null }) {
  const { t } = useTranslation();
  return refused === null ? (
    <EmptyState title={t('dossier.empty.title')} text={t('dossier.empty.text')} />
  ) : (
    <EmptyState title={t('dossier.out.refused')} text={refused} />
  );
}

interface RowProps {
  readonly exhibit: DossierExhibit;
  readonly claim: string | null;
  readonly saved: SavedDossier;
  readonly all: readonly DossierExhibit[];
}

function ExhibitRow({ exhibit, claim, saved, all }: RowProps) {
  const { t } = useTranslation();
  const isReadOnly = useReadOnly();
  const acts = useDossierActs(saved);
  const { number, label, passages, source, title, kind, page, quote, language, translation, state, isKept } = exhibit;
  const [passage] = passages;
  const bears = exhibit.claims.filter((one) => claim === null || one.claim === claim);
  const as = bears.find((one) => one.as === 'contradicts') ?? bears[0];
  const place = page === null ? title : `${title}, ${t('claims.page', { page })}`;
  const move = (step: 1 | -1): void => {
    const order = movedOrder(all, number, step, TEMPLATES[saved.template].exhibits !== 'claims');
    if (order !== null) acts.change({ order });
  };
  return (
    <li value={number}>
      <span className="code dim">{label}</span>
      <div className="grow">
        <blockquote className="source-words" lang={language ?? undefined} dir="auto">
          {quote === null ? t('dossier.area') : quotedWords(quote, kind)}
        </blockquote>
        <span className="line dim" data-wrap>
          <LinkButton onPress={() => passage !== undefined && openPassage({ source, passage })}>
            <bdi>{place}</bdi>
          </LinkButton>
          <StateBadge state={state} />
          {as === undefined ? null : (
            <span data-tone={as.as === 'contradicts' ? 'bad' : undefined}>{t(`claims.as.${as.as}`)}</span>
          )}
          {translation === 'working' ? <GapBadge>{t('dossier.working')}</GapBadge> : null}
          {exhibit.isDisputed ? <GapBadge>{t('dossier.disputed')}</GapBadge> : null}
          {isKept ? <span>{t('dossier.kept')}</span> : null}
        </span>
      </div>
      {isReadOnly ? null : (
        <Menu
          label={t('dossier.exhibitMenu', { number: label })}
          trigger={<IconButton size="small" icon="more" label={t('dossier.exhibitMenu', { number: label })} />}
          entries={[
            { id: 'paper', label: t('dossier.paper.show'), icon: 'eye', run: () => showExhibit(number) },
            { id: 'up', label: t('dossier.up'), icon: 'ascending', isDisabled: number === 1, run: () => move(-1) },
            {
              id: 'down',
              label: t('dossier.down'),
              icon: 'descending',
              isDisabled: number === all.length,
              run: () => move(1),
            },
            {
              id: 'leave',
              label: t('dossier.leaveOut'),
              icon: 'remove',
              isDisabled: isKept,
              run: () => acts.change({ leftOut: [...saved.leftOut, ...passages] }),
            },
          ]}
        />
      )}
    </li>
  );
}
