import { CLAIM_RELATIONS, type ClaimRelation } from '../../../shared/model/index.ts';
import { Button } from '../../ui/Button.tsx';
import { useTranslation } from '../strings/use-translation.ts';
import { LINK_LETTERS } from './relations.ts';

interface RelationButtonsProps {
  readonly isDisabled: boolean;
  readonly onLink: (as: ClaimRelation) => void;
}

/** A button, with its letter key, for each relation that a passage can have to a claim. */
export function RelationButtons({ isDisabled, onLink }: RelationButtonsProps) {
  const { t } = useTranslation();
  return CLAIM_RELATIONS.map((as) => (
    <Button key={as} keys={[LINK_LETTERS[as]]} isDisabled={isDisabled} onPress={() => onLink(as)}>
      {t(`claims.linkAs.${as}`)}
    </Button>
  ));
}
