import { Button as AriaButton } from 'react-aria-components';
import { useCall } from '../../api/index.ts';
import { Icon } from '../../ui/Icon.tsx';
import { Tip } from '../../ui/Tip.tsx';
import { useTranslation } from '../strings/use-translation.ts';
import { chooseTeamSection } from '../workbench/screens.ts';
import { goTo } from '../workbench/workbench.ts';

/**
 * The name of someone who vouches for something: who coded, checked or approved it. If nobody has confirmed their key, a mark
 * beside it says so, with the fingerprint.
 */
export function PersonName({ id, name }: { id: string; name: string }) {
  return (
    <span className="person-name">
      <bdi>{name}</bdi>
      <KeyMark id={id} name={name} />
    </span>
  );
}

function KeyMark({ id, name }: { id: string; name: string }) {
  const { t } = useTranslation();
  const known = useCall('app.people', {}).data?.people.find((one) => one.id === id);
  if (known === undefined || known.trust === 'me' || known.trust === 'confirmed') return null;
  const text = t(`people.keyMark.${known.trust}`, { name, fingerprint: known.fingerprint });
  return (
    <Tip text={text}>
      <AriaButton
        className="key-mark"
        data-tone={known.trust === 'changed' ? 'bad' : 'warn'}
        aria-label={text}
        onPress={() => {
          chooseTeamSection('people');
          goTo('team');
        }}
      >
        <Icon name={known.trust === 'changed' ? 'unverified' : 'key'} size="small" />
      </AriaButton>
    </Tip>
  );
}
