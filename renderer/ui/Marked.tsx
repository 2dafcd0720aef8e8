/** A text with the matching part marked; nothing is marked where `from` equals `to`. */
export function Marked({ text, from, to }: { text: string; from: number; to: number }) {
  return (
    <>
      {text.slice(0, from)}
      {from === to ? null : <span className="match">{text.slice(from, to)}</span>}
      {text.slice(to)}
    </>
  );
}
