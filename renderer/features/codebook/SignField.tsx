import { Label, Radio, RadioGroup } from 'react-aria-components';
import { useTranslation } from '../../common/strings/use-translation.ts';
import type { Category } from '../../../shared/model/index.ts';
import { SIGN_NAMES, SIGNS, signOfColour, signOfFamily } from '../../../shared/model/signs.ts';
import { useDraft, useLeaving } from '../../common/drafts/draft.ts';
import { Field } from '../../ui/Field.tsx';
import { familyOf, familyStyle } from '../../ui/FamilySign.tsx';

const OWN = 'own';
const HEX = /^#[0-9A-Fa-f]{6}$/;

/**
 * How a category is drawn: one of twelve signs, each a colour with a stroke of its own, or a colour of one's own with the
 * stroke of own families. Its code always stands with it.
 */
export function SignField({ category, onSave }: { category: Category; onSave: (colour: string) => void }) {
  const { t } = useTranslation();
  const { code, colour } = category;
  const family = familyOf(code);
  if (signOfFamily(family) !== null) return <p className="hint">{t('codebook.signOfFamily', { family })}</p>;
  const sign = signOfColour(colour);
  return (
    <div className="stack">
      <RadioGroup
        className="field"
        orientation="horizontal"
        value={sign ?? OWN}
        onChange={(value) => {
          const chosen = SIGN_NAMES.find((name) => name === value);
          if (chosen !== undefined) onSave(SIGNS[chosen]);
        }}
      >
        <Label className="field-label">{t('codebook.sign')}</Label>
        <div className="signs">
          {SIGN_NAMES.map((name) => (
            <Radio key={name} value={name} className="sign-choice" aria-label={t(`codebook.signs.${name}`)}>
              <span className={`family-sign f-${name}`} title={t(`codebook.signs.${name}`)} aria-hidden>
                {family}
              </span>
            </Radio>
          ))}
          {sign === null ? (
            <Radio value={OWN} className="sign-choice" aria-label={t('codebook.signs.own')}>
              <OwnSign family={family} colour={colour} />
            </Radio>
          ) : null}
        </div>
      </RadioGroup>
      <OwnColour colour={colour} onSave={onSave} />
    </div>
  );
}

function OwnSign({ family, colour }: { family: string; colour: string }) {
  const { className, style } = familyStyle(family, colour);
  return (
    <span className={`family-sign ${className}`} style={style} aria-hidden>
      {family}
    </span>
  );
}

function OwnColour({ colour, onSave }: { colour: string; onSave: (colour: string) => void }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useDraft(colour);
  const next = draft.trim().startsWith('#') ? draft.trim() : `#${draft.trim()}`;
  const isRight = HEX.test(next);
  const leave = (): void => {
    if (isRight && next.toUpperCase() !== colour.toUpperCase()) onSave(next.toUpperCase());
  };
  useLeaving(leave);
  return (
    <Field
      label={t('codebook.ownColour')}
      value={draft}
      onChange={setDraft}
      onBlur={leave}
      error={isRight ? null : t('codebook.colourWrong')}
      dir="ltr"
      maxLength={9}
    />
  );
}
