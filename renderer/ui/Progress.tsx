/** Progress. `max` null: the total is not known yet. */
export function Progress({
  label,
  value,
  max,
  text,
}: {
  label: string;
  value: number;
  max: number | null;
  text: string;
}) {
  const share = max === null || max === 0 ? 0 : Math.min(1, value / max);
  return (
    <div
      className="meter"
      role="progressbar"
      aria-label={label}
      aria-valuetext={text}
      {...(max === null ? {} : { 'aria-valuenow': value, 'aria-valuemin': 0, 'aria-valuemax': max })}
    >
      <span style={{ inlineSize: `${String(share * 100)}%` }} />
    </div>
  );
}
