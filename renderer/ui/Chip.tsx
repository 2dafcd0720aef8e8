import { Button } from 'react-aria-components';
import { FamilySign, restOf } from './FamilySign.tsx';
import { Icon } from './Icon.tsx';

export interface ChipProps {
  readonly code: string;
  readonly name: string;
  readonly colour: string;
  /** Names the button that removes it: “Remove tag Pairing Assistance”. */
  readonly removeLabel?: string;
  readonly onRemove?: () => void;
  /** A text that tells that the tag is not saved yet; until then it cannot be removed. */
  readonly unsaved?: string;
}

/** A category on a passage. */
export function Chip({ code, name, colour, removeLabel, onRemove, unsaved }: ChipProps) {
  const rest = restOf(code);
  return (
    <span className={unsaved === undefined ? 'chip' : 'chip is-unsaved'} title={unsaved}>
      <FamilySign code={code} colour={colour} />
      {rest === '' ? null : <span className="code">{rest}</span>}
      <span className="cut">{name}</span>
      {unsaved === undefined ? null : <span className="unseen">{unsaved}</span>}
      {onRemove === undefined || removeLabel === undefined ? null : (
        <Button aria-label={removeLabel} isDisabled={unsaved !== undefined} onPress={onRemove}>
          <Icon name="close" size="small" />
        </Button>
      )}
    </span>
  );
}
