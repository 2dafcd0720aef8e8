import { ToggleButton } from 'react-aria-components';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { KnownPerson } from '../../../shared/contract/people.ts';
import { ROLES } from '../../../shared/model/index.ts';
import { useCall, useWrite } from '../../api/index.ts';
import { Icon } from '../../ui/Icon.tsx';
import { InlineError } from '../../ui/Note.tsx';

/** What somebody does here. It sorts queues and says whom a comment calls; it forbids nothing. */
export function Roles({ person: { id, name, roles } }: { person: KnownPerson }) {
  const { t } = useTranslation();
  const isReadOnly = useCall('project.info', {}).data?.readOnly ?? true;
  const { mutate, isPending, error } = useWrite('people.setRoles');
  return (
    <div className="people-line" role="group" aria-label={t('people.rolesOf', { name })}>
      <span className="hint">{t('people.roles')}</span>
      <div className="line people-roles" data-wrap>
        {ROLES.map((role) => (
          <ToggleButton
            key={role}
            className="people-role"
            isSelected={roles.includes(role)}
            isDisabled={isReadOnly || isPending}
            onChange={(on) => mutate({ id, roles: ROLES.filter((one) => (one === role ? on : roles.includes(one))) })}
          >
            {roles.includes(role) ? <Icon name="check" size="small" /> : null}
            {t(`people.role.${role}`)}
          </ToggleButton>
        ))}
      </div>
      {error === null ? null : <InlineError message={error.message} />}
    </div>
  );
}
