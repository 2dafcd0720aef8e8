import { useState } from 'react';
import { Form } from 'react-aria-components';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { KnownPerson } from '../../../shared/contract/people.ts';
import { useWrite } from '../../api/index.ts';
import { announce } from '../../common/notices/notices.ts';
import { Button } from '../../ui/Button.tsx';
import { Field } from '../../ui/Field.tsx';

/** Hexadecimal digits of a fingerprint. */
const DIGITS = 16;

/** What they read out is typed, not nodded at: who only looks sees what they expect. */
export function ConfirmKey({ person: { id, name }, onDone }: { person: KnownPerson; onDone: () => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const trust = useWrite('app.trustPerson');
  const count = typed.replace(/[^0-9a-f]/gi, '').length;
  const isWhole = count === DIGITS;
  return (
    <Form
      className="people-confirm"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isWhole || trust.isPending) return;
        trust.mutate(
          { id, fingerprint: typed },
          {
            onSuccess: () => {
              announce(t('people.nowConfirmed', { name }));
              onDone();
            },
          },
        );
      }}
    >
      <p className="hint">{t('people.how', { name })}</p>
      <div className="people-typed">
        <Field
          label={t('people.typeIt', { name })}
          value={typed}
          onChange={(next) => {
            setTyped(next);
            trust.reset();
          }}
          placeholder="0000 0000 0000 0000"
          maxLength={40}
          autoFocus
          hint={isWhole ? '' : t('people.typed', { count, of: DIGITS })}
          error={trust.error?.message ?? null}
        />
        <div className="line">
          <Button kind="primary" type="submit" isDisabled={!isWhole} isPending={trust.isPending}>
            {t('people.confirm')}
          </Button>
          <Button kind="quiet" onPress={onDone}>
            {t('app.cancel')}
          </Button>
        </div>
      </div>
    </Form>
  );
}
