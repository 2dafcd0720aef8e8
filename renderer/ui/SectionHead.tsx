import { Kbd } from './Kbd.tsx';
import { LinkButton } from './Button.tsx';

/** A section’s heading, with its action and key. */
export function SectionHead({
  title,
  act,
  keys,
  onAct,
}: {
  title: string;
  act: string;
  /** The action’s keys, if it has any. */
  keys?: readonly string[];
  /** Null: the action isn't offered. */
  onAct: (() => void) | null;
}) {
  return (
    <h3 className="section-head">
      <span className="grow">{title}</span>
      {onAct === null ? null : (
        <>
          <LinkButton onPress={onAct} aria-label={`${title}: ${act}`}>
            {act}
          </LinkButton>
          {keys === undefined ? null : <Kbd keys={keys} />}
        </>
      )}
    </h3>
  );
}
