import { Kbd } from './Kbd.tsx';
import { LinkButton } from './Button.tsx';

/** A section's name, with what one can do about it and its key. */
export function SectionHead({
  title,
  act,
  keys,
  onAct,
}: {
  title: string;
  act: string;
  /** As shown on the keyboard; none where no key does it. */
  keys?: readonly string[];
  onAct: () => void;
}) {
  return (
    <h3 className="section-head">
      <span className="grow">{title}</span>
      <LinkButton onPress={onAct} aria-label={`${title}: ${act}`}>
        {act}
      </LinkButton>
      {keys === undefined ? null : <Kbd keys={keys} />}
    </h3>
  );
}
