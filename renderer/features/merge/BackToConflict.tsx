import { useTranslation } from '../../common/strings/use-translation.ts';
import { shownKeys } from '../../common/commands/keys.ts';
import { useTeam } from '../../common/workbench/screens.ts';
import { goTo, useWorkbench } from '../../common/workbench/workbench.ts';
import { Button, IconButton } from '../../ui/Button.tsx';

/** While one looks at a conflict in its page: the way back. */
export function BackToConflict() {
  const { t } = useTranslation();
  const cameFrom = useTeam((state) => state.cameFrom);
  const place = useWorkbench((state) => state.place);
  if (cameFrom === null || place !== 'read') return null;
  const stay = (): void => useTeam.setState({ cameFrom: null });
  return (
    <div className="bar team-back">
      <span className="grow mid cut">{t('team.back')}</span>
      <Button
        size="small"
        icon="back"
        keys={shownKeys('KeyO')}
        onPress={() => {
          stay();
          goTo('team');
        }}
      >
        {t('team.backTo')}
      </Button>
      <IconButton label={t('app.close')} icon="close" size="small" onPress={stay} />
    </div>
  );
}
