import { useTranslation } from '../../common/strings/use-translation.ts';
import { Check, Radios } from '../../ui/Choice.tsx';
import { Field } from '../../ui/Field.tsx';
import { SEALS, SHORTEST_PASSPHRASE, type HandOver, type Wrong } from './export.ts';

interface Props {
  readonly set: HandOver;
  readonly wrong: Wrong | null;
  readonly onChange: (part: Partial<HandOver>) => void;
}

/** How the file is protected on its way: sealed for somebody, signed by oneself. */
export function EncryptionFields({ set, wrong, onChange }: Props) {
  const { t } = useTranslation();
  const { seal, passphrase, again, recipients, sign } = set;
  return (
    <>
      <Radios
        label={t('handingOver.seal')}
        value={seal}
        onChange={(next) => onChange({ seal: next })}
        options={SEALS.map((value) => ({
          value,
          label: t(`handingOver.sealed.${value}`),
          hint: t(`handingOver.sealedHint.${value}`),
        }))}
      />
      {seal === 'passphrase' ? (
        <div className="handing-passphrase">
          <Field
            label={t('handingOver.passphrase')}
            type="password"
            value={passphrase}
            onChange={(next) => onChange({ passphrase: next })}
            error={
              wrong === 'short' && passphrase !== ''
                ? t('handingOver.wrong.short', { count: SHORTEST_PASSPHRASE })
                : null
            }
          />
          <Field
            label={t('handingOver.again')}
            type="password"
            value={again}
            onChange={(next) => onChange({ again: next })}
            error={wrong === 'differ' && again !== '' ? t('handingOver.wrong.differ') : null}
          />
        </div>
      ) : null}
      {seal === 'recipients' ? (
        <Field
          label={t('handingOver.recipients')}
          lines={3}
          dir="ltr"
          value={recipients}
          onChange={(next) => onChange({ recipients: next })}
          hint={t('handingOver.recipientsHint')}
          error={wrong === 'badRecipient' ? t('handingOver.wrong.badRecipient') : null}
        />
      ) : null}
      <Check label={t('handingOver.sign')} selected={sign} onChange={(next) => onChange({ sign: next })} />
    </>
  );
}
